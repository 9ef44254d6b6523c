/**
 * Files on this machine: where the person wants them if the browser can ask, else in the page's own
 * part of the disk until they are saved, else in memory if they are small. Invariants:
 * 1 No file is wholly in memory, but for small ones where there is no disk.
 * 2 What did not become whole is removed; an older file of the same name, which was to be replaced,
 *   stays as it was.
 * 3 Each page keeps its files in a separate folder; after the page is gone, the next one removes
 *   it.
 */
import { isPictureName, pictureType } from "./picture.ts";
import {
  type FileStorage,
  type Sink,
  SinkError,
  sinkFailure,
  type StoredFile,
  type WantedFile,
} from "./sink.ts";

/** The most that is kept in memory where there is no other way. */
export const memoryBytes = 64 * 1024 * 1024;

/** Asks the person where to; rejects with AbortError when they change their mind. */
export type AskWhere = (name: string) => Promise<FileSystemFileHandle>;

/** What the browser can do; undefined where it cannot. */
export interface StoragePlatform {
  readonly ask: AskWhere | undefined;
  /** A folder of this page alone, made when first asked for. */
  readonly folder: (() => Promise<FileSystemDirectoryHandle>) | undefined;
  /** Bytes the page may still keep; undefined when nobody knows. */
  readonly room: () => Promise<number | undefined>;
}

/** The browser's storages, the best one first. */
export class BrowserStorage implements FileStorage {
  readonly #platform: StoragePlatform;

  constructor(platform: StoragePlatform) {
    this.#platform = platform;
  }

  /** Must be called from a click. */
  async open(wanted: WantedFile): Promise<Sink | undefined> {
    const { ask, folder } = this.#platform;
    // A picture is shown at once and saved if somebody likes it.
    if (ask !== undefined && !isPictureName(wanted)) {
      const handle = await answered(ask(wanted.name));
      if (handle !== "unasked") return handle && await chosenSink(handle);
    }
    if (folder !== undefined) {
      const sink = await this.#keptSink(wanted, folder);
      if (sink !== undefined) return sink;
    }
    if (wanted.size <= memoryBytes) return new MemorySink(wanted.name);
    throw new SinkError("no-storage");
  }

  /** Undefined where the disk is not for pages, as in some private windows. */
  async #keptSink(
    { id, name, size }: WantedFile,
    folder: () => Promise<FileSystemDirectoryHandle>,
  ): Promise<Sink | undefined> {
    const room = await this.#platform.room();
    if (room !== undefined && room < size) throw new SinkError("disk-full");
    try {
      const place = await folder();
      const handle = await place.getFileHandle(id, { create: true });
      const writable = await handle.createWritable();
      return new DiskSink(writable, {
        name,
        place: "kept",
        read: () => handle.getFile(),
        remove: () => place.removeEntry(id),
      });
    } catch (error) {
      if (sinkFailure(error) === "disk-full") throw error;
      return undefined;
    }
  }
}

/** Undefined: they changed their mind. "unasked": the browser would not ask now. */
async function answered(
  answer: Promise<FileSystemFileHandle>,
): Promise<FileSystemFileHandle | undefined | "unasked"> {
  try {
    return await answer;
  } catch (error) {
    return error instanceof Error && error.name === "AbortError" ? undefined : "unasked";
  }
}

async function chosenSink(handle: FileSystemFileHandle): Promise<Sink> {
  // The question itself makes an empty file; one with contents was there before and is not ours to
  // remove.
  const isNew = (await handle.getFile()).size === 0;
  return new DiskSink(await handle.createWritable(), {
    name: handle.name,
    place: "chosen",
    read: () => handle.getFile(),
    remove: async () => {
      if (isNew) await removeFile(handle);
    },
  });
}

/** Not every browser that asks can remove. */
async function removeFile(handle: FileSystemFileHandle): Promise<void> {
  const remove: unknown = Reflect.get(handle, "remove");
  if (typeof remove === "function") await remove.call(handle);
}

interface DiskPlace {
  readonly name: string;
  readonly place: StoredFile["place"];
  readonly read: () => Promise<File>;
  readonly remove: () => Promise<void>;
}

class DiskSink implements Sink {
  readonly #writable: FileSystemWritableFileStream;
  readonly #disk: DiskPlace;
  #isOpen = true;
  #isRemoved = false;

  constructor(writable: FileSystemWritableFileStream, disk: DiskPlace) {
    this.#writable = writable;
    this.#disk = disk;
  }

  write(block: Uint8Array<ArrayBuffer>): Promise<void> {
    return this.#writable.write(block);
  }

  async finish(): Promise<StoredFile> {
    await this.#writable.close();
    this.#isOpen = false;
    const { name, place, read } = this.#disk;
    return { place, file: await named(await read(), name) };
  }

  async discard(): Promise<void> {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    // A stream that has failed is aborted already and says so.
    if (this.#isOpen) await this.#writable.abort().catch(() => {});
    await this.#disk.remove();
  }
}

/** For browsers without a disk for pages; the storage sees to it that the file is small. */
class MemorySink implements Sink {
  readonly #name: string;
  #blocks: Uint8Array<ArrayBuffer>[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  write(block: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#blocks.push(block.slice());
    return Promise.resolve();
  }

  async finish(): Promise<StoredFile> {
    const file = new Blob(this.#blocks);
    await this.discard();
    return { place: "kept", file: await named(file, this.#name) };
  }

  discard(): Promise<void> {
    this.#blocks = [];
    return Promise.resolve();
  }
}

/**
 * By reference, not by copy. The type is a picture's or nothing's: an address of ours must never
 * show a page of theirs.
 */
async function named(file: Blob, name: string): Promise<File> {
  const type = await pictureType(file) ?? "application/octet-stream";
  return new File([file], name, { type });
}
