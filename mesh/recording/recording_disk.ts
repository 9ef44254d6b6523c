/**
 * Where a page keeps recordings: a folder for each in its private file system. Invariants:
 * 1 A file is there whole or has no bytes; see disk_file.ts.
 * 2 A folder whose lock is free belongs to a page that is gone.
 * 3 A folder is removed by the person, or once its tracks are delivered.
 */
import { attempt } from "../../protocol/attempt.ts";
import * as is from "../../protocol/schema.ts";
import { checked } from "../../protocol/parse.ts";
import { createDiskFile, type DiskFile } from "./disk_file.ts";
import { type SinkFailure, sinkFailure } from "../files/sink.ts";

/**
 * What a folder is for. `role`: whether this person records, or is recorded by `recorder`, a peer
 * with the name `by`; `owner` names the own tracks; `self`: the own peer id; `since`: ms since the
 * epoch.
 */
export interface RecordingAbout {
  readonly id: string;
  readonly role: "recorder" | "guest";
  readonly owner: string;
  readonly room: string;
  readonly recorder: string;
  readonly by: string;
  readonly self: string;
  readonly since: number;
  readonly ended: boolean;
}

/** One recording on the disk. */
export interface RecordingFolder {
  readonly about: RecordingAbout;
  /** Replaces what the folder is for. */
  describe(about: RecordingAbout): Promise<void>;
  /** Adds a file, or replaces it. Rejects if the disk is full. */
  write(name: string, content: Blob): Promise<void>;
  /** Begins a file, which replaces one of the same name. */
  create(name: string): Promise<DiskFile>;
  /** Of all its files, in order; those that are being written may be among them. */
  names(): Promise<string[]>;
  /** Rejects if there is none. */
  read(name: string): Promise<File>;
  /** Removes one file, if it is there. */
  drop(name: string): Promise<void>;
  /** Removes the folder with everything in it. */
  remove(): Promise<void>;
  /** Leaves it to the next page. */
  release(): void;
}

/** The recordings of this browser. */
export interface RecordingDisk {
  /** Undefined: this page may keep nothing here. */
  make(about: RecordingAbout): Promise<RecordingFolder | undefined>;
  /** The folders of pages that are gone; this page has them from now on. */
  takeFree(): Promise<RecordingFolder[]>;
  /** Whether no page keeps anything here. */
  isEmpty(): Promise<boolean>;
}

const parentName = "parley-recordings";
const aboutName = "about.json";

const id = is.matching(/^[\da-f]{32}$/, "32 hexadecimal digits");
const short = is.text({ most: 256 });
const aboutCheck: is.Check<RecordingAbout> = is.object({
  id,
  role: is.oneOf("recorder", "guest"),
  owner: id,
  room: short,
  recorder: short,
  by: short,
  self: short,
  since: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
  ended: is.boolean,
});

/** Whether this browser can record its own tracks and keep them. */
export function canRecord(): boolean {
  return attempt(() =>
    "getDirectory" in navigator.storage && "locks" in navigator &&
    typeof FileSystemFileHandle === "function" && typeof MediaRecorder === "function"
  ) ?? false;
}

/** Why writing failed. */
export function diskFailure(error: unknown): Extract<SinkFailure, "disk-full" | "cannot-write"> {
  return sinkFailure(error) === "disk-full" ? "disk-full" : "cannot-write";
}

/** The browser's private file system. */
export const browserDisk: RecordingDisk = {
  async make(about) {
    if (!canRecord()) return undefined;
    try {
      const release = await takeLock(about.id, about.owner);
      if (release === undefined) return undefined;
      const parent = await parentFolder();
      const name = folderName(about.id, about.owner);
      const handle = await parent.getDirectoryHandle(name, { create: true });
      const folder = new BrowserFolder({ parent, handle, about, release });
      await folder.describe(about);
      return folder;
    } catch {
      // Private windows of some browsers have the interface and refuse its use.
      return undefined;
    }
  },
  async takeFree() {
    try {
      return await takeFreeFolders();
    } catch {
      return [];
    }
  },
  async isEmpty() {
    const first = await attempt(async () => await (await parentFolder()).keys().next());
    return first?.done === true;
  },
};

async function takeFreeFolders(): Promise<RecordingFolder[]> {
  const parent = await parentFolder();
  const handles: FileSystemDirectoryHandle[] = [];
  for await (const handle of parent.values()) {
    if (handle instanceof FileSystemDirectoryHandle) handles.push(handle);
  }
  const found = await Promise.all(handles.map((handle) => takeFolder(parent, handle)));
  return found.filter((folder) => folder !== undefined);
}

async function takeFolder(
  parent: FileSystemDirectoryHandle,
  handle: FileSystemDirectoryHandle,
): Promise<RecordingFolder | undefined> {
  const [ofId = "", owner = ""] = handle.name.split(".");
  const release = await takeLock(ofId, owner);
  if (release === undefined) return undefined;
  const about = await readAbout(handle);
  if (about !== undefined) return new BrowserFolder({ parent, handle, about, release });
  // The page ended before it could describe it.
  await parent.removeEntry(handle.name, { recursive: true }).catch(() => {});
  release();
  return undefined;
}

async function readAbout(handle: FileSystemDirectoryHandle): Promise<RecordingAbout | undefined> {
  try {
    const file = await (await handle.getFileHandle(aboutName)).getFile();
    const read = checked(aboutCheck, JSON.parse(await file.text()));
    return read.ok ? read.message : undefined;
  } catch {
    return undefined;
  }
}

async function parentFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return await root.getDirectoryHandle(parentName, { create: true });
}

function folderName(recording: string, owner: string): string {
  return `${recording}.${owner}`;
}

/** ms; a page that was reloaded may come before the browser has freed the lock of the old one. */
const lockMs = 1_500;

/** Resolves with the release, or undefined if another page has it. The browser frees it too. */
function takeLock(recording: string, owner: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    const name = `${parentName}-${folderName(recording, owner)}`;
    navigator.locks.request(
      name,
      { signal: AbortSignal.timeout(lockMs) },
      () => new Promise<void>((release) => resolve(() => release())),
    ).catch(() => resolve(undefined));
  });
}

class BrowserFolder implements RecordingFolder {
  readonly #parent: FileSystemDirectoryHandle;
  readonly #handle: FileSystemDirectoryHandle;
  readonly #release: () => void;
  #about: RecordingAbout;

  constructor({ parent, handle, about, release }: {
    parent: FileSystemDirectoryHandle;
    handle: FileSystemDirectoryHandle;
    about: RecordingAbout;
    release: () => void;
  }) {
    this.#parent = parent;
    this.#handle = handle;
    this.#about = about;
    this.#release = release;
  }

  get about(): RecordingAbout {
    return this.#about;
  }

  async describe(about: RecordingAbout): Promise<void> {
    this.#about = about;
    await this.write(aboutName, new Blob([JSON.stringify(about)]));
  }

  async write(name: string, content: Blob): Promise<void> {
    const file = await this.create(name);
    try {
      await file.write(new Uint8Array(await content.arrayBuffer()), 0);
      await file.close();
    } catch (error) {
      await file.abort();
      throw error;
    }
  }

  async create(name: string): Promise<DiskFile> {
    const path = [this.#parent.name, this.#handle.name];
    return await createDiskFile({ folder: this.#handle, path, name });
  }

  async names(): Promise<string[]> {
    const names: string[] = [];
    for await (const name of this.#handle.keys()) if (name !== aboutName) names.push(name);
    return names.toSorted();
  }

  async read(name: string): Promise<File> {
    return await (await this.#handle.getFileHandle(name)).getFile();
  }

  async drop(name: string): Promise<void> {
    await this.#handle.removeEntry(name).catch(() => {});
  }

  async remove(): Promise<void> {
    await this.#parent.removeEntry(this.#handle.name, { recursive: true });
    this.#release();
  }

  release(): void {
    this.#release();
  }
}
