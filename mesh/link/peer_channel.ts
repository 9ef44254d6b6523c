/**
 * The data channel that every link has, "parley" with id 0: a second path for signals.
 * Invariants:
 * 1 Its messages are parsed like the server's, and are accepted no faster than the server would
 *   relay them.
 * 2 It reports at once when the other side closes, which the connection does not; after close() it
 *   reports nothing.
 */
import { limits, TokenBucket } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { listenInOrder } from "./in_order.ts";
import type { ChannelEvent } from "./link_event.ts";
import { parsePeerMessage, type PeerMessage } from "./peer_message.ts";

interface PeerChannelOptions {
  readonly connection: RTCPeerConnection;
  readonly clock: Clock;
  readonly emit: (event: ChannelEvent) => void;
}

/** While more bytes than this wait, messages are dropped: they would arrive too late. */
const backlogMost = limits.backlogDropBytes;

/** The channel of one connection. */
export class PeerChannel {
  readonly #channel: RTCDataChannel;
  readonly #listeners = new AbortController();
  #ended = false;

  constructor({ connection, clock, emit }: PeerChannelOptions) {
    this.#channel = connection.createDataChannel("parley", { negotiated: true, id: 0 });
    const bucket = new TokenBucket({
      now: clock.now(),
      burst: limits.signalBurst,
      perSecond: limits.signalPerSecond,
    });
    const { signal } = this.#listeners;
    this.#channel.addEventListener("open", () => emit({ type: "opened" }), { signal });
    this.#channel.addEventListener("close", () => {
      this.#ended = true;
      emit({ type: "ended" });
    }, { signal });
    listenInOrder(this.#channel, (data) => {
      if (!bucket.take(clock.now())) return;
      const parsed = parsePeerMessage(data);
      if (parsed.ok) emit({ type: "message", message: parsed.message });
    }, signal);
  }

  /** The other side has closed its connection. */
  get ended(): boolean {
    return this.#ended;
  }

  /** False while there is no way; the message is then dropped. */
  send(message: PeerMessage): boolean {
    const { readyState, bufferedAmount } = this.#channel;
    if (readyState !== "open" || bufferedAmount > backlogMost) return false;
    try {
      this.#channel.send(JSON.stringify(message));
      return true;
    } catch {
      return false;
    }
  }

  close(): void {
    this.#listeners.abort();
    this.#channel.close();
  }
}
