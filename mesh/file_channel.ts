/**
 * Data channels for files, one for each transfer, as far as every page needs them: held until what sends and receives
 * files is loaded (mesh/files/). Invariants:
 * 1 What comes before anybody adopts a channel is held: little of it, and text only. Anything else ends the channel.
 * 2 A channel lives no longer than its connection, and a new connection starts without any.
 */
import type { PeerId } from "../protocol/mod.ts";
import { Emitter } from "./emitter.ts";

/** Known to both sides; a page that does not know it ignores the channel. */
export const fileChannelLabel = "parley-file";

const heldMost = 8;
const openMost = 32;

/** A channel that nobody uses yet. */
export interface RawFileChannel {
  readonly channel: RTCDataChannel;
  readonly connection: RTCPeerConnection;
  /** Ends the holding; returns what was held, undefined when the channel is gone. `lost`: the connection is closed. */
  adopt(lost: () => void): readonly string[] | undefined;
}

/** A channel that a peer has opened. */
export interface OfferedChannel {
  readonly peerId: PeerId;
  readonly raw: RawFileChannel;
}

/** The file channels of one connection. */
export class FileChannels {
  readonly #connection: RTCPeerConnection;
  readonly #open = new Map<RTCDataChannel, () => void>();

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  /** Opens one to the peer; undefined when the connection is closed. */
  open(): RawFileChannel | undefined {
    try {
      return this.#hold(this.#connection.createDataChannel(fileChannelLabel));
    } catch {
      return undefined;
    }
  }

  /** A channel that the peer has opened; undefined when it is none for files, or one too many. */
  take(channel: RTCDataChannel): RawFileChannel | undefined {
    if (channel.label !== fileChannelLabel) return undefined;
    if (this.#open.size < openMost) return this.#hold(channel);
    channel.close();
    return undefined;
  }

  close(): void {
    for (const lost of [...this.#open.values()]) lost();
    this.#open.clear();
  }

  #hold(channel: RTCDataChannel): RawFileChannel {
    const holding = new AbortController();
    const held: string[] = [];
    let isGone = false;
    const gone = () => {
      isGone = true;
      this.#open.delete(channel);
    };
    channel.binaryType = "arraybuffer";
    channel.addEventListener("close", gone);
    channel.addEventListener("message", ({ data }) => {
      if (typeof data === "string" && held.length < heldMost) return void held.push(data);
      gone();
      channel.close();
    }, { signal: holding.signal });
    this.#open.set(channel, gone);
    const adopt = (lost: () => void) => {
      holding.abort();
      if (isGone) return undefined;
      this.#open.set(channel, lost);
      return held;
    };
    return { channel, connection: this.#connection, adopt };
  }
}

/** Where a room's file channels come in and go out. */
export class FileDoor {
  /** A new channel; undefined when there is no way just now, or the peer's page knows no such channels. */
  readonly open: (peerId: PeerId) => RawFileChannel | undefined;
  readonly #offered = new Emitter<OfferedChannel>();

  constructor(open: (peerId: PeerId) => RawFileChannel | undefined) {
    this.open = open;
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
