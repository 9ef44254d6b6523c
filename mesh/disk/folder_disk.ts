/**
 * Folders of the browser's private file system that outlive the page: each has a file that says
 * what it is for, and belongs to one page at a time. Invariants:
 * 1 A file is there whole or has no bytes; see disk_file.ts.
 * 2 A folder whose lock is free belongs to a page that is gone.
 */
import { attempt } from "../../protocol/attempt.ts";
import type * as is from "../../protocol/schema.ts";
import { checked } from "../../protocol/parse.ts";
import { createDiskFile, type DiskFile } from "./disk_file.ts";

/** One folder. `About`: what it is for. */
export interface DiskFolder<About> {
  readonly about: About;
  /** Replaces what the folder is for. */
  describe(about: About): Promise<void>;
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

/** The folders of one kind in this browser. */
export interface FolderDisk<About> {
  /** Undefined: this page may keep nothing here. */
  make(about: About): Promise<DiskFolder<About> | undefined>;
  /** The folders of pages that are gone; this page has them from now on. */
  takeFree(): Promise<DiskFolder<About>[]>;
  /** Whether no page keeps anything here. */
  isEmpty(): Promise<boolean>;
  /** Whether this page may keep anything here. */
  isUsable(): Promise<boolean>;
}

/** A kind of folders. `parent`: the folder that holds them; `check`: of what a page has written. */
export interface FolderKind<About> {
  readonly parent: string;
  readonly check: is.Check<About>;
  readonly nameOf: (about: About) => string;
  /** Whether this browser can use them at all. */
  readonly isUsable: () => boolean;
}

const aboutName = "about.json";
/** ms; a page that was reloaded may come before the browser has freed the lock of the old one. */
const lockMs = 1_500;

/** Whether this browser has a private file system with locks. */
export function hasFolders(): boolean {
  return attempt(() =>
    "getDirectory" in navigator.storage && "locks" in navigator &&
    typeof FileSystemFileHandle === "function"
  ) ?? false;
}

/** The folders of one kind. */
export function folderDisk<About>(kind: FolderKind<About>): FolderDisk<About> {
  return {
    async make(about) {
      if (!kind.isUsable()) return undefined;
      try {
        const name = kind.nameOf(about);
        const release = await takeLock(kind.parent, name);
        if (release === undefined) return undefined;
        const parent = await parentFolder(kind.parent);
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
        return await takeFreeFolders(kind);
      } catch {
        return [];
      }
    },
    async isEmpty() {
      const first = await attempt(async () =>
        await (await parentFolder(kind.parent)).keys().next()
      );
      return first?.done === true;
    },
    async isUsable() {
      return kind.isUsable() && await attempt(() => parentFolder(kind.parent)) !== undefined;
    },
  };
}

async function takeFreeFolders<About>(kind: FolderKind<About>): Promise<DiskFolder<About>[]> {
  const parent = await parentFolder(kind.parent);
  const handles: FileSystemDirectoryHandle[] = [];
  for await (const handle of parent.values()) {
    if (handle instanceof FileSystemDirectoryHandle) handles.push(handle);
  }
  const found = await Promise.all(handles.map((handle) => takeFolder(kind, { parent, handle })));
  return found.filter((folder) => folder !== undefined);
}

async function takeFolder<About>(
  kind: FolderKind<About>,
  { parent, handle }: { parent: FileSystemDirectoryHandle; handle: FileSystemDirectoryHandle },
): Promise<DiskFolder<About> | undefined> {
  const release = await takeLock(kind.parent, handle.name);
  if (release === undefined) return undefined;
  const about = await readAbout(handle, kind.check);
  if (about !== undefined) return new BrowserFolder({ parent, handle, about, release });
  // The page ended before it could describe it.
  await parent.removeEntry(handle.name, { recursive: true }).catch(() => {});
  release();
  return undefined;
}

async function readAbout<About>(
  handle: FileSystemDirectoryHandle,
  check: is.Check<About>,
): Promise<About | undefined> {
  try {
    const file = await (await handle.getFileHandle(aboutName)).getFile();
    const read = checked(check, JSON.parse(await file.text()));
    return read.ok ? read.message : undefined;
  } catch {
    return undefined;
  }
}

async function parentFolder(name: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return await root.getDirectoryHandle(name, { create: true });
}

/** Resolves with the release, or undefined if another page has it. The browser frees it too. */
function takeLock(parent: string, folder: string): Promise<(() => void) | undefined> {
  return new Promise((resolve) => {
    navigator.locks.request(
      `${parent}-${folder}`,
      { signal: AbortSignal.timeout(lockMs) },
      () => new Promise<void>((release) => resolve(() => release())),
    ).catch(() => resolve(undefined));
  });
}

class BrowserFolder<About> implements DiskFolder<About> {
  readonly #parent: FileSystemDirectoryHandle;
  readonly #handle: FileSystemDirectoryHandle;
  readonly #release: () => void;
  #about: About;

  constructor({ parent, handle, about, release }: {
    parent: FileSystemDirectoryHandle;
    handle: FileSystemDirectoryHandle;
    about: About;
    release: () => void;
  }) {
    this.#parent = parent;
    this.#handle = handle;
    this.#about = about;
    this.#release = release;
  }

  get about(): About {
    return this.#about;
  }

  async describe(about: About): Promise<void> {
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
