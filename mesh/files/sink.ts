/** Where a file goes while it comes in, as a port: transfers know nothing of disks. */

/** Why a file cannot be kept here. */
export type SinkFailure = "disk-full" | "no-storage" | "cannot-write";

/** Thrown by storages and sinks, and by nothing else. */
export class SinkError extends Error {
  readonly reason: SinkFailure;

  constructor(reason: SinkFailure, options?: ErrorOptions) {
    super(`cannot keep the file: ${reason}`, options);
    this.reason = reason;
  }
}

/**
 * A whole file that has come in. `chosen`: it is where the person wanted it; otherwise the page
 * keeps it for saving.
 */
export interface StoredFile {
  readonly place: "chosen" | "kept";
  readonly file: File;
}

/** One file on its way in. Blocks come in order; once one is written, its memory is used again. */
export interface Sink {
  write(block: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Makes a file of what was written. */
  finish(): Promise<StoredFile>;
  /** Leaves nothing behind; harmless when called again, and after finish(). */
  discard(): Promise<void>;
}

/** A file that somebody has accepted. The name is safe. */
export interface WantedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/**
 * Makes sinks. Undefined: the person was asked where to, and changed their mind. Must be called
 * from a click.
 */
export interface FileStorage {
  open(wanted: WantedFile): Promise<Sink | undefined>;
}

/** What went wrong, as one of the reasons there are. */
export function sinkFailure(error: unknown): SinkFailure {
  if (error instanceof SinkError) return error.reason;
  return error instanceof Error && error.name === "QuotaExceededError"
    ? "disk-full"
    : "cannot-write";
}
