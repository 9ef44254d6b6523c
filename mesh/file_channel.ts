/**
 * Data channels for files, one for each transfer, as transfers see them. Invariants:
 * 1 What comes before anybody listens is held: little of it, and text only. Anything else ends the channel.
 * 2 `lost` is told at most once, whichever way a channel ends, and nothing is told after it or after close().
 * 3 A channel lives no longer than its connection, and a new connection starts without any.
 */
import type { PeerId } from "../protocol/mod.ts";
import { Emitter } from "./emitter.ts";

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
  /** False when there is no way any more; the frame is then forgotten. */
  send(frame: string | Uint8Array<ArrayBuffer>): boolean;
  /** From now on this listener and no other; what was held comes first. */
  listen(listener: FileChannelListener): void;
  /** What was sent still goes out. */
  close(): void;
}

/** A channel that the peer has opened. */
export interface OfferedChannel {
  readonly peerId: PeerId;
  readonly channel: FileChannel;
}

/** Known to both sides; a page that does not know it ignores the channel. */
export const fileChannelLabel = "parley-file";

/** Enough to keep the wire busy while a page does something else for a moment, in bytes. */
const drainedBytes = 256 * 1024;

/** 64 KiB are one write of the transport; more would keep other channels waiting for longer, in bytes. */
const messageMost = 64 * 1024;
/** What every browser takes, in bytes. */
const messageLeast = 16 * 1024;
const heldMost = 8;
const incomingMost = 32;

class LinkFileChannel implements FileChannel {
  readonly #channel: RTCDataChannel;
  readonly #connection: RTCPeerConnection;
  readonly #listeners = new AbortController();
  readonly #ended: () => void;
  #listener: FileChannelListener | undefined;
  #held: string[] = [];
  #over = false;

  constructor(
    channel: RTCDataChannel,
    { connection, ended }: { connection: RTCPeerConnection; ended: () => void },
  ) {
    this.#channel = channel;
    this.#connection = connection;
    this.#ended = ended;
    channel.binaryType = "arraybuffer";
    channel.bufferedAmountLowThreshold = drainedBytes;
    const { signal } = this.#listeners;
    channel.addEventListener("open", () => this.#listener?.opened(), { signal });
    channel.addEventListener("message", ({ data }) => this.#hear(data), { signal });
    channel.addEventListener("bufferedamountlow", () => this.#listener?.drained(), { signal });
    channel.addEventListener("close", () => this.lose(), { signal });
  }

  get bufferedAmount(): number {
    return this.#channel.bufferedAmount;
  }

  get messageBytes(): number {
    const most = this.#connection.sctp?.maxMessageSize ?? messageLeast;
    return Math.min(messageMost, most);
  }

  send(frame: string | Uint8Array<ArrayBuffer>): boolean {
    if (this.#over || this.#channel.readyState !== "open") return false;
    try {
      if (typeof frame === "string") this.#channel.send(frame);
      else this.#channel.send(frame);
      return true;
    } catch {
      return false;
    }
  }

  listen(listener: FileChannelListener): void {
    this.#listener = listener;
    if (this.#over) return listener.lost();
    if (this.#channel.readyState === "open") listener.opened();
    for (const frame of this.#held.splice(0)) this.#hear(frame);
  }

  close(): void {
    if (this.#over) return;
    this.#finish();
    this.#channel.close();
  }

  /** The connection is gone, or the other side has closed the channel. */
  lose(): void {
    if (this.#over) return;
    this.#finish();
    this.#listener?.lost();
  }

  #finish(): void {
    this.#over = true;
    this.#listeners.abort();
    this.#held = [];
    this.#ended();
  }

  #hear(frame: unknown): void {
    if (this.#over) return;
    if (this.#listener !== undefined) return this.#listener.heard(frame);
    if (typeof frame === "string" && this.#held.length < heldMost) this.#held.push(frame);
    else this.close();
  }
}

/** The file channels of one connection. */
export class FileChannels {
  readonly #connection: RTCPeerConnection;
  readonly #open = new Set<LinkFileChannel>();

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  /** Opens one to the peer; undefined when the connection is closed. */
  open(): FileChannel | undefined {
    try {
      return this.#wrap(this.#connection.createDataChannel(fileChannelLabel));
    } catch {
      return undefined;
    }
  }

  /** A channel that the peer has opened; undefined when it is none for files, or one too many. */
  take(channel: RTCDataChannel): FileChannel | undefined {
    if (channel.label !== fileChannelLabel) return undefined;
    if (this.#open.size < incomingMost) return this.#wrap(channel);
    channel.close();
    return undefined;
  }

  close(): void {
    for (const channel of [...this.#open]) channel.lose();
  }

  #wrap(channel: RTCDataChannel): FileChannel {
    const wrapped: LinkFileChannel = new LinkFileChannel(channel, {
      connection: this.#connection,
      ended: () => this.#open.delete(wrapped),
    });
    this.#open.add(wrapped);
    return wrapped;
  }
}

/** Where a room's file channels come in and go out. */
export class FileDoor {
  readonly #open: (peerId: PeerId) => FileChannel | undefined;
  readonly #offered = new Emitter<OfferedChannel>();

  constructor(open: (peerId: PeerId) => FileChannel | undefined) {
    this.#open = open;
  }

  /** A new channel; undefined when there is no way just now, or the peer's page knows no such channels. */
  open(peerId: PeerId): FileChannel | undefined {
    return this.#open(peerId);
  }

  /** Hears of channels that peers open. */
  subscribe(listener: (offered: OfferedChannel) => void): () => void {
    return this.#offered.subscribe(listener);
  }

  /** Tells of a channel that a peer has opened. */
  take(offered: OfferedChannel): void {
    this.#offered.emit(offered);
  }
}
