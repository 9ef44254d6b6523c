/** The port through which a transfer reads a file. */

/** A file to send. `size`: bytes. */
export interface Source {
  readonly name: string;
  readonly size: number;
  /** Reads the bytes from `from` up to `to`; rejects if the file has changed or is unreadable. */
  read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Reads a file slice by slice; browsers refuse a slice of a file that has changed on disk. */
export function fileSource(file: File): Source {
  return {
    name: file.name,
    size: file.size,
    read: async (from, to) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
}
