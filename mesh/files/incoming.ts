/**
 * One file that a peer sends. Invariants:
 * 1 No byte is accepted before accept(). Bytes that were not requested, too many bytes, and bytes
 *   faster than the window allows end the transfer.
 * 2 Memory holds at most one window of bytes, however large the file is.
 * 3 It is done only when every byte is written and the SHA-256 of the whole is the sender's;
 *   otherwise nothing is kept.
 * 4 A transfer resumes over the next channel: received bytes stay, and the sender is told where to
 *   continue.
 *   Bytes that were not on the disk yet, at most one window, are sent again and dropped here.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { BlockWriter } from "./block_writer.ts";
import type { FileChannel } from "./link_channel.ts";
import {
  fileLimits,
  type FileOffer,
  parseSenderMessage,
  type SenderMessage,
  type WireFailure,
} from "./file_message.ts";
import { safeFileName } from "./file_name.ts";
import { RunningHash } from "./running_hash.ts";
import { type FileStorage, type Sink, sinkFailure } from "./sink.ts";
import { TransferChannel } from "./transfer_channel.ts";
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
  /** Called after each change of the state. */
  readonly changed: () => void;
}

/** A file that a peer offers. */
export class Incoming {
  readonly direction = "in";
  readonly #options: IncomingOptions;
  readonly #channel: TransferChannel;
  readonly #hash = new RunningHash();
  readonly #blocks: BlockWriter;
  readonly #name: string;
  #state: TransferState = { kind: "offered" };
  #sink: Sink | undefined;
  /** Bytes received and hashed; `#written` of them are on the disk. */
  #received = 0;
  #written = 0;
  /** How many of the next bytes were received before. */
  #repeated = 0;
  #cancelReconnect = () => {};

  constructor(options: IncomingOptions) {
    this.#options = options;
    const { name, size } = options.offer;
    this.#name = safeFileName(name);
    this.#blocks = new BlockWriter({ size, write: (block) => this.#write(block) });
    this.#channel = new TransferChannel(options.clock, {
      opened: () => {},
      received: (frame) => this.#receive(frame),
      drained: () => {},
      lost: () => this.#handleLoss(),
    });
  }

  /** The transfer as it is now. */
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
  matches({ name, size }: FileOffer): boolean {
    return size === this.#options.offer.size && name === this.#options.offer.name;
  }

  /** Continues on a channel on which the sender has made the same offer again. */
  attach(channel: FileChannel): void {
    this.#cancelReconnect();
    this.#channel.attach(channel);
    const { id } = this.#options.offer;
    const { kind } = this.#state;
    switch (kind) {
      case "waiting":
      case "offered":
      case "opening":
        return void this.#channel.send({ type: "here" });
      case "moving":
      case "paused":
        return this.#requestRest();
      case "checking":
        return;
      case "done":
        return this.#channel.end({ type: "stored" });
      case "declined":
        return this.#channel.end({ type: "decline" });
      case "cancelled":
        return this.#channel.end({ type: "cancel", id });
      case "failed":
        return this.#channel.end({ type: "failed", id, reason: wireFailure(this.#state.reason) });
      default:
        return kind satisfies never;
    }
  }

  /** Opens the storage and requests the bytes. Call it in a click: the storage may ask where. */
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
      if (this.#channel.current !== undefined) this.#requestRest();
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
  }

  /** Declines the offer. */
  decline(): void {
    if (this.#state.kind !== "offered") return;
    this.#finish({ kind: "declined" });
    this.#channel.end({ type: "decline" });
  }

  /** Ends the transfer for both sides. */
  cancel(): void {
    if (isOver(this.#state)) return;
    this.#finish({ kind: "cancelled", by: "self" });
    this.#channel.end({ type: "cancel", id: this.#options.offer.id });
  }

  /** The sender has left the room, or this person has. A complete file is still checked. */
  handlePeerLeft(): void {
    if (this.#state.kind !== "checking") this.#fail("left", "peer");
  }

  /** The sender has ended the transfer, perhaps on another channel. */
  handleEnd(state: Extract<TransferState, { kind: "cancelled" | "failed" }>): void {
    if (!isOver(this.#state)) this.#finish(state);
  }

  /** Requests what is not on the disk: the sender counts its window from there. */
  #requestRest(): void {
    if (!this.#channel.send({ type: "accept", from: this.#written })) return;
    this.#repeated = this.#received - this.#written;
    this.#become({ kind: "moving", bytes: this.#written });
  }

  #receive(frame: unknown): void {
    if (frame instanceof ArrayBuffer) return this.#receiveBytes(new Uint8Array(frame));
    const message = parseSenderMessage(frame);
    if (message === undefined) return this.#fail("rules");
    this.#handle(message);
  }

  #handle(message: SenderMessage): void {
    switch (message.type) {
      case "done":
        return void this.#check(message.sha256);
      case "cancel":
        this.handleEnd({ kind: "cancelled", by: "peer" });
        return this.#channel.end();
      case "failed":
        this.handleEnd({ kind: "failed", reason: message.reason, by: "peer" });
        return this.#channel.end();
      case "offer":
        // The offer is the first message of a channel, and no later one.
        return this.#fail("rules");
      default:
        return message satisfies never;
    }
  }

  #receiveBytes(bytes: Uint8Array<ArrayBuffer>): void {
    const { length } = bytes;
    if (this.#state.kind !== "moving") return this.#fail("rules");
    if (length === 0 || length > fileLimits.messageBytes) return this.#fail("rules");
    const fresh = bytes.subarray(this.#repeated);
    this.#repeated -= length - fresh.length;
    this.#received += fresh.length;
    if (this.#received > this.#options.offer.size) return this.#fail("damaged");
    if (this.#received - this.#written > fileLimits.windowBytes) return this.#fail("rules");
    this.#hash.add(fresh);
    this.#blocks.add(fresh);
  }

  async #write(block: Uint8Array<ArrayBuffer>): Promise<boolean> {
    if (isOver(this.#state)) return false;
    try {
      await this.#sink?.write(block);
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
    if (isOver(this.#state)) return false;
    this.#written += block.length;
    this.#channel.send({ type: "got", bytes: this.#written });
    if (this.#state.kind === "moving" || this.#state.kind === "paused") {
      this.#become({ kind: this.#state.kind, bytes: this.#written });
    }
    return true;
  }

  async #check(sha256: string): Promise<void> {
    if (this.#state.kind !== "moving") return this.#fail("rules");
    if (this.#received !== this.#options.offer.size) return this.#fail("damaged");
    this.#become({ kind: "checking" });
    await this.#blocks.written;
    if (!this.#is("checking")) return;
    if (this.#hash.end() !== sha256) return this.#fail("damaged");
    try {
      const stored = await this.#sink?.finish();
      // It was cancelled meanwhile, and #finish() discarded what was not a file yet.
      if (!this.#is("checking")) return void await this.#sink?.discard();
      this.#cancelReconnect();
      this.#blocks.release();
      this.#become({ kind: "done", stored });
      this.#channel.end({ type: "stored" });
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
  }

  #handleLoss(): void {
    if (isOver(this.#state)) return;
    if (this.#state.kind === "moving") this.#become({ kind: "paused", bytes: this.#written });
    this.#cancelReconnect();
    this.#cancelReconnect = this.#options.clock.after(fileLimits.reconnectMs, () => {
      if (this.#state.kind !== "checking") this.#fail("lost", "peer");
    });
  }

  #fail(reason: FileFailure, by: Side = "self"): void {
    if (isOver(this.#state)) return;
    this.#finish({ kind: "failed", reason, by });
    const { id } = this.#options.offer;
    this.#channel.end({ type: "failed", id, reason: wireFailure(reason) });
  }

  #finish(state: TransferState): void {
    this.#cancelReconnect();
    this.#blocks.release();
    this.#become(state);
    const sink = this.#sink;
    // A write that is under way ends first. If discarding fails too, there is nothing left to do.
    if (sink !== undefined) void this.#blocks.written.then(() => sink.discard()).catch(() => {});
  }

  /** A function, so that the compiler does not narrow the state across an await. */
  #is(kind: TransferState["kind"]): boolean {
    return this.#state.kind === kind;
  }

  #become(state: TransferState): void {
    this.#state = state;
    this.#options.changed();
  }
}

/** The reason as the sender learns it; reasons without a message become "rules". */
function wireFailure(reason: FileFailure): WireFailure {
  return reason === "unsupported" || reason === "left" || reason === "lost" ? "rules" : reason;
}
