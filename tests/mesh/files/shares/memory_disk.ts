/** A disk of shared files in memory. It outlives its pages. */
import type { DiskFile } from "../../../../mesh/disk/disk_file.ts";
import type {
  ShareAbout,
  ShareDisk,
  ShareFolder,
} from "../../../../mesh/files/shares/share_disk.ts";

interface Stored {
  about: ShareAbout;
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  page: MemoryPage | undefined;
}

/** What all pages of one browser share. */
export class MemoryDisk {
  readonly folders = new Set<Stored>();
  /** Bytes that fit. */
  room = Infinity;
  /** A slow disk lists its files only after this. */
  ready: Promise<void> = Promise.resolve();

  get size(): number {
    return [...this.folders].reduce((sum, { files }) => sum + bytesOf(files), 0);
  }

  /** Blocks on the disk. */
  get blocks(): number {
    const names = [...this.folders].flatMap(({ files }) => [...files.keys()]);
    return names.filter((name) => name.startsWith("b")).length;
  }
}

/** One page; after its end nothing of it is written. */
export class MemoryPage implements ShareDisk {
  isGone = false;

  constructor(readonly disk: MemoryDisk) {}

  make(about: ShareAbout): Promise<ShareFolder | undefined> {
    const stored: Stored = { about, files: new Map(), page: this };
    this.disk.folders.add(stored);
    return Promise.resolve(new MemoryFolder(stored, this));
  }

  takeFree(): Promise<ShareFolder[]> {
    const free = [...this.disk.folders].filter(({ page }) => page === undefined || page.isGone);
    return Promise.resolve(free.map((stored) => {
      stored.page = this;
      return new MemoryFolder(stored, this);
    }));
  }

  isUsable(): Promise<boolean> {
    return Promise.resolve(true);
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.disk.folders.size === 0);
  }
}

class MemoryFolder implements ShareFolder {
  constructor(readonly stored: Stored, readonly page: MemoryPage) {}

  get about(): ShareAbout {
    return this.stored.about;
  }

  describe(about: ShareAbout): Promise<void> {
    if (!this.page.isGone) this.stored.about = about;
    return Promise.resolve();
  }

  async write(name: string, content: Blob): Promise<void> {
    this.#put(name, new Uint8Array(await content.arrayBuffer()));
  }

  create(name: string): Promise<DiskFile> {
    let content = new Uint8Array(0);
    return Promise.resolve({
      write: (data) => {
        if (this.page.disk.size + data.length > this.page.disk.room) {
          return Promise.reject(new DOMException("", "QuotaExceededError"));
        }
        content = data.slice();
        return Promise.resolve();
      },
      close: () => Promise.resolve(this.#put(name, content)),
      abort: () => Promise.resolve(),
    });
  }

  async names(): Promise<string[]> {
    await this.page.disk.ready;
    return [...this.stored.files.keys()].toSorted();
  }

  read(name: string): Promise<File> {
    const content = this.stored.files.get(name);
    return content === undefined
      ? Promise.reject(new Error(`no ${name}`))
      : Promise.resolve(new File([content], name));
  }

  drop(name: string): Promise<void> {
    this.stored.files.delete(name);
    return Promise.resolve();
  }

  remove(): Promise<void> {
    if (!this.page.isGone) this.page.disk.folders.delete(this.stored);
    return Promise.resolve();
  }

  release(): void {
    this.stored.page = undefined;
  }

  #put(name: string, content: Uint8Array<ArrayBuffer>): void {
    if (!this.page.isGone) this.stored.files.set(name, content);
  }
}

function bytesOf(files: ReadonlyMap<string, Uint8Array>): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}
