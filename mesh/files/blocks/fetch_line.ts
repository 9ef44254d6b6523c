/**
 * A channel over which this page fetches blocks of one file from one holder. Answers come in the
 * order of the requests. Invariant: what was not requested, or is too long, ends the channel.
 */
import type { Clock } from "../../clock.ts";
import type { FileChannel } from "../link_channel.ts";
import { BlockMap } from "./block_map.ts";
import { type FetchMessage, type GiveMessage, parseGiveMessage } from "./block_message.ts";
import { type Layout, spanOf } from "./layout.ts";
import { manifestBytes } from "./manifest.ts";
import type { Ask } from "./picker.ts";

/** What a line calls. After `broken` or `lost` nothing more. */
export interface FetchHandler {
  /** The holder has told what it has; it can be asked. */
  opened(has: BlockMap): void;
  gained(block: number): void;
  /** The holder has chosen a block; false: it may not. */
  chosen(block: number): boolean;
  /** The holder has nothing to choose. */
  none(): void;
  gone(block: number): void;
  arrived(block: number, bytes: Uint8Array<ArrayBuffer>): void;
  lost(): void;
  /** The holder breaks the rules. */
  broken(): void;
}

interface FetchLineOptions {
  readonly file: string;
  readonly layout: Layout;
  readonly clock: Clock;
  /** The own blocks, encoded at the start. */
  readonly has: () => string;
  readonly handler: FetchHandler;
}

/**
 * A new channel may get the number of one that the other end has not closed yet; then it is not
 * reported there. Without `ready` by then, it is opened again. ms.
 */
const readyMs = 3_000;
/** A holder that owes an answer and sends nothing for so long is given up. ms. */
const silentMs = 10_000;

/** Fetches from one holder. */
export class FetchLine {
  readonly #channel: FileChannel;
  readonly #options: FetchLineOptions;
  readonly #asks: Ask[] = [];
  #block:
    | { readonly number: number; readonly bytes: Uint8Array<ArrayBuffer>; filled: number }
    | undefined;
  #state: "new" | "ready" | "open" | "over" = "new";
  #cancelSilence = () => {};

  constructor(channel: FileChannel, options: FetchLineOptions) {
    this.#channel = channel;
    this.#options = options;
    this.#watch();
    channel.listen({
      opened() {},
      received: (frame) => this.#receive(frame),
      drained() {},
      lost: () => this.#end(options.handler.lost),
    });
  }

  /** Whether the holder can be asked. */
  get isOpen(): boolean {
    return this.#state === "open";
  }

  /** Asks for a block; `layout.count`: for the manifest. */
  ask(ask: Ask): void {
    this.#asks.push(ask);
    this.#watch();
    this.#send(ask === "any" ? { type: "any" } : { type: "get", block: ask });
  }

  /** This page has another block. */
  announce(block: number): void {
    if (this.#state === "open") this.#send({ type: "has", block });
  }

  /** Ends it; nothing is called after that. */
  close(): void {
    if (this.#state === "over") return;
    this.#channel.close();
    this.#end(() => {});
  }

  #end(tell: () => void): void {
    if (this.#state === "over") return;
    this.#state = "over";
    this.#block = undefined;
    this.#cancelSilence();
    tell();
  }

  #break(): void {
    this.#channel.close();
    this.#end(this.#options.handler.broken);
  }

  #watch(): void {
    this.#cancelSilence();
    if (this.#state === "over") return;
    const isOwed = this.#state !== "open" || this.#asks.length > 0 || this.#block !== undefined;
    if (!isOwed) return;
    const most = this.#state === "new" ? readyMs : silentMs;
    this.#cancelSilence = this.#options.clock.after(most, () => {
      this.#channel.close();
      this.#end(this.#options.handler.lost);
    });
  }

  #receive(frame: unknown): void {
    if (frame instanceof ArrayBuffer) this.#receiveBytes(new Uint8Array(frame));
    else if (!this.#handle(parseGiveMessage(frame))) return this.#break();
    this.#watch();
  }

  /** False: it breaks the rules. */
  #handle(message: GiveMessage | undefined): boolean {
    const { handler, layout, file, has } = this.#options;
    if (message === undefined || this.#block !== undefined) return false;
    switch (message.type) {
      case "ready":
        if (this.#state !== "new") return false;
        this.#state = "ready";
        this.#send({ type: "open", file, has: has() });
        return true;
      case "holds": {
        const map = BlockMap.decode(layout.count, message.has);
        if (map === undefined || this.#state !== "ready") return false;
        this.#state = "open";
        handler.opened(map);
        return true;
      }
      case "has":
        handler.gained(message.block);
        return message.block < layout.count;
      case "block":
        return this.#begin(message.block);
      case "none":
        if (this.#asks.shift() !== "any") return false;
        handler.none();
        return true;
      case "gone":
        if (this.#asks.shift() !== message.block) return false;
        handler.gone(message.block);
        return true;
      default:
        return message satisfies never;
    }
  }

  #begin(number: number): boolean {
    const { handler, layout } = this.#options;
    const ask = this.#asks.shift();
    if (ask === "any" ? !handler.chosen(number) : ask !== number) return false;
    const length = number === layout.count
      ? manifestBytes(layout.count)
      : spanOf(layout, number).length;
    this.#block = { number, bytes: new Uint8Array(length), filled: 0 };
    return true;
  }

  #receiveBytes(bytes: Uint8Array<ArrayBuffer>): void {
    const block = this.#block;
    if (block === undefined || bytes.length > block.bytes.length - block.filled) {
      return this.#break();
    }
    block.bytes.set(bytes, block.filled);
    block.filled += bytes.length;
    if (block.filled < block.bytes.length) return;
    this.#block = undefined;
    this.#options.handler.arrived(block.number, block.bytes);
  }

  #send(message: FetchMessage): void {
    this.#channel.send(JSON.stringify(message));
  }
}
