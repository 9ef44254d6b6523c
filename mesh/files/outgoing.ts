/**
 * One file that is sent to one peer. Invariants:
 * 1 No byte is sent before the receiver accepts, and none before the position that it names.
 * 2 It is done when the receiver reports that the whole file is stored, not when the last byte is
 *   sent.
 * 3 A lost channel is replaced, a few times in a row at most; FileSender continues where it was.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { FileChannel } from "./link_channel.ts";
import {
  type FileEnd,
  fileLimits,
  parseReceiverMessage,
  type ReceiverMessage,
  type WireFailure,
} from "./file_message.ts";
import { safeFileName } from "./file_name.ts";
import { FileSender } from "./file_sender.ts";
import type { Source } from "./source.ts";
import { TransferChannel } from "./transfer_channel.ts";
import { type FileFailure, isOver, type Transfer, type TransferState } from "./transfer.ts";

interface OutgoingOptions {
  readonly id: string;
  readonly batch: string;
  readonly peerId: PeerId;
  readonly source: Source;
  readonly clock: Clock;
  /** Opens a new channel; undefined if there is no link at present. */
  readonly open: () => FileChannel | undefined;
  /** Called after each change of the state. */
  readonly changed: () => void;
}

/** Channels in a row that may be lost without a confirmed byte. */
const retriesMost = 8;
/** A channel on which the receiver is not ready by then is replaced. ms. */
const readyMs = 3_000;

/** A file that is offered to a peer. */
export class Outgoing {
  readonly direction = "out";
  readonly #options: OutgoingOptions;
  readonly #channel: TransferChannel;
  readonly #sender: FileSender;
  #state: TransferState = { kind: "waiting" };
  /** The receiver has answered the offer, on any channel. */
  #isAnswered = false;
  /** The present channel is open. */
  #isOpen = false;
  /** The receiver listens on the present channel. */
  #isReady = false;
  /** The end of this transfer, which the receiver may not know yet. */
  #unsentEnd: FileEnd | undefined;
  #retries = 0;
  #cancelRetry = () => {};
  #cancelReconnect = () => {};
  #cancelReady = () => {};
  #cancelAnswer = () => {};
  #isAnswerAwaited = false;

  constructor(options: OutgoingOptions) {
    this.#options = options;
    this.#sender = new FileSender(options.source);
    this.#channel = new TransferChannel(options.clock, {
      opened: () => this.#handleOpen(),
      received: (frame) => this.#receive(frame),
      drained: () => this.#sender.wake(),
      lost: () => this.#handleLoss(),
    });
    this.#awaitReconnect();
  }

  /** The transfer as it is now. */
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

  /** The link is connected: opens a channel if one is needed. */
  connect(): void {
    this.#retries = 0;
    this.#reconnect();
  }

  #reconnect(): void {
    this.#cancelRetry();
    const isNeeded = this.#unsentEnd !== undefined || !isOver(this.#state);
    if (isNeeded && this.#channel.current === undefined) this.#openChannel();
  }

  /**
   * A new channel may get the number of one that the other end has not closed yet; then it is not
   * reported there, and needs to be replaced.
   */
  #openChannel(): void {
    const channel = this.#options.open();
    if (channel === undefined) return;
    this.#isOpen = false;
    this.#isReady = false;
    this.#channel.attach(channel);
    this.#cancelReady();
    this.#cancelReady = this.#options.clock.after(readyMs, () => {
      if (this.#channel.current === channel && !this.#isReady) this.#openChannel();
    });
  }

  /** Ends the transfer for both sides. */
  cancel(): void {
    if (isOver(this.#state)) return;
    this.#end({ kind: "cancelled", by: "self" }, { type: "cancel", id: this.#options.id });
  }

  /** The receiver has left the room, or this person has. */
  handlePeerLeft(): void {
    this.#unsentEnd = undefined;
    this.#end({ kind: "failed", reason: "left", by: "peer" });
  }

  /** The receiver's page accepts no files, or none of this size. */
  reject(reason: "unsupported" | "too-big"): void {
    this.#end({ kind: "failed", reason, by: "peer" });
  }

  #handleOpen(): void {
    this.#isOpen = true;
    this.#cancelReconnect();
    if (!this.#isAnswerAwaited) this.#awaitAnswer();
    if (this.#isReady) this.#sendFirst();
  }

  #handleReady(): void {
    if (this.#isReady) return this.#fail("rules");
    this.#isReady = true;
    // This message may arrive before the event that the channel is open.
    if (this.#isOpen) this.#sendFirst();
  }

  /** The first message on a channel: the offer, or the end that the receiver does not know yet. */
  #sendFirst(): void {
    const { id, source: { name, size } } = this.#options;
    if (this.#unsentEnd === undefined) {
      const end = name.toWellFormed().slice(-fileLimits.rawName).toWellFormed();
      return void this.#channel.send({ type: "offer", id, name: end, size });
    }
    this.#channel.end(this.#unsentEnd);
    this.#unsentEnd = undefined;
    this.#cancelReady();
    this.#cancelAnswer();
  }

  #receive(frame: unknown): void {
    const message = parseReceiverMessage(frame);
    if (message === undefined) return this.#fail("rules");
    if (message.type === "ready") return this.#handleReady();
    // Nothing can be answered before the offer is sent.
    if (!this.#isReady) return this.#fail("rules");
    this.#cancelAnswer();
    this.#isAnswered = true;
    this.#handle(message);
  }

  #handle(message: Exclude<ReceiverMessage, { type: "ready" }>): void {
    switch (message.type) {
      case "here":
        // A page that was reloaded has forgotten the offer and sends this again.
        return this.#state.kind === "checking" ? undefined : this.#become({ kind: "offered" });
      case "accept":
        return this.#handleAccept(message.from);
      case "got":
        return this.#handleProgress(message.bytes);
      case "stored":
        return this.#sender.sha256 === undefined
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

  #handleAccept(from: number): void {
    const channel = this.#channel.current;
    const { kind } = this.#state;
    // A second accept on the same channel breaks the rules.
    const isOffered = kind === "offered" || kind === "waiting" || kind === "paused";
    if (!isOffered || channel === undefined || !this.#sender.confirm(from)) {
      return this.#fail("rules");
    }
    this.#become({ kind: "moving", bytes: from });
    void this.#send(channel, from);
  }

  #handleProgress(bytes: number): void {
    const { kind } = this.#state;
    if (kind !== "moving" && kind !== "checking") return;
    const { confirmed } = this.#sender;
    if (bytes < confirmed || !this.#sender.confirm(bytes)) return this.#fail("rules");
    if (bytes > confirmed) this.#retries = 0;
    if (kind === "moving") this.#become({ kind, bytes });
  }

  async #send(channel: FileChannel, from: number): Promise<void> {
    const isCurrent = () => this.#channel.current === channel && this.#state.kind === "moving";
    const result = await this.#sender.send(channel, { from, isCurrent });
    if (result === "stopped" || !isCurrent()) return;
    const { sha256 } = this.#sender;
    if (result === "unreadable" || sha256 === undefined) return this.#fail("unreadable");
    this.#become({ kind: "checking" });
    this.#channel.send({ type: "done", sha256 });
  }

  #handleLoss(): void {
    this.#cancelAnswer();
    this.#sender.wake();
    if (isOver(this.#state)) return;
    const { kind } = this.#state;
    if (kind === "moving" || kind === "checking" || kind === "paused") {
      this.#become({ kind: "paused", bytes: this.#sender.confirmed });
    } else this.#become({ kind: "waiting" });
    if (++this.#retries > retriesMost) return this.#fail("lost");
    this.#awaitReconnect();
    const wait = 250 * 2 ** Math.min(this.#retries, 5);
    this.#cancelRetry();
    this.#cancelRetry = this.#options.clock.after(wait, () => this.#reconnect());
  }

  #awaitReconnect(): void {
    this.#cancelReconnect();
    const { clock } = this.#options;
    this.#cancelReconnect = clock.after(fileLimits.reconnectMs, () => this.#fail("lost"));
  }

  #awaitAnswer(): void {
    this.#isAnswerAwaited = true;
    const cancel = this.#options.clock.after(fileLimits.answerMs, () => {
      this.#fail(this.#isAnswered ? "lost" : "unsupported");
    });
    this.#cancelAnswer = () => {
      this.#isAnswerAwaited = false;
      cancel();
    };
  }

  #fail(reason: FileFailure): void {
    const { id } = this.#options;
    if (!isWireFailure(reason)) return this.#end({ kind: "failed", reason, by: "peer" });
    this.#end({ kind: "failed", reason, by: "self" }, { type: "failed", id, reason });
  }

  #end(state: TransferState, message?: FileEnd): void {
    if (isOver(this.#state)) return;
    // A link that is being lost may drop the message, so the next channel sends it again.
    if (this.#isAnswered) this.#unsentEnd = message;
    this.#cancelRetry();
    this.#cancelReconnect();
    this.#cancelReady();
    this.#cancelAnswer();
    this.#become(state);
    this.#channel.end(message);
    this.#sender.wake();
  }

  #become(state: TransferState): void {
    this.#state = state;
    this.#options.changed();
  }
}

function isWireFailure(reason: FileFailure): reason is WireFailure {
  return reason !== "unsupported" && reason !== "left" && reason !== "lost";
}
