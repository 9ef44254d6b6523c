/**
 * Stores files: where the person chooses if the browser can ask, otherwise in the page's private
 * file system until they are saved, otherwise in memory if they are small. Invariants:
 * 1 Only a small file is held in memory as a whole, and only if there is no file system.
 * 2 An incomplete file is removed; an older file that it was to replace stays as it was.
 * 3 Each page keeps its files in a separate folder; the next page removes the folders of pages that
 *   are gone.
 */
import { isPictureName, pictureType } from "./picture.ts";
import {
  type FilePlace,
  type FileStorage,
  type Sink,
  SinkError,
  sinkFailure,
  type StoredFile,
  type WantedFile,
} from "./sink.ts";

/** The largest file that is kept in memory, bytes. */
export const memoryBytes = 64 * 1024 * 1024;

/** Asks the person where to store a file; rejects with an AbortError if they close the question. */
export type AskWhere = (name: string) => Promise<FileSystemFileHandle>;

/** What the browser offers; undefined: it does not. */
export interface StoragePlatform {
  readonly ask: AskWhere | undefined;
  /** A folder that only this page uses; the first call makes it. */
  readonly folder: (() => Promise<FileSystemDirectoryHandle>) | undefined;
  /** Bytes that the page may still store; undefined if unknown. */
  readonly room: () => Promise<number | undefined>;
}

/** Tries the browser's storages, the best one first. */
export class BrowserStorage implements FileStorage {
  readonly #platform: StoragePlatform;

  constructor(platform: StoragePlatform) {
    this.#platform = platform;
  }

  /** Call it in a click: the browser may ask the person. */
  async open(wanted: WantedFile): Promise<Sink | undefined> {
    const { ask, folder } = this.#platform;
    // A picture is shown at once; the person may save it later.
    if (ask !== undefined && !isPictureName(wanted)) {
      const handle = await answerOf(ask(wanted.name));
      if (handle !== "unasked") return handle && await chosenSink(handle);
    }
    if (folder !== undefined) {
      const sink = await this.#keptSink(wanted, folder);
      if (sink !== undefined) return sink;
    }
    if (wanted.size <= memoryBytes) return new MemorySink(wanted.name);
    throw new SinkError("no-storage");
  }

  /**
   * Asks where a file goes once it is complete; undefined: the person has closed the question. Call
   * it in a click.
   */
  async choose(wanted: Pick<WantedFile, "name" | "size">): Promise<FilePlace | undefined> {
    const { ask } = this.#platform;
    if (ask === undefined || isPictureName(wanted)) return keptPlace(wanted);
    const handle = await answerOf(ask(wanted.name));
    if (handle === "unasked") return keptPlace(wanted);
    return handle && await chosenPlace(handle);
  }

  /** Undefined if pages may not use the file system, as in some private windows. */
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

/** Undefined: the person has closed the question. "unasked": the browser does not ask now. */
async function answerOf(
  answer: Promise<FileSystemFileHandle>,
): Promise<FileSystemFileHandle | undefined | "unasked"> {
  try {
    return await answer;
  } catch (error) {
    return error instanceof Error && error.name === "AbortError" ? undefined : "unasked";
  }
}

/** The page keeps the file until the person saves it. */
export function keptPlace({ name }: { readonly name: string }): FilePlace {
  return {
    put: async (file) => ({ place: "kept", file: await named(file, name) }),
    discard: () => Promise.resolve(),
  };
}

async function chosenPlace(handle: FileSystemFileHandle): Promise<FilePlace> {
  const isNew = (await handle.getFile()).size === 0;
  return {
    put: async (file) => {
      await file.stream().pipeTo(await handle.createWritable());
      return { place: "chosen", file: await named(await handle.getFile(), handle.name) };
    },
    discard: async () => {
      if (isNew) await removeFile(handle);
    },
  };
}

async function chosenSink(handle: FileSystemFileHandle): Promise<Sink> {
  // The picker itself makes an empty file. A file with contents was there before, so it must not
  // be removed.
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

/** Not every browser with a picker has this method. */
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
    // Aborting a stream that has failed rejects.
    if (this.#isOpen) await this.#writable.abort().catch(() => {});
    await this.#disk.remove();
  }
}

/** For browsers without a file system; BrowserStorage uses it for small files only. */
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
 * A file with this name that shares the bytes. Its type is a picture's or none: a URL of this
 * origin must never show a page that somebody sent.
 */
async function named(file: Blob, name: string): Promise<File> {
  const type = await pictureType(file) ?? "application/octet-stream";
  return new File([file], name, { type });
}
