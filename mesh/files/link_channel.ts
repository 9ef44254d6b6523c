/**
 * The data channel of one transfer. Invariant: `lost` is called at most once, and nothing is called
 * after it or after close().
 */
import { listenInOrder } from "../link/in_order.ts";
import type { RawChannel } from "../link/raw_channel.ts";

/** What a channel calls. */
export interface FileChannelListener {
  /** Frames can be sent from now on; `received` comes later. */
  opened(): void;
  /** A frame has arrived: a string, an ArrayBuffer, or anything else that a foreign page sends. */
  received(frame: unknown): void;
  /** `bufferedAmount` has fallen low enough to send more. */
  drained(): void;
  /** The other side has closed the channel, or the connection is gone. */
  lost(): void;
}

/** A channel to one peer for one transfer. */
export interface FileChannel {
  /** Bytes that wait in this browser to be sent. */
  readonly bufferedAmount: number;
  /** Bytes one message may carry. */
  readonly messageBytes: number;
  /** False after the channel is lost; the frame is then dropped. */
  send(frame: string | Uint8Array<ArrayBuffer>): boolean;
  /** Replaces the listener. */
  listen(listener: FileChannelListener): void;
  /** Closes the channel after what was sent has gone out. */
  close(): void;
}

/** `drained` is called when fewer bytes than this wait; enough to keep the network busy. */
const drainedBytes = 256 * 1024;
/** A larger message would delay the other channels of the connection. */
const messageMost = 64 * 1024;
/** What every browser accepts. */
const messageLeast = 16 * 1024;

/** A data channel in use. */
export class LinkChannel implements FileChannel {
  readonly #channel: RTCDataChannel;
  readonly #connection: RTCPeerConnection;
  readonly #listeners = new AbortController();
  #listener: FileChannelListener | undefined;
  #isOver = false;
  /** Whether this listener was called with `opened`. */
  #isOpenReported = false;

  constructor({ channel, connection, gone }: RawChannel) {
    this.#channel = channel;
    this.#connection = connection;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = drainedBytes;
    const { signal } = this.#listeners;
    channel.addEventListener("open", () => this.#reportOpened(), { signal });
    listenInOrder(channel, (data) => this.#listener?.received(data), signal);
    channel.addEventListener("bufferedamountlow", () => this.#listener?.drained(), { signal });
    channel.addEventListener("close", () => this.#lose(), { signal });
    void gone.then(() => this.#lose());
    if (channel.readyState === "closing" || channel.readyState === "closed") this.#finish();
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  get messageBytes(): number {
    return Math.min(messageMost, this.#connection.sctp?.maxMessageSize ?? messageLeast);
  }

  send(frame: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#isOver || this.#channel.readyState !== "open") return false;
    try {
      if (typeof frame === "string") this.#channel.send(frame);
      else this.#channel.send(frame);
      return true;
    } catch {
      return false;
    }
  }

  listen(listener: FileChannelListener): void {
    if (this.#isOver) return listener.lost();
    this.#listener = listener;
    this.#isOpenReported = false;
    if (this.#channel.readyState === "open") this.#reportOpened();
  }

  close(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#channel.close();
  }

  /** A channel that the peer opened is open already, and its `open` event still follows. */
  #reportOpened(): void {
    if (this.#isOpenReported) return;
    this.#isOpenReported = true;
    this.#listener?.opened();
  }

  #lose(): void {
    if (this.#isOver) return;
    const listener = this.#listener;
    this.#finish();
    listener?.lost();
  }

  #finish(): void {
    this.#isOver = true;
    this.#listeners.abort();
    // The connection references this channel while it lives; it must not keep the transfer alive.
    this.#listener = undefined;
  }
}
