/** Where the bytes of an offered file come from, as a port. */

/** A file to send. */
export interface Source {
  readonly name: string;
  readonly size: number;
  /** The bytes from `from` to before `to`; rejects when the file has changed or cannot be read. */
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
