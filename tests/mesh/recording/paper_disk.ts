// A browser's private file system in memory. It outlives its pages.

import type { DiskFile } from "../../../mesh/disk/disk_file.ts";
import type {
  RecordingAbout,
  RecordingDisk,
  RecordingFolder,
} from "../../../mesh/recording/recording_disk.ts";

interface StoredFolder {
  about: RecordingAbout;
  readonly files: Map<string, Blob>;
  page: PaperPage | undefined;
  /** Files that are being written. */
  readonly open: Set<DiskFile>;
}

/** One page of the browser; after its end nothing of it is written. */
export class PaperPage implements RecordingDisk {
  isGone = false;

  constructor(readonly disk: PaperDisk) {}

  make(about: RecordingAbout): Promise<RecordingFolder | undefined> {
    if (!this.disk.works) return Promise.resolve(undefined);
    const stored: StoredFolder = { about, files: new Map(), page: this, open: new Set() };
    this.disk.folders.add(stored);
    this.disk.owners.add(about.owner);
    return Promise.resolve(new PaperFolder(stored, this));
  }

  takeFree(): Promise<RecordingFolder[]> {
    const free = [...this.disk.folders].filter(({ page }) => page === undefined || page.isGone);
    return Promise.resolve(free.map((stored) => {
      stored.page = this;
      stored.open.clear();
      return new PaperFolder(stored, this);
    }));
  }

  isEmpty(): Promise<boolean> {
    return Promise.resolve(this.disk.folders.size === 0);
  }
}

/** What all pages of a browser share. */
export class PaperDisk {
  readonly folders = new Set<StoredFolder>();
  /** Of all own tracks that were ever here. */
  readonly owners = new Set<string>();
  /** Bytes that fit. */
  room = Infinity;
  works = true;
  /** Bytes that have come in blocks so far. */
  streamed = 0;

  get size(): number {
    const blobs = [...this.folders].flatMap(({ files }) => [...files.values()]);
    return blobs.reduce((sum, { size }) => sum + size, 0);
  }

  /** Bytes of the pieces that are here of these owners. */
  sizesOf(owners: ReadonlySet<string>): number {
    const files = [...this.folders].flatMap(({ files }) => [...files]);
    const own = files.filter(([name]) =>
      owners.has(name.split(".")[0] ?? "") && !name.endsWith(".json")
    );
    return own.reduce((sum, [, { size }]) => sum + size, 0);
  }

  /** Names of all files of all recordings. */
  get names(): string[] {
    return [...this.folders].flatMap(({ files }) => [...files.keys()]).toSorted();
  }
}

class PaperFolder implements RecordingFolder {
  constructor(readonly stored: StoredFolder, readonly page: PaperPage) {}

  get about(): RecordingAbout {
    return this.stored.about;
  }

  describe(about: RecordingAbout): Promise<void> {
    this.stored.about = about;
    return Promise.resolve();
  }

  async write(name: string, content: Blob): Promise<void> {
    await Promise.resolve();
    if (this.page.isGone) return;
    const { disk } = this.page;
    if (disk.size + content.size > disk.room) throw new DOMException("", "QuotaExceededError");
    this.stored.files.set(name, content);
  }

  create(name: string): Promise<DiskFile> {
    const blocks: Uint8Array<ArrayBuffer>[] = [];
    const { open } = this.stored;
    const file: DiskFile = {
      write: (data) => {
        const { disk } = this.page;
        const size = blocks.reduce((sum, { length }) => sum + length, data.length);
        if (disk.size + size > disk.room) {
          return Promise.reject(new DOMException("", "QuotaExceededError"));
        }
        blocks.push(data.slice());
        disk.streamed += data.length;
        return Promise.resolve();
      },
      close: () => {
        open.delete(file);
        return this.write(name, new Blob(blocks));
      },
      abort: () => {
        open.delete(file);
        return Promise.resolve();
      },
    };
    open.add(file);
    return Promise.resolve(file);
  }

  names(): Promise<string[]> {
    return Promise.resolve([...this.stored.files.keys()].toSorted());
  }

  read(name: string): Promise<File> {
    const blob = this.stored.files.get(name);
    return blob === undefined
      ? Promise.reject(new DOMException("", "NotFoundError"))
      : Promise.resolve(new File([blob], name));
  }

  drop(name: string): Promise<void> {
    this.stored.files.delete(name);
    return Promise.resolve();
  }

  /** As browsers do it: not while a file in it is being written. */
  remove(): Promise<void> {
    if (this.stored.open.size > 0) {
      return Promise.reject(new DOMException("", "NoModificationAllowedError"));
    }
    this.page.disk.folders.delete(this.stored);
    return Promise.resolve();
  }

  release(): void {
    this.stored.page = undefined;
  }
}
