/** The port through which a transfer stores a file. */

/** Why a file cannot be stored. */
export type SinkFailure = "disk-full" | "no-storage" | "cannot-write";

/** The error that storages and sinks throw. */
export class SinkError extends Error {
  readonly reason: SinkFailure;

  constructor(reason: SinkFailure, options?: ErrorOptions) {
    super(`cannot store the file: ${reason}`, options);
    this.reason = reason;
  }
}

/**
 * A complete file. `chosen`: it is where the person chose to store it; `kept`: the page keeps it
 * until the person saves it.
 */
export interface StoredFile {
  readonly place: "chosen" | "kept";
  readonly file: File;
}

/** Where a complete file goes. */
export interface FilePlace {
  /** Rejects if it cannot be written. */
  put(file: Blob): Promise<StoredFile>;
  /** Removes what the question has made. */
  discard(): Promise<void>;
}

/** A file that is being received. */
export interface Sink {
  /** Appends a block. The caller reuses its memory after the promise has resolved. */
  write(block: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Closes the file. */
  finish(): Promise<StoredFile>;
  /** Removes what was written. It may be called again, and after finish(). */
  discard(): Promise<void>;
}

/** A file that the person has accepted. `name`: safe; `size`: bytes. */
export interface WantedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** Makes sinks. */
export interface FileStorage {
  /**
   * Call it in a click: it may ask the person where to store the file. Undefined: the person has
   * closed that question. Rejects with a SinkError.
   */
  open(wanted: WantedFile): Promise<Sink | undefined>;
}

/** The reason for any error of a storage or a sink. */
export function sinkFailure(error: unknown): SinkFailure {
  if (error instanceof SinkError) return error.reason;
  return error instanceof Error && error.name === "QuotaExceededError"
    ? "disk-full"
    : "cannot-write";
}
