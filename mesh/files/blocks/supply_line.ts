/**
 * A channel over which a peer fetches blocks of one file from this page. Invariants:
 * 1 Only whole blocks that are on the own disk, and were checked, are given.
 * 2 Memory holds one block at most; the bytes that wait in the channel are bounded.
 */
import type { FileChannel } from "../link_channel.ts";
import { BlockMap } from "./block_map.ts";
import { type FetchMessage, type GiveMessage, parseFetchMessage } from "./block_message.ts";
import type { Layout } from "./layout.ts";
import type { Manifest } from "./manifest.ts";
import type { Seeder } from "./seeder.ts";

/** What this page can give of one file. */
export interface Supplier {
  readonly layout: Layout;
  readonly has: BlockMap;
  readonly manifest: Manifest | undefined;
  /** Only the owner of the file has one. */
  readonly seeder: Seeder<SupplyLine> | undefined;
  /** Rejects once it cannot be read. */
  read(block: number): Promise<Uint8Array<ArrayBuffer>>;
  unreadable(): void;
}

/** While more bytes than this wait in the channel, nothing is added. */
const bufferedMost = 1024 * 1024;
/** Unanswered requests of one peer. */
const asksMost = 64;

/** Gives blocks to one peer. */
export class SupplyLine {
  readonly #channel: FileChannel;
  readonly #supplier: Supplier;
  readonly #ended: () => void;
  readonly #asks: (number | "any")[] = [];
  #isServing = false;
  #isOver = false;
  #wake = () => {};

  constructor(
    channel: FileChannel,
    { supplier, has, ended }: { supplier: Supplier; has: string; ended: () => void },
  ) {
    this.#channel = channel;
    this.#supplier = supplier;
    this.#ended = ended;
    channel.listen({
      opened() {},
      received: (frame) => this.#receive(parseFetchMessage(frame)),
      drained: () => this.#wake(),
      lost: () => this.#end(),
    });
    const map = BlockMap.decode(supplier.layout.count, has);
    if (map === undefined) this.close();
    else supplier.seeder?.add(this, map);
    this.#send({ type: "holds", has: supplier.has.encode() });
  }

  /** This page has another block. */
  announce(block: number): void {
    this.#send({ type: "has", block });
  }

  close(): void {
    if (this.#isOver) return;
    this.#channel.close();
    this.#end();
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#supplier.seeder?.remove(this);
    this.#wake();
    this.#ended();
  }

  #receive(message: FetchMessage | undefined): void {
    switch (message?.type) {
      case "get":
        return this.#queue(message.block);
      case "any":
        return this.#queue("any");
      case "has":
        return this.#supplier.seeder?.gained(this, message.block);
      case "open":
      case undefined:
        return this.close();
      default:
        return message satisfies never;
    }
  }

  #queue(ask: number | "any"): void {
    if (this.#asks.length >= asksMost) return this.close();
    this.#asks.push(ask);
    if (!this.#isServing) void this.#serve();
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    const { seeder } = this.#supplier;
    while (!this.#isOver) {
      const ask = this.#asks.shift();
      if (ask === undefined) break;
      const block = ask === "any" ? seeder?.choose(this) : seeder?.given(this, ask) ?? ask;
      if (block === undefined) this.#send({ type: "none" });
      else await this.#give(block);
    }
    this.#isServing = false;
  }

  async #give(block: number): Promise<void> {
    const bytes = await this.#bytesOf(block);
    if (this.#isOver) return;
    if (bytes === undefined) return this.#send({ type: "gone", block });
    this.#send({ type: "block", block });
    for (let at = 0; at < bytes.length && !this.#isOver;) {
      while (!this.#isOver && this.#channel.bufferedAmount > bufferedMost) {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
      const frame = bytes.subarray(at, at + this.#channel.messageBytes);
      at += frame.length;
      if (!this.#isOver && !this.#channel.send(frame)) return this.#end();
    }
  }

  async #bytesOf(block: number): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const supplier = this.#supplier;
    const { layout, has, manifest } = supplier;
    if (block === layout.count) return manifest?.bytes;
    if (!has.has(block)) return undefined;
    try {
      return await supplier.read(block);
    } catch {
      supplier.unreadable();
      return undefined;
    }
  }

  #send(message: GiveMessage): void {
    if (!this.#isOver) this.#channel.send(JSON.stringify(message));
  }
}
