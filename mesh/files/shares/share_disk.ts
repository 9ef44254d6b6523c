/**
 * Shared files on the disk: a folder for each with one file per block, so that what a page has
 * written is there for the next one. Invariant: a block is on the disk whole, or not at all.
 */
import * as is from "../../../protocol/schema.ts";
import {
  type DiskFolder,
  type FolderDisk,
  folderDisk,
  hasFolders,
} from "../../disk/folder_disk.ts";
import { BlockMap } from "../blocks/block_map.ts";
import { shareId } from "../blocks/block_message.ts";
import { blockLimits, type Layout, sharedBytes, spanOf } from "../blocks/layout.ts";
import { hashOf, Manifest, manifestBytes } from "../blocks/manifest.ts";

/** One offer, as the other side knows it. `person`: the other's name; `open`: not yet answered. */
export interface KeptOffer {
  readonly id: string;
  readonly person: string;
  readonly done: boolean;
  readonly open?: boolean;
}

/**
 * What a folder is for. `own`: the file is offered by this person, and `offers` are those that have
 * not ended otherwise; if not, it comes from `from`, and `offers` has one. `root`: empty until
 * known; `since`: ms since the epoch; `ended`: nothing of it is to go on.
 */
export interface ShareAbout {
  readonly file: string;
  readonly own: boolean;
  readonly room: string;
  readonly name: string;
  readonly size: number;
  readonly block: number;
  readonly root: string;
  readonly since: number;
  readonly from: string;
  readonly later: boolean;
  readonly ended: boolean;
  readonly offers: readonly KeptOffer[];
}

/** One shared file on the disk. */
export type ShareFolder = DiskFolder<ShareAbout>;
/** The shared files of this browser. */
export type ShareDisk = FolderDisk<ShareAbout>;

/** A file that nobody has come back for is removed after, ms. */
export const keptMs: number = 24 * 60 * 60 * 1000;
const parent = "parley-shares";

const short = is.text({ most: 256 });
const aboutCheck: is.Check<ShareAbout> = is.object({
  file: shareId,
  own: is.boolean,
  room: short,
  name: is.text({ most: 1024 }),
  size: is.integer({ least: 0, most: sharedBytes }),
  block: is.integer({ least: blockLimits.leastBytes, most: blockLimits.mostBytes }),
  root: is.text({ most: 64 }),
  since: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
  from: short,
  later: is.boolean,
  ended: is.boolean,
  offers: is.list(
    is.object({ id: shareId, person: short, done: is.boolean }, { open: is.boolean }),
    1_000,
  ),
});

/** The browser's private file system. */
export const browserShares: ShareDisk = folderDisk({
  parent,
  check: aboutCheck,
  nameOf: ({ file, own }) => `${file}.${own ? "own" : "taken"}`,
  isUsable: hasFolders,
});

const manifestName = "manifest";

/** The blocks in one folder. */
export class BlockStore {
  readonly folder: ShareFolder;
  readonly layout: Layout;

  constructor(folder: ShareFolder, layout: Layout) {
    this.folder = folder;
    this.layout = layout;
  }

  /** Rejects if the disk is full. */
  async write(block: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#write(nameOf(block), bytes);
  }

  async writeManifest({ bytes }: Manifest): Promise<void> {
    await this.#write(manifestName, bytes);
  }

  /** Rejects if it is not there. */
  async read(block: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(await (await this.folder.read(nameOf(block))).arrayBuffer());
    if (bytes.length !== spanOf(this.layout, block).length) throw new Error("a cut block");
    return bytes;
  }

  /** The whole file, which stays on the disk. */
  async whole(): Promise<Blob> {
    const parts: File[] = [];
    for (let block = 0; block < this.layout.count; block++) {
      parts.push(await this.folder.read(nameOf(block)));
    }
    return new Blob(parts);
  }

  /** What an earlier page has written. Every block is checked: a crash may have cut one. */
  async restore(): Promise<{ manifest: Manifest | undefined; has: BlockMap }> {
    const has = new BlockMap(this.layout.count);
    const manifest = await this.#readManifest();
    if (manifest === undefined) return { manifest, has };
    for (const name of await this.folder.names()) {
      const block = blockOf(name);
      if (block === undefined) continue;
      const bytes = await this.read(block).catch(() => undefined);
      if (bytes !== undefined && await manifest.isBlock(block, bytes)) has.add(block);
    }
    return { manifest, has };
  }

  async #readManifest(): Promise<Manifest | undefined> {
    try {
      const file = await this.folder.read(manifestName);
      const bytes = new Uint8Array(await file.arrayBuffer());
      if (bytes.length !== manifestBytes(this.layout.count)) return undefined;
      return await hashOf(bytes) === this.folder.about.root ? new Manifest(bytes) : undefined;
    } catch {
      return undefined;
    }
  }

  async #write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const file = await this.folder.create(name);
    try {
      await file.write(bytes, 0);
      await file.close();
    } catch (error) {
      await file.abort();
      throw error;
    }
  }
}

function nameOf(block: number): string {
  return `b${String(block).padStart(6, "0")}`;
}

function blockOf(name: string): number | undefined {
  return /^b\d{6}$/.test(name) ? Number(name.slice(1)) : undefined;
}
