/**
 * The chat of one room: own words on their way, everybody's lines in the server's order. Invariants:
 * 1 A line is told once, known by its mark, whatever was sent again after a loss or a restart; a change of it is told
 *   as a change, and only when its author made it.
 * 2 Own words that nobody confirmed go out again in the order they were written.
 */
import {
  type ChatLine,
  codePoints,
  type ErrorReply,
  limits,
  type PeerId,
  type SendChat,
} from "../../protocol/mod.ts";
import { ChatOutbox, type OwnWords } from "./outbox.ts";
import type { Environment } from "../environment.ts";
import type { RoomEvent } from "../events.ts";

interface RoomChatOptions {
  readonly environment: Pick<Environment, "clock" | "randomId">;
  /** False while there is nobody to say it to. */
  readonly send: (message: OwnWords) => boolean;
  readonly emit: (event: RoomEvent) => void;
}

/** To whom a line is said, if not to everybody, and the ref of the line it answers. */
export type ChatAddress = Pick<SendChat, "to" | "answers">;

/** Length of a ref that needs no sender to be unique; see Environment.randomId. */
const uniqueRef = 32;
/** Lines remembered to recognise a second copy or a change; as many as the server keeps of public and private ones. */
const seenMost = 2 * limits.recentChatLines;

/** One visit's chat; close it with the visit. */
export class RoomChat {
  readonly #options: RoomChatOptions;
  readonly #outbox: ChatOutbox;
  readonly #seen = new Map<string, ChatLine>();
  #selfId: PeerId = "";

  constructor(options: RoomChatOptions) {
    this.#options = options;
    this.#outbox = new ChatOutbox({ clock: options.environment.clock, send: options.send });
  }

  /** Returns the line's ref, or undefined for a text that no room takes (empty, too long). */
  say(text: string, address: ChatAddress): string | undefined {
    if (!isSayable(text)) return undefined;
    const { environment: { clock, randomId }, emit } = this.#options;
    const ref = randomId();
    emit({ type: "chat-waiting", ref, text, at: clock.date(), ...address });
    this.#outbox.add({ type: "chat", ref, text, ...address });
    return ref;
  }

  /** Changes an own line, or takes it back (null). False for what is not ours, not delivered yet, or gone. */
  change(ref: string, text: string | null): boolean {
    const line = this.#seen.get(keyOf({ ref, from: this.#selfId }));
    if (line?.from !== this.#selfId || line.text === null || this.#outbox.holds(ref)) return false;
    if (text !== null && !isSayable(text)) return false;
    this.#options.emit({ type: "chat-changing", ref, text });
    this.#outbox.add({ type: "edit", ref, text });
    return true;
  }

  /** Lines from now on are for this peer. */
  welcomed(selfId: PeerId): void {
    this.#selfId = selfId;
  }

  /** A line with its place in the room's order. `recent`: said before one came. */
  take(line: ChatLine, { recent = false }: { readonly recent?: boolean } = {}): void {
    const confirmed = this.#outbox.confirm(line);
    const key = keyOf(line);
    const known = this.#seen.get(key);
    if (known === undefined) {
      this.#remember(key, line);
      const own = confirmed || line.from === this.#selfId;
      return this.#options.emit({ type: "chat", line, own, recent });
    }
    const isNews = line.changed !== undefined && line.text !== known.text;
    // A ref that somebody took from another's line changes nothing.
    if (line.from !== known.from || !(isNews || confirmed)) return;
    this.#seen.set(key, line);
    this.#options.emit({ type: "chat-changed", line });
  }

  /** True when the refusal was about own words. */
  refused({ code, about }: ErrorReply): boolean {
    if (about === undefined) return false;
    const isPassing = code === "rate" || code === "no-such-peer";
    if (isPassing && this.#outbox.hold(about, code)) return true;
    if (!this.#outbox.refuse(about)) return false;
    this.#options.emit({ type: "chat-refused", ref: about, code });
    return true;
  }

  /** There is a new socket: whatever was not confirmed goes out again. */
  begin(): void {
    this.#outbox.begin();
  }

  close(): void {
    this.#outbox.close();
  }

  #remember(key: string, line: ChatLine): void {
    this.#seen.set(key, line);
    const [oldest] = this.#seen.keys();
    if (this.#seen.size > seenMost && oldest !== undefined) this.#seen.delete(oldest);
  }
}

function isSayable(text: string): boolean {
  return text.trim() !== "" && codePoints(text) <= limits.chatText && text.isWellFormed();
}

/**
 * Our clients' refs are unique in the world, so a line said again by a peer that came back under another id is known
 * too; shorter ones are some foreign client's, counted per sender.
 */
function keyOf({ ref, from }: Pick<ChatLine, "ref" | "from">): string {
  return ref.length >= uniqueRef ? ref : `${from} ${ref}`;
}
