// Files for transfer tests: made on disk, chosen in a page, and compared piece by piece.

import type { Peer } from "./peer.ts";
import type { LaunchedBrowser } from "./browsers.ts";
import { usualMs, waitFor } from "./wait_for.ts";

/** Compared in pieces of this many bytes, so that no test needs a whole file in memory. */
const pieceBytes = 16 * 1024 * 1024;

/** A file on disk; `await using` removes it. */
export interface MadeFile extends AsyncDisposable {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** SHA-256 of each piece. */
  readonly digests: string[];
}

/** Makes a file of bytes that repeat nowhere near; written piece by piece. */
export async function makeFile(name: string, size: number): Promise<MadeFile> {
  const folder = await Deno.makeTempDir({ prefix: "parley-file-" });
  const path = `${folder}/${name}`;
  const digests: string[] = [];
  {
    using file = await Deno.open(path, { write: true, create: true });
    const writer = file.writable.getWriter();
    for (let at = 0; at < size; at += pieceBytes) {
      const piece = pseudoRandom(Math.min(pieceBytes, size - at), at);
      digests.push(await digest(piece));
      await writer.write(piece);
    }
    await writer.close().catch(() => {});
  }
  const remove = () => Deno.remove(folder, { recursive: true });
  return { path, name, size, digests, [Symbol.asyncDispose]: remove };
}

/** Numbers of a xorshift generator: all pieces differ, and no disk or browser can compress them. */
function pseudoRandom(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (seed ^ 0x9e3779b9) | 1;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** Chooses files behind the paper clip and presses the offer's button. */
export async function offerFiles(peer: Peer, paths: readonly string[]): Promise<void> {
  const input = await waitFor(() => peer.page.$('input[type="file"]'), { what: "the file input" });
  await input.uploadFile(...paths);
  await peer.press(/^Offer /);
}

/** An own card shows its switch once the file is read to its end, and copied if there is a disk. */
export const wholeRead = /Offer to people who come later/;

/** Text of all file cards, in order. */
export function fileCards(peer: Peer): Promise<string[]> {
  return peer.page.$$eval(
    ".file-card",
    (cards) =>
      cards.map((card) => card instanceof HTMLElement ? card.innerText.replace(/\s+/g, " ") : ""),
  );
}

/** Waits until the text of the newest card matches. */
export async function waitForCard(
  peer: Peer,
  { says, timeout = usualMs }: { says: RegExp; timeout?: number },
): Promise<string> {
  let last = "";
  return await waitFor(async () => {
    last = (await fileCards(peer)).at(-1) ?? "";
    return says.test(last) ? last : undefined;
  }, { what: `a file card that says ${says}`, timeout }).catch((error) => {
    throw new Error(`${error.message}; it says "${last}"`);
  });
}

/** How the page is given a place for files. */
export type Place =
  /** The save dialog returns a file called "chosen" in the origin private file system. */
  | { readonly kind: "chosen" }
  /** The browser cannot ask, as in Firefox. */
  | { readonly kind: "kept" }
  /** Neither. */
  | { readonly kind: "memory" };

/** Before the first file; a test cannot answer the browser's own dialog. */
export async function givePlace({ page }: Peer, { kind }: Place): Promise<void> {
  await page.evaluate((kind) => {
    const ask = async () =>
      await (await navigator.storage.getDirectory()).getFileHandle("chosen", { create: true });
    Reflect.set(globalThis, "showSaveFilePicker", kind === "chosen" ? ask : undefined);
    if (kind === "memory") Reflect.deleteProperty(StorageManager.prototype, "getDirectory");
  }, kind);
}

/**
 * Digests of the pieces of every file that the page has on its part of the disk, by path. What it
 * takes in blocks counts as one file; its copies of own files do not count.
 */
export async function keptFiles({ page }: Peer): Promise<Record<string, string[]>> {
  return await page.evaluate(async (pieceBytes) => {
    const found: Record<string, string[]> = {};
    const read = async (file: Blob) => {
      const digests: string[] = [];
      for (let at = 0; at < file.size; at += pieceBytes) {
        const piece = await file.slice(at, at + pieceBytes).arrayBuffer();
        const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", piece));
        digests.push([...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      }
      return digests;
    };
    const readBlocks = async (folder: FileSystemDirectoryHandle) => {
      const blocks: FileSystemFileHandle[] = [];
      for await (const handle of folder.values()) {
        if (handle instanceof FileSystemFileHandle && /^b\d+$/.test(handle.name)) {
          blocks.push(handle);
        }
      }
      blocks.sort((one, other) => one.name < other.name ? -1 : 1);
      return read(new Blob(await Promise.all(blocks.map((block) => block.getFile()))));
    };
    const walk = async (folder: FileSystemDirectoryHandle, path: string) => {
      for await (const [name, handle] of folder.entries()) {
        if (name.endsWith(".own")) continue;
        if (handle instanceof FileSystemFileHandle) {
          found[path + name] = await read(await handle.getFile());
        } else if (!(handle instanceof FileSystemDirectoryHandle)) continue;
        else if (name.endsWith(".taken")) found[path + name] = await readBlocks(handle);
        else await walk(handle, `${path}${name}/`);
      }
    };
    await walk(await navigator.storage.getDirectory(), "");
    return found;
  }, pieceBytes);
}

/** Anonymous memory of all processes of the browser, bytes: memory that no file backs. */
export async function browserMemory({ browser }: LaunchedBrowser): Promise<number> {
  const root = browser.process()?.pid;
  if (root === undefined) throw new Error("the browser has no process");
  const parents = new Map<number, number>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // A process may end while it is looked at.
    const stat = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    parents.set(Number(name), Number(/\) \S (\d+)/.exec(stat)?.[1]));
  }
  let sum = 0;
  for (const pid of parents.keys()) {
    let above: number | undefined = pid;
    while (above !== undefined && above > 1 && above !== root) above = parents.get(above);
    if (above !== root) continue;
    const status = await Deno.readTextFile(`/proc/${pid}/status`).catch(() => "");
    sum += 1024 * Number(/RssAnon:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
  }
  return sum;
}

/** So that what remains is what is held. */
export async function collectGarbage(peers: readonly Peer[]): Promise<void> {
  for (const { page } of peers) {
    const session = await page.createCDPSession();
    await session.send("HeapProfiler.collectGarbage");
    await session.detach();
  }
}

/** Bytes in words. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** Measures until it is stopped; the peak in bytes. */
export class MemoryWatch {
  readonly #launched: LaunchedBrowser;
  readonly #running: Promise<void>;
  #peak = 0;
  #isOver = false;

  constructor(launched: LaunchedBrowser) {
    this.#launched = launched;
    this.#running = this.#run();
  }

  async stop(): Promise<number> {
    this.#isOver = true;
    await this.#running;
    return this.#peak;
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      this.#peak = Math.max(this.#peak, await browserMemory(this.#launched));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
