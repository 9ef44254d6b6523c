/**
 * Who is writing, and who has read: told to each person over its link. Invariants:
 * 1 A person who does not tell is shown nothing either.
 * 2 Nobody is told about a private line but its other reader.
 * 3 After `close` nothing runs.
 */
import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { LineKey, PeerId } from "../../../protocol/mod.ts";
import { attempt } from "../../../protocol/attempt.ts";
import type { ChatEntry, LineEntry } from "../chat_entries.ts";
import type { ChatSign } from "./chat_message.ts";
import { nameOf, readerOf, type SignsOptions } from "./marked_call.ts";

/** The entry of localStorage: "no" if the person does not tell. */
const storageKey = "parley-chat-signs";
/** Said again so often while the person writes, ms. */
const sayMs = 3_000;
/** Without news for so long, a person is no longer shown as writing, ms. */
const shownMs = 7_000;

type ReadingOptions =
  & Pick<SignsOptions, "call" | "entries" | "isSeen" | "draft" | "after" | "storage">
  & { readonly tell: (to: PeerId, sign: ChatSign) => boolean };

/** The signs of one room. */
export class Reading {
  /** The person tells when they write and what they have read. */
  readonly tells: ReadonlySignal<boolean>;
  readonly writers: ReadonlySignal<readonly PeerId[]>;
  /** The last line that each person has seen, by `nameOf`. */
  readonly read: ReadonlySignal<ReadonlyMap<PeerId, string>>;
  readonly #options: ReadingOptions;
  readonly #tells = signal(true);
  readonly #writers = signal<readonly PeerId[]>([]);
  readonly #read = signal<ReadonlyMap<PeerId, string>>(new Map());
  /** What each person was told last. */
  readonly #told = new Map<PeerId, string>();
  readonly #hiding = new Map<PeerId, () => void>();
  readonly #undos: (() => void)[];
  /** To whom the person is writing now. */
  #writesTo: readonly PeerId[] = [];
  #cancelSay = () => {};

  constructor(options: ReadingOptions) {
    this.#options = options;
    const { storage, call, draft } = options;
    this.#tells.value = attempt(() => storage?.getItem(storageKey)) !== "no";
    this.tells = this.#tells;
    this.writers = this.#writers;
    this.read = this.#read;
    this.#undos = [
      effect(() => this.#follow(draft.text.value, draft.to.value?.peerId)),
      effect(() => {
        const here = call.room.peers.value.map(({ peerId }) => peerId);
        for (const peerId of this.#told.keys()) if (!here.includes(peerId)) this.forget(peerId);
        for (const peerId of this.#read.peek().keys()) {
          if (!here.includes(peerId)) this.forget(peerId);
        }
      }),
    ];
  }

  /** Turns telling on or off; what others told goes too. */
  setTells(tells: boolean): void {
    const { storage, call } = this.#options;
    attempt(() => tells ? storage?.removeItem(storageKey) : storage?.setItem(storageKey, "no"));
    this.#tells.value = tells;
    if (tells) return this.look();
    this.#stopWriting();
    this.#told.clear();
    this.#writers.value = [];
    this.#read.value = new Map();
    for (const { peerId } of call.room.peers.peek()) {
      this.#options.tell(peerId, { type: "read", line: null });
    }
  }

  /** The chat has changed, or has come into view: tells what was seen. */
  look(): void {
    const { call, entries, isSeen, tell } = this.#options;
    if (!this.#tells.peek() || !isSeen()) return;
    for (const { peerId } of call.room.peers.peek()) {
      const line = lastFor(peerId, entries.peek());
      if (line === undefined || this.#told.get(peerId) === nameOf(line)) continue;
      const { from, ref } = line;
      if (tell(peerId, { type: "read", line: { from, ref } })) {
        this.#told.set(peerId, nameOf(line));
      }
    }
  }

  /** A link is open: the peer's page may be another one. */
  greet(peerId: PeerId): void {
    this.#told.delete(peerId);
    this.look();
  }

  forget(peerId: PeerId): void {
    this.#told.delete(peerId);
    this.#setWriting(peerId, false);
    this.#setRead(peerId, undefined);
  }

  receive(from: PeerId, sign: Extract<ChatSign, { type: "writing" | "read" }>): void {
    if (!this.#tells.peek()) return;
    if (sign.type === "writing") this.#setWriting(from, sign.on);
    else this.#setRead(from, sign.line ?? undefined);
  }

  /** A line of a person has come, so they no longer write it. */
  handleLine(from: PeerId): void {
    this.#setWriting(from, false);
  }

  close(): void {
    for (const undo of this.#undos) undo();
    this.#cancelSay();
    for (const cancel of this.#hiding.values()) cancel();
    this.#hiding.clear();
  }

  #follow(text: string, to: PeerId | undefined): void {
    const { call } = this.#options;
    const isWriting = text.trim() !== "" && this.#tells.value;
    if (!isWriting) return this.#stopWriting();
    const receivers = to === undefined ? call.room.peers.peek().map(({ peerId }) => peerId) : [to];
    if (receivers.join() === this.#writesTo.join()) return;
    this.#stopWriting();
    this.#writesTo = receivers;
    this.#say();
  }

  /** Says that the person writes, and again while the text changes. */
  #say(): void {
    const { draft, after, tell } = this.#options;
    for (const peerId of this.#writesTo) tell(peerId, { type: "writing", on: true });
    const text = draft.text.peek();
    this.#cancelSay = after(sayMs, () => {
      if (draft.text.peek() === text) this.#stopWriting();
      else this.#say();
    });
  }

  #stopWriting(): void {
    this.#cancelSay();
    this.#cancelSay = () => {};
    for (const peerId of this.#writesTo) this.#options.tell(peerId, { type: "writing", on: false });
    this.#writesTo = [];
  }

  #setWriting(peerId: PeerId, on: boolean): void {
    this.#hiding.get(peerId)?.();
    this.#hiding.delete(peerId);
    const others = this.#writers.peek().filter((writer) => writer !== peerId);
    if (on) {
      const hide = this.#options.after(shownMs, () => this.#setWriting(peerId, false));
      this.#hiding.set(peerId, hide);
    }
    const isKnown = others.length < this.#writers.peek().length;
    if (isKnown !== on) this.#writers.value = on ? [...others, peerId] : others;
  }

  #setRead(peerId: PeerId, line: LineKey | undefined): void {
    const read = new Map(this.#read.peek());
    if (line !== undefined) read.set(peerId, nameOf(line));
    else if (!read.delete(peerId)) return;
    this.#read.value = read;
  }
}

/** The last line that this person can read, and whose author is not here alone. */
function lastFor(peerId: PeerId, entries: readonly ChatEntry[]): LineEntry | undefined {
  return entries.findLast((entry): entry is LineEntry => {
    if (entry.kind !== "line" || entry.delivery !== "delivered" || entry.from === "") return false;
    const reader = readerOf(entry);
    return reader === undefined || reader === peerId;
  });
}

/** Who has read an own line: those whose last line is this one or a later one. */
export function readersOf(
  line: LineEntry,
  { entries, read }: {
    readonly entries: readonly ChatEntry[];
    readonly read: ReadonlyMap<PeerId, string>;
  },
): PeerId[] {
  const places = new Map<string, number>();
  entries.forEach((entry, index) => {
    if (entry.kind === "line") places.set(nameOf(entry), index);
  });
  const own = places.get(nameOf(line)) ?? Infinity;
  return [...read].filter(([peerId, name]) => {
    const reader = readerOf(line);
    return (places.get(name) ?? -1) >= own && (reader === undefined || reader === peerId);
  }).map(([peerId]) => peerId);
}
