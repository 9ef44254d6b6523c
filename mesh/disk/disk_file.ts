/**
 * Files that are written into the private file system. Invariant: a file is there whole once
 * close() has resolved; before that it is not there, or has no bytes.
 */
import { startDiskWorker } from "./disk_worker_port.ts";

/** A file that is being written. */
export interface DiskFile {
  /** Writes at a position, bytes from its start. Rejects if the disk is full. */
  write(data: Uint8Array<ArrayBuffer>, position: number): Promise<void>;
  /** Puts the whole file in its place. */
  close(): Promise<void>;
  /** Drops it. Never rejects; it may be called again, and after close(). */
  abort(): Promise<void>;
}

/** Where a file goes: a folder, and the way to it from the root for a worker. */
export interface DiskPlace {
  readonly folder: FileSystemDirectoryHandle;
  readonly path: readonly string[];
  readonly name: string;
}

/** How the files of a browser are written; older Safari does it in a worker only. */
export function createDiskFile(place: DiskPlace): Promise<DiskFile> {
  return "createWritable" in FileSystemFileHandle.prototype
    ? createStreamed(place)
    : createInWorker(place);
}

async function createStreamed({ folder, name }: DiskPlace): Promise<DiskFile> {
  const handle = await folder.getFileHandle(name, { create: true });
  const stream = await handle.createWritable();
  return {
    write: (data, position) => stream.write({ type: "write", data, position }),
    close: () => stream.close(),
    abort: () => stream.abort().catch(() => {}),
  };
}

async function createInWorker({ path, name }: DiskPlace): Promise<DiskFile> {
  const request = await startDiskWorker();
  const file = [...path, name].join("/");
  await request({ kind: "open", path, name });
  return {
    write: (data, position) => request({ kind: "write", file, data, position }),
    close: () => request({ kind: "close", file }),
    abort: () => request({ kind: "abort", file }).catch(() => {}),
  };
}
