/**
 * What is being written in the chat, and what will become of it. It outlives the panel it is written in, and a visit
 * that ends and begins again, as the files beside it do.
 * Invariants: a private addressee stays until the writer says otherwise, so that nothing meant for one goes to all;
 * files have the same addressee as words; who gives up changing a line finds again what was written before.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { Person, SaidEntry } from "./chat_store.ts";

/** What sending does: say something, answer a line, or change one. */
export type Aim =
  | { readonly kind: "say" }
  | { readonly kind: "answer"; readonly line: SaidEntry }
  | { readonly kind: "edit"; readonly line: SaidEntry };

const toSay: Aim = { kind: "say" };

const drafts = new WeakMap<Call, ChatDraft>();

/** The one draft of a call. */
export function draftOf(call: Call): ChatDraft {
  const draft = drafts.get(call) ?? new ChatDraft(call);
  drafts.set(call, draft);
  return draft;
}

/** Whether somebody is aimed at who is not in the room: nothing may be sent then, to nobody else either. */
export function isStranded({ room }: Call, person: Person | undefined): boolean {
  return person !== undefined && room.peers.value.every(({ peerId }) => peerId !== person.peerId);
}

/** The draft as signals. */
export class ChatDraft {
  readonly #call: Pick<Call, "sendChat" | "changeChat">;
  readonly #text = signal("");
  readonly #aim = signal<Aim>(toSay);
  readonly #to = signal<Person | undefined>(undefined);
  /** What was written before a line began to be changed. */
  #before = "";

  constructor(call: Pick<Call, "sendChat" | "changeChat">) {
    this.#call = call;
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  get aim(): ReadonlySignal<Aim> {
    return this.#aim;
  }

  /** The one person it is for; undefined: everybody. */
  get to(): ReadonlySignal<Person | undefined> {
    return this.#to;
  }

  /** The one person a file is for: like `to`, but a private line that is being changed keeps its reader. */
  get fileTo(): Person | undefined {
    const aim = this.#aim.value;
    return (aim.kind === "edit" ? aim.line.to : undefined) ?? this.#to.value;
  }

  write(text: string): void {
    this.#text.value = text;
  }

  /** From now on to one person alone, or to everybody again. */
  address(to: Person | undefined): void {
    if (this.#aim.value.kind === "edit") this.cancel();
    this.#to.value = to;
    // The answer to a private line would tell everybody that there was one.
    const aim = this.#aim.value;
    if (aim.kind === "answer" && aim.line.to !== undefined) this.#aim.value = toSay;
  }

  /** The answer to a private line is private too. */
  answer(line: SaidEntry): void {
    if (this.#aim.value.kind === "edit") this.cancel();
    if (line.to !== undefined) {
      this.#to.value = line.own ? line.to : { peerId: line.from, name: line.name };
    }
    this.#aim.value = { kind: "answer", line };
  }

  edit(line: SaidEntry): void {
    if (this.#aim.value.kind !== "edit") this.#before = this.#text.value;
    this.#aim.value = { kind: "edit", line };
    this.#text.value = line.text;
  }

  /** Gives up answering or changing; false when there was nothing to give up. */
  cancel(): boolean {
    const { kind } = this.#aim.value;
    if (kind === "say") return false;
    if (kind === "edit") this.#text.value = this.#before;
    this.#aim.value = toSay;
    return true;
  }

  /** Says whether it was taken: not empty, not too long, a line that can still be changed. */
  send(): boolean {
    const text = this.#text.value.trim();
    const aim = this.#aim.value;
    if (aim.kind === "edit") {
      const isSame = text === aim.line.text;
      if (!isSame && !this.#call.changeChat(aim.line.ref, text)) return false;
      return this.cancel();
    }
    const to = this.#to.value?.peerId;
    const address = { ...to && { to }, ...aim.kind === "answer" && { answers: aim.line.ref } };
    if (!this.#call.sendChat(text, address)) return false;
    this.#text.value = "";
    this.#aim.value = toSay;
    return true;
  }
}
