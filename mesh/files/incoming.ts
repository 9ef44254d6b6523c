/**
 * One file on its way in. Invariants:
 * 1 Not one byte is taken before accept(); bytes nobody asked for, too many of them, or faster than
 *   they can be written end the transfer.
 * 2 Memory holds at most one window of bytes, whatever the size of the file.
 * 3 It is done only when every byte is written and the SHA-256 of the whole is the sender's; else
 *   nothing is kept.
 * 4 A transfer resumes over its next channel: what is here stays, and the sender is told the
 *   position to resume from; what the disk had yet to take, a window at most, comes again and is
 *   dropped.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { FileChannel } from "./link_channel.ts";
import {
  fileLimits,
  type FileOffer,
  parseSenderMessage,
  type SenderMessage,
  type ToldFailure,
} from "./file_message.ts";
import { safeFileName } from "./file_name.ts";
import { Line } from "./line.ts";
import { RunningHash } from "./running_hash.ts";
import { type FileStorage, type Sink, sinkFailure } from "./sink.ts";
import {
  type FileFailure,
  isOver,
  type Side,
  type Transfer,
  type TransferState,
} from "./transfer.ts";

interface IncomingOptions {
  readonly peerId: PeerId;
  readonly offer: FileOffer;
  readonly clock: Clock;
  readonly storage: FileStorage;
  /** The state has changed. */
  readonly changed: () => void;
}

/** A file that a peer offers. */
export class Incoming {
  readonly direction = "in";
  readonly #options: IncomingOptions;
  readonly #line: Line;
  readonly #hash = new RunningHash();
  readonly #name: string;
  #state: TransferState = { kind: "offered" };
  #sink: Sink | undefined;
  /** Taken from the channel and hashed; `#written` of them are on the disk. */
  #received = 0;
  /** So many of the next bytes are here already. */
  #repeated = 0;
  #written = 0;
  #block = new Uint8Array(0);
  #filled = 0;
  /** Memory of blocks that are written; a window of them is the most there ever is. */
  #spare: Uint8Array<ArrayBuffer>[] = [];
  #writing: Promise<void> = Promise.resolve();
  #cancelApart = () => {};

  constructor(options: IncomingOptions) {
    this.#options = options;
    this.#name = safeFileName(options.offer.name);
    this.#line = new Line(options.clock, {
      opened: () => {},
      heard: (frame) => this.#hear(frame),
      drained: () => {},
      lost: () => this.#apart(),
    });
  }

  get snapshot(): Transfer {
    const { peerId, offer: { id, size } } = this.#options;
    return {
      id,
      batch: id,
      direction: "in",
      peerId,
      name: this.#name,
      size,
      state: this.#state,
    };
  }

  /** Whether a repeated offer is about the same file. */
  isOffer({ name, size }: FileOffer): boolean {
    return size === this.#options.offer.size && name === this.#options.offer.name;
  }

  /** The sender has come by a new channel, with the same offer as before. */
  attach(channel: FileChannel): void {
    this.#cancelApart();
    this.#line.use(channel);
    const { id } = this.#options.offer;
    const { kind } = this.#state;
    switch (kind) {
      case "waiting":
      case "offered":
      case "opening":
        return void this.#line.say({ type: "here" });
      case "moving":
      case "paused":
        return this.#goOn();
      case "checking":
        return;
      case "done":
        return this.#line.end({ type: "stored" });
      case "declined":
        return this.#line.end({ type: "decline" });
      case "cancelled":
        return this.#line.end({ type: "cancel", id });
      case "failed":
        return this.#line.end({ type: "failed", id, reason: told(this.#state.reason) });
      default:
        return kind satisfies never;
    }
  }

  /** Must be called from a click, for the storage's sake. */
  async accept(): Promise<void> {
    if (this.#state.kind !== "offered") return;
    this.#become({ kind: "opening" });
    const { offer: { id, size }, storage } = this.#options;
    try {
      const sink = await storage.open({ id, name: this.#name, size });
      if (!this.#is("opening")) return void await sink?.discard();
      if (sink === undefined) return this.#become({ kind: "offered" });
      this.#sink = sink;
      this.#become({ kind: "paused", bytes: 0 });
      if (this.#line.channel !== undefined) this.#goOn();
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
  }

  decline(): void {
    if (this.#state.kind !== "offered") return;
    this.#finish({ kind: "declined" });
    this.#line.end({ type: "decline" });
  }

  cancel(): void {
    if (isOver(this.#state)) return;
    this.ended({ kind: "cancelled", by: "self" });
    this.#line.end({ type: "cancel", id: this.#options.offer.id });
  }

  /** The other person has left. A file that is whole already is still looked at to its end. */
  left(): void {
    if (this.#state.kind !== "checking") this.#fail("left", "peer");
  }

  /** The sender has ended it, perhaps on a separate channel. */
  ended(state: Extract<TransferState, { kind: "cancelled" | "failed" }>): void {
    if (!isOver(this.#state)) this.#finish(state);
  }

  /** From what is on the disk, since the sender counts its window from there. */
  #goOn(): void {
    if (!this.#line.say({ type: "accept", from: this.#written })) return;
    this.#repeated = this.#received - this.#written;
    this.#become({ kind: "moving", bytes: this.#written });
  }

  #hear(frame: unknown): void {
    if (frame instanceof ArrayBuffer) return this.#take(new Uint8Array(frame));
    const message = parseSenderMessage(frame);
    if (message === undefined) return this.#fail("rules");
    this.#obey(message);
  }

  #obey(message: SenderMessage): void {
    switch (message.type) {
      case "done":
        return void this.#check(message.sha256);
      case "cancel":
        this.ended({ kind: "cancelled", by: "peer" });
        return this.#line.end();
      case "failed":
        this.ended({ kind: "failed", reason: message.reason, by: "peer" });
        return this.#line.end();
      case "offer":
        // Once for each channel is what it takes.
        return this.#fail("rules");
      default:
        return message satisfies never;
    }
  }

  #take(bytes: Uint8Array<ArrayBuffer>): void {
    const { length } = bytes;
    if (this.#state.kind !== "moving") return this.#fail("rules");
    if (length === 0 || length > fileLimits.messageBytes) return this.#fail("rules");
    const news = bytes.subarray(this.#repeated);
    this.#repeated -= length - news.length;
    this.#received += news.length;
    if (this.#received > this.#options.offer.size) return this.#fail("damaged");
    if (this.#received - this.#written > fileLimits.windowBytes) return this.#fail("rules");
    this.#hash.add(news);
    this.#fill(news);
  }

  /** A disk likes few big writes better than many small ones. */
  #fill(bytes: Uint8Array<ArrayBuffer>): void {
    let rest = bytes;
    while (rest.length > 0) {
      if (this.#filled === 0) {
        const missing = this.#options.offer.size - this.#received + rest.length;
        const memory = this.#spare.pop() ?? new Uint8Array(fileLimits.blockBytes);
        this.#block = memory.subarray(0, Math.min(memory.length, missing));
      }
      const part = rest.subarray(0, this.#block.length - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      rest = rest.subarray(part.length);
      if (this.#filled === this.#block.length) this.#flush();
    }
  }

  #flush(): void {
    const block = this.#block;
    this.#block = new Uint8Array(0);
    this.#filled = 0;
    this.#writing = this.#writing.then(() => this.#write(block));
  }

  async #write(block: Uint8Array<ArrayBuffer>): Promise<void> {
    if (isOver(this.#state)) return;
    try {
      await this.#sink?.write(block);
    } catch (error) {
      return this.#fail(sinkFailure(error));
    }
    if (isOver(this.#state)) return;
    if (block.length === fileLimits.blockBytes) this.#spare.push(block);
    this.#written += block.length;
    this.#line.say({ type: "got", bytes: this.#written });
    if (this.#state.kind === "moving" || this.#state.kind === "paused") {
      this.#become({ kind: this.#state.kind, bytes: this.#written });
    }
  }

  async #check(sha256: string): Promise<void> {
    if (this.#state.kind !== "moving") return this.#fail("rules");
    // The last block is as long as what was missing, so it is on its way already if every byte has
    // come.
    if (this.#received !== this.#options.offer.size) return this.#fail("damaged");
    this.#become({ kind: "checking" });
    await this.#writing;
    if (!this.#is("checking")) return;
    if (this.#hash.end() !== sha256) return this.#fail("damaged");
    try {
      const stored = await this.#sink?.finish();
      // Cancelled at the last moment: #finish() has discarded it.
      if (!this.#is("checking")) return void await this.#sink?.discard();
      this.#cancelApart();
      this.#release();
      this.#become({ kind: "done", stored });
      this.#line.end({ type: "stored" });
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
  }

  #apart(): void {
    if (isOver(this.#state)) return;
    if (this.#state.kind === "moving") this.#become({ kind: "paused", bytes: this.#written });
    this.#cancelApart();
    this.#cancelApart = this.#options.clock.after(fileLimits.apartMs, () => {
      if (this.#state.kind !== "checking") this.#fail("lost", "peer");
    });
  }

  #fail(reason: FileFailure, by: Side = "self"): void {
    if (isOver(this.#state)) return;
    this.#finish({ kind: "failed", reason, by });
    this.#line.end({ type: "failed", id: this.#options.offer.id, reason: told(reason) });
  }

  #finish(state: TransferState): void {
    this.#cancelApart();
    this.#release();
    this.#become(state);
    const sink = this.#sink;
    // What is being written first comes to its end; a sink that fails to tidy up has nothing more
    // to say.
    if (sink !== undefined) void this.#writing.then(() => sink.discard()).catch(() => {});
  }

  #release(): void {
    this.#block = new Uint8Array(0);
    this.#spare = [];
  }

  /** Asks anew: an await lies between two looks. */
  #is(kind: TransferState["kind"]): boolean {
    return this.#state.kind === kind;
  }

  #become(state: TransferState): void {
    this.#state = state;
    this.#options.changed();
  }
}

/** What of a failure means something to the other side. */
function told(reason: FileFailure): ToldFailure {
  return reason === "unsupported" || reason === "left" || reason === "lost" ? "rules" : reason;
}
