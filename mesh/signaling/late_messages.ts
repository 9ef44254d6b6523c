/**
 * Messages of the server that a page parses with code that it loads with the first of them.
 * Invariants:
 * 1 They are emitted in the server's order, but later than messages of other types.
 * 2 What comes before the first listener is kept for it, `heldMost` messages at most.
 * 3 None is emitted in another visit than its own.
 */
import type { LateMessage, Parsed } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import { lateImport } from "../late_import.ts";

/** Messages kept for the first listener. */
const heldMost = 64;

/** The late messages of one RoomClient. */
export class LateMessages extends Emitter<LateMessage> {
  /** Undefined: there was a listener. */
  #held: LateMessage[] | undefined = [];
  #parse: Promise<(frame: string) => Parsed<LateMessage>> | undefined;
  #visit = 0;

  override subscribe(listener: (message: LateMessage) => void): () => void {
    const undo = super.subscribe(listener);
    const held = this.#held ?? [];
    this.#held = undefined;
    held.forEach((message) => this.emit(message));
    return undo;
  }

  /** A frame that is no message of another type. */
  receive(frame: string): void {
    const visit = this.#visit;
    this.#parse ??= lateImport(() => import("../../protocol/parse_late.ts"))
      .then(({ parseLateMessage }) => parseLateMessage);
    void this.#parse.then((parse) => {
      const parsed = parse(frame);
      // A type of a newer server, which sends what matters in types that older clients know.
      if (!parsed.ok || visit !== this.#visit) return;
      if (this.#held === undefined) this.emit(parsed.message);
      else if (this.#held.length < heldMost) this.#held.push(parsed.message);
    });
  }

  /** The visit is over. */
  reset(): void {
    this.#visit++;
    if (this.#held) this.#held = [];
  }
}
