/**
 * The data channel that every link has, "parley" with id 0, as a second way for signals. Invariants:
 * 1 What comes over it is parsed like the wire's frames, and no faster than the server would relay it.
 * 2 It says when the other side has ended it, which nothing else tells at once; after close() it says nothing.
 */
import { limits, TokenBucket } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { parsePeerMessage, type PeerMessage } from "./peer_message.ts";

interface PeerChannelOptions {
  readonly connection: RTCPeerConnection;
  readonly clock: Clock;
  readonly opened: () => void;
  readonly ended: () => void;
  readonly heard: (message: PeerMessage) => void;
}

/** More than this waiting means that nothing gets through; what is said now would come too late. */
const backlogMost = limits.backlogDropBytes;

/** The channel of one connection. */
export class PeerChannel {
  readonly #channel: RTCDataChannel;
  readonly #listeners = new AbortController();
  #ended = false;

  constructor({ connection, clock, opened, ended, heard }: PeerChannelOptions) {
    this.#channel = connection.createDataChannel("parley", { negotiated: true, id: 0 });
    const bucket = new TokenBucket({
      now: clock.now(),
      burst: limits.signalBurst,
      perSecond: limits.signalPerSecond,
    });
    const { signal } = this.#listeners;
    this.#channel.addEventListener("open", opened, { signal });
    this.#channel.addEventListener("close", () => {
      this.#ended = true;
      ended();
    }, { signal });
    this.#channel.addEventListener("message", ({ data }) => {
      if (!bucket.take(clock.now())) return;
      const parsed = parsePeerMessage(data);
      if (parsed.ok) heard(parsed.message);
    }, { signal });
  }

  /** The other side has closed its connection. */
  get ended(): boolean {
    return this.#ended;
  }

  /** False when there is no way just now; the message is then forgotten. */
  say(message: PeerMessage): boolean {
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
