/**
 * The chat of one room: own lines on their way, everybody's lines in the server's order. Invariants:
 * 1 A line is told once, known by its mark, whatever was sent again after a loss or a restart.
 * 2 Own lines that nobody confirmed go out again in the order they were written.
 */
import { type ChatLine, codePoints, type ErrorReply, limits } from "../protocol/mod.ts";
import { ChatOutbox } from "./chat_outbox.ts";
import type { Environment } from "./environment.ts";
import type { RoomEvent } from "./events.ts";

interface RoomChatOptions {
  readonly environment: Pick<Environment, "clock" | "randomId">;
  /** False while there is nobody to say it to. */
  readonly send: (line: { readonly ref: string; readonly text: string }) => boolean;
  readonly emit: (event: RoomEvent) => void;
}

/** Length of a ref that needs no sender to be unique; see Environment.randomId. */
const uniqueRef = 32;
/** Lines remembered to recognise a second copy; more than a resume can bring. */
const seenMost = 2 * limits.recentChatLines;

/** One visit's chat; close it with the visit. */
export class RoomChat {
  readonly #options: RoomChatOptions;
  readonly #outbox: ChatOutbox;
  readonly #seen = new Set<string>();

  constructor(options: RoomChatOptions) {
    this.#options = options;
    this.#outbox = new ChatOutbox({ clock: options.environment.clock, send: options.send });
  }

  /** Returns the line's ref, or undefined for a text that no room takes (empty, too long). */
  say(text: string): string | undefined {
    if (text.trim() === "" || codePoints(text) > limits.chatText || !text.isWellFormed()) {
      return undefined;
    }
    const { environment: { clock, randomId }, emit } = this.#options;
    const ref = randomId();
    emit({ type: "chat-waiting", ref, text, at: clock.date() });
    this.#outbox.add(ref, text);
    return ref;
  }

  /** A line with its place in the room's order. */
  take(line: ChatLine): void {
    const own = this.#outbox.confirm(line.ref);
    // Our clients' refs are unique in the world, so a line said again by a peer that came back under another id is
    // known too; shorter ones are a SkyRTC page's, counted per sender.
    const key = line.ref.length >= uniqueRef ? line.ref : `${line.from} ${line.ref}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    const [oldest] = this.#seen;
    if (this.#seen.size > seenMost && oldest !== undefined) this.#seen.delete(oldest);
    this.#options.emit({ type: "chat", line, own });
  }

  /** True when the refusal was about a line. */
  refused({ code, about }: ErrorReply): boolean {
    if (about === undefined) return false;
    if (code === "rate" && this.#outbox.hold(about)) return true;
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
}
