/** Reactions and the pinned line of an open room: the server keeps them. */
import { computed, signal } from "@preact/signals";
import type { LateMessage, LineKey, MarkSign } from "../../../protocol/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import {
  type MarkBook,
  type MarkedCall,
  type MarksByLine,
  nameOf,
  type PinnedLine,
} from "./marked_call.ts";

/**
 * As the server tells them. It asks after each welcome, so nothing is missed while the socket is
 * away; what was told of lines that the server no longer keeps stays, as these lines do.
 */
export class ServerMarks implements MarkBook {
  readonly #marks = signal<MarksByLine>(new Map());
  readonly #pinned = signal<PinnedLine | undefined>(undefined);
  readonly marks = computed(() => this.#marks.value);
  readonly pinned = computed(() => this.#pinned.value);
  readonly #session: MarkedCall["session"];
  readonly #undos: (() => void)[];

  constructor({ session }: Pick<MarkedCall, "session">) {
    this.#session = session;
    this.#undos = [
      session.late.subscribe((message) => this.#receive(message)),
      session.subscribe((event) => {
        if (event.type === "state" && event.state.kind === "joined") this.#ask();
      }),
    ];
    this.#ask();
  }

  mark({ from, ref }: LineEntry, sign: MarkSign, on: boolean): void {
    this.#session.send({ type: "mark", from, ref, sign, on });
  }

  pin({ from, ref }: LineKey, on: boolean): void {
    this.#session.send({ type: "pin", from, ref, on });
  }

  close(): void {
    for (const undo of this.#undos) undo();
  }

  #ask(): void {
    this.#session.send({ type: "ask-marks" });
  }

  #receive(message: LateMessage): void {
    if (message.type === "marks") {
      const marks = new Map(this.#marks.peek());
      for (const line of message.lines) marks.set(nameOf(line), line.marks);
      this.#marks.value = marks;
    } else if (message.type === "pinned") {
      const { line, by } = message;
      this.#pinned.value = line === null ? undefined : {
        from: line.from,
        ref: line.ref,
        by,
        text: line.text ?? "",
        author: line.name,
      };
    }
  }
}
