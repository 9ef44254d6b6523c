/**
 * Sends lines to those who want them. Invariants: an open line is sent at most every `paceMs`; a
 * final line is never lost while its receiver stays, up to `missedMost` lines of a broken link.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { CaptionMessage } from "./caption_message.ts";
import type { After } from "../devices/mod.ts";

type Text = Extract<CaptionMessage, { type: "text" }>;

interface SenderOptions {
  /** False: the link is not open. */
  readonly tell: (to: PeerId, message: Text) => boolean;
  readonly after: After;
  /** ms, monotonic. */
  readonly now: () => number;
}

/** Recognisers change an open line with each syllable; nobody reads faster than this, ms. */
const paceMs = 250;
const missedMost = 50;

/** The outgoing lines of one person. */
export class CaptionSender {
  readonly #options: SenderOptions;
  readonly #missed = new Map<PeerId, Text[]>();
  #id = 0;
  #sentAt = -Infinity;
  #cancel: (() => void) | undefined;

  constructor(options: SenderOptions) {
    this.#options = options;
  }

  /** Sends a text in place of the last one that was not final. */
  say(to: ReadonlySet<PeerId>, { text, isFinal }: { text: string; isFinal: boolean }): void {
    const { after, now } = this.#options;
    this.#cancel?.();
    this.#cancel = undefined;
    const line: Text = { type: "text", id: this.#id, text, final: isFinal };
    if (isFinal) {
      this.#id++;
      for (const peerId of to) this.#sendFinal(peerId, line);
      return;
    }
    const send = () => {
      this.#sentAt = now();
      for (const peerId of to) this.#options.tell(peerId, line);
    };
    const wait = this.#sentAt + paceMs - now();
    if (wait <= 0) send();
    else this.#cancel = after(wait, send);
  }

  /** A link is open again: sends the final lines that it missed. */
  flush(peerId: PeerId): void {
    const missed = this.#missed.get(peerId) ?? [];
    this.#missed.delete(peerId);
    for (const line of missed) this.#sendFinal(peerId, line);
  }

  forget(peerId: PeerId): void {
    this.#missed.delete(peerId);
  }

  close(): void {
    this.#cancel?.();
    this.#missed.clear();
  }

  #sendFinal(peerId: PeerId, line: Text): void {
    const missed = this.#missed.get(peerId) ?? [];
    if (missed.length === 0 && this.#options.tell(peerId, line)) return;
    this.#missed.set(peerId, [...missed, line].slice(-missedMost));
  }
}
