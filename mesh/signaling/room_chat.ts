/**
 * The chat of one room: own lines that wait for their echo, and all lines in the server's order.
 * Invariants:
 * 1 A line is reported once, by its key, even if it arrives again after a loss or a restart; a
 *   change is reported as a change, and only if the line's author made it.
 * 2 Own lines that are not confirmed are sent again in the order they were written.
 * 3 Outside a room nothing is sent, and no line is kept.
 */
import {
  type ChatLine,
  codePoints,
  type ErrorReply,
  limits,
  type PeerId,
  type SendChat,
  type Welcome,
} from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { ChatEvent } from "../events.ts";
import type { Platform } from "../platform.ts";
import { ChatOutbox, type OutgoingChat } from "./outbox.ts";

interface RoomChatOptions {
  readonly environment: Pick<Platform, "clock" | "randomId">;
  /** False while there is no session. */
  readonly send: (message: OutgoingChat) => boolean;
}

/** The receiver of a private line, and the `ref` of the line it answers. */
export type ChatAddress = Pick<SendChat, "to" | "answers">;

/** Length of a ref that is unique without its sender; see Platform.randomId. */
const uniqueRef = 32;
/**
 * Lines remembered to recognise a second copy or a change; as many as the server keeps of public
 * and private ones.
 */
const seenMost = 2 * limits.recentChatLines;

/** The chat of the room that this person is in. */
export class RoomChat extends Emitter<ChatEvent> {
  readonly #options: RoomChatOptions;
  /** Undefined outside a room. */
  #outbox: ChatOutbox | undefined;
  readonly #seen = new Map<string, ChatLine>();
  #selfId: PeerId = "";

  constructor(options: RoomChatOptions) {
    super();
    this.#options = options;
  }

  /** A visit begins: lines are accepted from now on, and wait until there is a session. */
  open(): void {
    const { environment: { clock }, send } = this.#options;
    this.#outbox = new ChatOutbox({ clock, send });
  }

  /**
   * Returns the line's `ref`, 32 letters or digits. Undefined outside a room, and for a text that
   * the server rejects (empty, longer than `limits.chatText` code points, not well-formed). Lines
   * wait while the socket is away.
   */
  send(text: string, address: ChatAddress = {}): string | undefined {
    if (this.#outbox === undefined || !isValidText(text)) return undefined;
    const { clock, randomId } = this.#options.environment;
    const ref = randomId();
    this.emit({ type: "chat-waiting", ref, text, at: clock.date(), ...address });
    this.#outbox.add({ type: "chat", ref, text, ...address });
    return ref;
  }

  /**
   * Changes an own line, or deletes it (null). False for a line that is not own, not delivered yet,
   * or deleted.
   */
  change(ref: string, text: string | null): boolean {
    const line = this.#seen.get(keyOf({ ref, from: this.#selfId }));
    if (this.#outbox === undefined || this.#outbox.holds(ref)) return false;
    if (line?.from !== this.#selfId || line.text === null) return false;
    if (text !== null && !isValidText(text)) return false;
    this.emit({ type: "chat-changing", ref, text });
    this.#outbox.add({ type: "edit", ref, text });
    return true;
  }

  /** Receives what was written while this client was away, or before it came. */
  handleWelcome({ peerId, gap, missed, recent }: Welcome): void {
    this.#selfId = peerId;
    if (gap) this.emit({ type: "chat-gap" });
    for (const line of missed) this.receive(line);
    for (const line of recent) this.receive(line, { recent: true });
  }

  /** A line with its place in the room's order. `recent`: written before this client joined. */
  receive(line: ChatLine, { recent = false }: { readonly recent?: boolean } = {}): void {
    const confirmed = this.#outbox?.confirm(line) ?? false;
    const key = keyOf(line);
    const known = this.#seen.get(key);
    if (known === undefined) {
      this.#remember(key, line);
      const own = confirmed || line.from === this.#selfId;
      return this.emit({ type: "chat", line, own, recent });
    }
    const isNews = line.changed !== undefined && line.text !== known.text;
    // The ref of another person's line changes nothing.
    if (line.from !== known.from || !(isNews || confirmed)) return;
    this.#seen.set(key, line);
    this.emit({ type: "chat-changed", line });
  }

  /** True if the error is about an own line. */
  handleError({ code, about }: ErrorReply): boolean {
    if (about === undefined || this.#outbox === undefined) return false;
    const isPassing = code === "rate" || code === "no-such-peer";
    if (isPassing && this.#outbox.postpone(about, code)) return true;
    if (!this.#outbox.drop(about)) return false;
    this.emit({ type: "chat-refused", ref: about, code });
    return true;
  }

  /** There is a new session: what is not confirmed goes out again. */
  resend(): void {
    this.#outbox?.resend();
  }

  /** The visit is over. */
  reset(): void {
    this.#outbox?.close();
    this.#outbox = undefined;
    this.#seen.clear();
    this.#selfId = "";
  }

  #remember(key: string, line: ChatLine): void {
    this.#seen.set(key, line);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > seenMost && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function isValidText(text: string): boolean {
  return text.trim() !== "" && codePoints(text) <= limits.chatText && text.isWellFormed();
}

/**
 * Refs of this client are unique in the world, so a line that a peer sends again under another id
 * is known too. Shorter refs are those of other clients, counted per sender.
 */
function keyOf({ ref, from }: Pick<ChatLine, "ref" | "from">): string {
  return ref.length >= uniqueRef ? ref : `${from} ${ref}`;
}
