/**
 * One file on its way out to one peer. Invariants:
 * 1 Not one byte is sent before the receiver's accept, and none before the position it names.
 * 2 Memory holds at most one block; what waits in the channel or on the way to the receiver's disk
 *   is bounded.
 * 3 The hash covers each byte once, in order, however often the receiver asks for it again.
 * 4 It is done when the receiver says that the whole is stored, not when the last byte is sent.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { FileChannel } from "./link_channel.ts";
import {
  type FileEnd,
  fileLimits,
  parseReceiverMessage,
  type ReceiverMessage,
  type ToldFailure,
} from "./file_message.ts";
import { safeFileName } from "./file_name.ts";
import { Line } from "./transfer_channel.ts";
import { RunningHash } from "./running_hash.ts";
import type { Source } from "./source.ts";
import {
  type FileFailure,
  isOver,
  type Side,
  type Transfer,
  type TransferState,
} from "./transfer.ts";

interface OutgoingOptions {
  readonly id: string;
  readonly batch: string;
  readonly peerId: PeerId;
  readonly source: Source;
  readonly clock: Clock;
  /** A new channel; undefined when there is no way just now. */
  readonly open: () => FileChannel | undefined;
  /** The state has changed. */
  readonly changed: () => void;
}

/** Read at once; hashing it takes a few milliseconds at most. */
const readBytes = 256 * 1024;
/** With more than this waiting in the channel nothing is added. */
const bufferedMost = 1024 * 1024;
const retriesMost = 8;
/** A channel on which nobody has said a word by then is replaced. */
const helloMs = 3_000;

/** A file that is offered to a peer. */
export class Outgoing {
  readonly direction = "out";
  readonly #options: OutgoingOptions;
  readonly #line: Line;
  readonly #hash = new RunningHash();
  #sha256: string | undefined;
  #state: TransferState = { kind: "waiting" };
  /** Bytes hashed, and bytes the receiver has confirmed. */
  #hashed = 0;
  #confirmed = 0;
  /** The receiver's page has said something about this file. */
  #answered = false;
  /** The channel of now is open, and somebody listens at its other end. */
  #isOpen = false;
  #isHeard = false;
  /** Something it must still hear although all is over here. */
  #farewell: FileEnd | undefined;
  #retries = 0;
  #wake = () => {};
  #cancelRetry = () => {};
  #cancelApart = () => {};
  #cancelHello = () => {};
  #cancelAnswer = () => {};
  #isAnswerAwaited = false;

  constructor(options: OutgoingOptions) {
    this.#options = options;
    this.#line = new Line(options.clock, {
      opened: () => this.#opened(),
      heard: (frame) => this.#hear(frame),
      drained: () => this.#wake(),
      lost: () => this.#apart(),
    });
    this.#startApart();
  }

  get snapshot(): Transfer {
    const { id, batch, peerId, source: { name, size } } = this.#options;
    return {
      id,
      batch,
      direction: "out",
      peerId,
      name: safeFileName(name),
      size,
      state: this.#state,
    };
  }

  /** There may be a way now; does nothing where none is wanted. */
  connect(): void {
    this.#retries = 0;
    this.#tryAgain();
  }

  #tryAgain(): void {
    this.#cancelRetry();
    const isWanted = this.#farewell !== undefined || !isOver(this.#state);
    if (!isWanted || this.#line.channel !== undefined) return;
    this.#openLine();
  }

  /**
   * A channel that took the number of one which is not quite gone at the other end is not heard of
   * there.
   */
  #openLine(): void {
    const channel = this.#options.open();
    if (channel === undefined) return;
    this.#isOpen = false;
    this.#isHeard = false;
    this.#line.use(channel);
    this.#cancelHello();
    this.#cancelHello = this.#options.clock.after(helloMs, () => {
      if (this.#line.channel === channel && !this.#isHeard) this.#openLine();
    });
  }

  cancel(): void {
    if (isOver(this.#state)) return;
    this.#end({ kind: "cancelled", by: "self" }, { type: "cancel", id: this.#options.id });
  }

  /** The other person has left. */
  left(): void {
    this.#farewell = undefined;
    this.#end({ kind: "failed", reason: "left", by: "peer" });
  }

  /** Their page takes no files, or none of this size. */
  impossible(reason: "unsupported" | "too-big"): void {
    this.#end({ kind: "failed", reason, by: "peer" });
  }

  /** Nothing is said before somebody listens. */
  #opened(): void {
    this.#isOpen = true;
    this.#cancelApart();
    if (!this.#isAnswerAwaited) this.#startAnswer();
    if (this.#isHeard) this.#introduce();
  }

  #ready(): void {
    if (this.#isHeard) return this.#fail("rules");
    this.#isHeard = true;
    // Its word may come before the news that the channel is open.
    if (this.#isOpen) this.#introduce();
  }

  #introduce(): void {
    const { id, source: { name, size } } = this.#options;
    if (this.#farewell === undefined) {
      const end = name.toWellFormed().slice(-fileLimits.rawName).toWellFormed();
      return void this.#line.say({ type: "offer", id, name: end, size });
    }
    this.#line.end(this.#farewell);
    this.#farewell = undefined;
    this.#cancelHello();
    this.#cancelAnswer();
  }

  #hear(frame: unknown): void {
    const message = parseReceiverMessage(frame);
    if (message === undefined) return this.#fail("rules");
    if (message.type === "ready") return this.#ready();
    // Who has not asked anything has nothing to be answered.
    if (!this.#isHeard) return this.#fail("rules");
    this.#cancelAnswer();
    this.#answered = true;
    this.#obey(message);
  }

  #obey(message: Exclude<ReceiverMessage, { type: "ready" }>): void {
    switch (message.type) {
      case "here":
        // Also from a page that was reloaded and has forgotten the offer.
        return this.#state.kind === "checking" ? undefined : this.#become({ kind: "offered" });
      case "accept":
        return this.#accepted(message.from);
      case "got":
        return this.#got(message.bytes);
      case "stored":
        return this.#sha256 === undefined
          ? this.#fail("rules")
          : this.#end({ kind: "done", stored: undefined });
      case "decline":
        return this.#end({ kind: "declined" });
      case "cancel":
        return this.#end({ kind: "cancelled", by: "peer" });
      case "failed":
        return this.#end({ kind: "failed", reason: message.reason, by: "peer" });
      default:
        return message satisfies never;
    }
  }

  #accepted(from: number): void {
    const { channel } = this.#line;
    // Nobody can have more than was sent, and once for each channel is enough.
    const { kind } = this.#state;
    const isAsked = kind === "offered" || kind === "waiting" || kind === "paused";
    if (from > this.#hashed || !isAsked || channel === undefined) return this.#fail("rules");
    this.#confirmed = from;
    this.#become({ kind: "moving", bytes: from });
    void this.#send(channel, from);
  }

  #got(bytes: number): void {
    if (this.#state.kind !== "moving" && this.#state.kind !== "checking") return;
    if (bytes < this.#confirmed || bytes > this.#hashed) return this.#fail("rules");
    if (bytes > this.#confirmed) this.#retries = 0;
    this.#confirmed = bytes;
    if (this.#state.kind === "moving") this.#become({ kind: "moving", bytes });
    this.#wake();
  }

  async #send(channel: FileChannel, from: number): Promise<void> {
    const { source } = this.#options;
    const isCurrent = () => this.#line.channel === channel && this.#state.kind === "moving";
    try {
      for (let at = from; at < source.size;) {
        const to = Math.min(at + readBytes, source.size);
        const bytes = await source.read(at, to);
        if (!isCurrent()) return;
        if (bytes.length !== to - at) return this.#fail("unreadable");
        this.#add(bytes, at);
        at = to;
        if (!await this.#sendBlock(channel, { bytes, at, isCurrent })) return;
      }
    } catch {
      if (isCurrent()) this.#fail("unreadable");
      return;
    }
    this.#sha256 ??= this.#hash.end();
    this.#become({ kind: "checking" });
    this.#line.say({ type: "done", sha256: this.#sha256 });
  }

  #add(bytes: Uint8Array, from: number): void {
    const to = from + bytes.length;
    if (to <= this.#hashed) return;
    this.#hash.add(bytes.subarray(Math.max(0, this.#hashed - from)));
    this.#hashed = to;
  }

  /**
   * Message by message, each when there is room for it; `at` is where the block ends. False: the
   * channel is gone.
   */
  async #sendBlock(
    channel: FileChannel,
    { bytes, at, isCurrent }: {
      bytes: Uint8Array<ArrayBuffer>;
      at: number;
      isCurrent: () => boolean;
    },
  ): Promise<boolean> {
    for (let sent = 0; sent < bytes.length;) {
      const message = bytes.subarray(sent, sent + channel.messageBytes);
      sent += message.length;
      const position = at - bytes.length + sent;
      while (isCurrent() && !this.#hasRoom(channel, position)) {
        await new Promise<void>((resolve) => this.#wake = resolve);
      }
      if (!isCurrent() || !channel.send(message)) return false;
    }
    return true;
  }

  #hasRoom(channel: FileChannel, position: number): boolean {
    return channel.bufferedAmount <= bufferedMost &&
      position - this.#confirmed <= fileLimits.windowBytes;
  }

  #apart(): void {
    this.#cancelAnswer();
    this.#wake();
    if (isOver(this.#state)) return;
    const { kind } = this.#state;
    if (kind === "moving" || kind === "checking" || kind === "paused") {
      this.#become({ kind: "paused", bytes: this.#confirmed });
    } else this.#become({ kind: "waiting" });
    // A way that ends again and again without a byte is none.
    if (++this.#retries > retriesMost) return this.#fail("lost");
    this.#startApart();
    const wait = 250 * 2 ** Math.min(this.#retries, 5);
    this.#cancelRetry();
    this.#cancelRetry = this.#options.clock.after(wait, () => this.#tryAgain());
  }

  #startApart(): void {
    this.#cancelApart();
    this.#cancelApart = this.#options.clock.after(fileLimits.apartMs, () => this.#fail("lost"));
  }

  #startAnswer(): void {
    this.#isAnswerAwaited = true;
    const cancel = this.#options.clock.after(fileLimits.answerMs, () => {
      this.#fail(this.#answered ? "lost" : "unsupported");
    });
    this.#cancelAnswer = () => {
      this.#isAnswerAwaited = false;
      cancel();
    };
  }

  #fail(reason: FileFailure): void {
    const by: Side = isTold(reason) ? "self" : "peer";
    const { id } = this.#options;
    this.#end(
      { kind: "failed", reason, by },
      isTold(reason) ? { type: "failed", id, reason } : undefined,
    );
  }

  #end(state: TransferState, lastWords?: FileEnd): void {
    if (isOver(this.#state)) return;
    // A message on a dying link is lost, so a peer that has answered gets it again on the next one.
    if (this.#answered) this.#farewell = lastWords;
    this.#cancelRetry();
    this.#cancelApart();
    this.#cancelHello();
    this.#cancelAnswer();
    this.#become(state);
    this.#line.end(lastWords);
    this.#wake();
  }

  #become(state: TransferState): void {
    this.#state = state;
    this.#options.changed();
  }
}

function isTold(reason: FileFailure): reason is ToldFailure {
  return reason !== "unsupported" && reason !== "left" && reason !== "lost";
}
