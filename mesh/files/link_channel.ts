/**
 * One data channel as a transfer sees it. Invariant: `lost` is told at most once, and nothing is
 * told after it or close().
 */
import type { RawFileChannel } from "../link/file_channel.ts";

/** What a channel tells. */
export interface FileChannelListener {
  opened(): void;
  /** A string, an ArrayBuffer, or whatever else a foreign page may send. */
  heard(frame: unknown): void;
  /** `bufferedAmount` has fallen low enough to send more. */
  drained(): void;
  lost(): void;
}

/** One way to one peer for one transfer. */
export interface FileChannel {
  /** Bytes that wait in this browser. */
  readonly bufferedAmount: number;
  /** Bytes one message may carry. */
  readonly messageBytes: number;
  /** False after the channel is lost; the frame is then dropped. */
  send(frame: string | Uint8Array<ArrayBuffer>): boolean;
  /** From now on this listener and no other. */
  listen(listener: FileChannelListener): void;
  /** What was sent still goes out. */
  close(): void;
}

/** With less than this waiting there is room for more; enough to keep the wire busy meanwhile. */
const drainedBytes = 256 * 1024;
/** More in one message would keep other channels waiting for longer. */
const messageMost = 64 * 1024;
/** What every browser takes. */
const messageLeast = 16 * 1024;

/** A data channel in use. */
export class LinkChannel implements FileChannel {
  readonly #channel: RTCDataChannel;
  readonly #connection: RTCPeerConnection;
  readonly #listeners = new AbortController();
  #listener: FileChannelListener | undefined;
  #isOver = false;
  /** To this listener. */
  #isOpenTold = false;

  constructor({ channel, connection, gone }: RawFileChannel) {
    this.#channel = channel;
    this.#connection = connection;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = drainedBytes;
    const { signal } = this.#listeners;
    channel.addEventListener("open", () => this.#tellOpened(), { signal });
    channel.addEventListener("message", ({ data }) => this.#listener?.heard(data), { signal });
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
    this.#isOpenTold = false;
    if (this.#channel.readyState === "open") this.#tellOpened();
  }

  close(): void {
    if (this.#isOver) return;
    this.#finish();
    this.#channel.close();
  }

  /**
   * A channel that comes from the peer is open already when it is told of, and then its event
   * follows.
   */
  #tellOpened(): void {
    if (this.#isOpenTold) return;
    this.#isOpenTold = true;
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
    // The connection remembers this channel for as long as it lives, and must not keep a whole
    // transfer with it.
    this.#listener = undefined;
  }
}
