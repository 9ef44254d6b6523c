/**
 * The chat draft: text, addressee and aim. It outlives its panel and survives a rejoin, as chosen
 * files do; draft_memory.ts brings it back after a reload. Invariants: a private addressee stays
 * until the writer changes it, so no private text goes to everyone; files have the same addressee;
 * cancelling an edit restores the previous text.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import type { RoomSession } from "../../mesh/mod.ts";
import type { LineEntry, Person } from "./chat_entries.ts";
import type { OwnersStore } from "../people/mod.ts";
import type { RoomStore } from "../room/mod.ts";
import type { PreferenceBook } from "../ui/preferences.ts";

/** The part of a call that is used for writing. */
export interface ChattingCall {
  readonly session: Pick<RoomSession, "send"> & {
    readonly chat: Pick<RoomSession["chat"], "send" | "change">;
  };
  readonly owners: Pick<OwnersStore, "owns">;
  readonly room: Pick<RoomStore, "peers">;
  readonly book: PreferenceBook;
}

/** What sending does: a new line, an answer or an edit. */
export type Aim =
  | { readonly kind: "new" }
  | { readonly kind: "answer"; readonly line: LineEntry }
  | { readonly kind: "edit"; readonly line: LineEntry };

const newLine: Aim = { kind: "new" };

const drafts = new WeakMap<ChattingCall, ChatDraft>();

/** The one draft of a call. */
export function draftOf(call: ChattingCall): ChatDraft {
  const draft = drafts.get(call) ?? new ChatDraft(call.session.chat);
  drafts.set(call, draft);
  return draft;
}

/** Whether the addressee has left the room: then nothing may be sent, to anyone. */
export function isStranded({ room }: ChattingCall, person: Person | undefined): boolean {
  return person !== undefined && room.peers.value.every(({ peerId }) => peerId !== person.peerId);
}

/** The draft as signals. */
export class ChatDraft {
  readonly #chat: ChattingCall["session"]["chat"];
  readonly #text = signal("");
  readonly #aim = signal<Aim>(newLine);
  readonly #to = signal<Person | undefined>(undefined);
  /** The text before an edit began. */
  #before = "";

  constructor(chat: ChattingCall["session"]["chat"]) {
    this.#chat = chat;
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  get aim(): ReadonlySignal<Aim> {
    return this.#aim;
  }

  /** The private addressee; undefined: everyone. */
  get to(): ReadonlySignal<Person | undefined> {
    return this.#to;
  }

  /** The addressee of files: like `to`, but an edited private line keeps its reader. */
  get fileTo(): Person | undefined {
    const aim = this.#aim.value;
    return (aim.kind === "edit" ? aim.line.to : undefined) ?? this.#to.value;
  }

  /** The text of a new line, whatever is being edited meanwhile. */
  get unsent(): string {
    return this.#aim.value.kind === "edit" ? this.#before : this.#text.value;
  }

  write(text: string): void {
    this.#text.value = text;
  }

  /** Sets a private addressee, or everyone. */
  address(to: Person | undefined): void {
    if (this.#aim.value.kind === "edit") this.cancel();
    this.#to.value = to;
    // A public answer to a private line would reveal it.
    const aim = this.#aim.value;
    if (aim.kind === "answer" && aim.line.to !== undefined) this.#aim.value = newLine;
  }

  /** Answers a line; the answer to a private line is private too. */
  answer(line: LineEntry): void {
    if (this.#aim.value.kind === "edit") this.cancel();
    if (line.to !== undefined) {
      this.#to.value = line.own ? line.to : { peerId: line.from, name: line.name };
    }
    this.#aim.value = { kind: "answer", line };
  }

  edit(line: LineEntry): void {
    if (this.#aim.value.kind !== "edit") this.#before = this.#text.value;
    this.#aim.value = { kind: "edit", line };
    this.#text.value = line.text;
  }

  /** Cancels an answer or an edit; false if there was none. */
  cancel(): boolean {
    const { kind } = this.#aim.value;
    if (kind === "new") return false;
    if (kind === "edit") this.#text.value = this.#before;
    this.#aim.value = newLine;
    return true;
  }

  /** True if it was accepted: not empty, not too long, still editable. */
  send(): boolean {
    const text = this.#text.value.trim();
    const aim = this.#aim.value;
    if (aim.kind === "edit") {
      const isSame = text === aim.line.text;
      if (!isSame && !this.#chat.change(aim.line.ref, text)) return false;
      return this.cancel();
    }
    const to = this.#to.value?.peerId;
    const address = { ...to && { to }, ...aim.kind === "answer" && { answers: aim.line.ref } };
    if (this.#chat.send(text, address) === undefined) return false;
    this.#text.value = "";
    this.#aim.value = newLine;
    return true;
  }
}
