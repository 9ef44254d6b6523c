/**
 * The chat of one visit as signals: everyone's lines, pending own lines, joins and leaves.
 * Invariants: an own line is shown once, first waiting at the end, then in the server's order; an
 * edited line keeps its place; `unread` counts others' lines that arrived while the chat was out of
 * view, without the history.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import {
  type ChatEvent,
  type LinkEvent,
  type RoomEvent,
  type RosterEvent,
  subscribeTo,
} from "../../mesh/mod.ts";
import type { ChatLine, ErrorCode, Peer } from "../../protocol/mod.ts";
import type { ChatEntry, FileEntry, HappenedEntry, LineEntry } from "./chat_entries.ts";
import type { Events, RoomEvents } from "../room/mod.ts";

/** Unread lines: the first one's key and their number. */
export interface Missed {
  readonly key: string;
  readonly count: number;
}

/** Lines shown at most: more would slow the page down. */
export const mostEntries = 500;
/** Characters of older lines kept for saving: some days of talk, 16 MB at most. */
const mostKept = 8_000_000;

const lineDefaults = {
  kind: "line",
  to: undefined,
  answers: undefined,
  version: "first",
  change: "none",
  refusal: undefined,
  recent: false,
} as const;

/** The parts of a session that the chat follows. */
export interface ChatStoreEvents extends RoomEvents {
  readonly roster: Events<RosterEvent> & { readonly peers: readonly Peer[] };
  readonly links: Events<LinkEvent>;
  readonly chat: Events<ChatEvent>;
}

/** What the chat follows. */
export type ChatStoreEvent = RoomEvent | RosterEvent | LinkEvent | ChatEvent;

/** What happened before the store was there. `at`: ms since the epoch. */
export interface EarlierEvent {
  readonly event: ChatStoreEvent;
  readonly at: number;
}

/** The chat as signals. `date`: now in ms since the epoch. */
export class ChatStore {
  readonly #entries = signal<readonly ChatEntry[]>([]);
  readonly #waiting = signal<readonly LineEntry[]>([]);
  readonly #unread = signal(0);
  readonly #latest = signal<LineEntry | undefined>(undefined);
  readonly #missed = signal<Missed | undefined>(undefined);
  readonly #all = computed(() => [...this.#entries.value, ...this.#waiting.value]);
  readonly #peers: () => readonly Peer[];
  readonly #unsubscribe: () => void;
  /** Lines that owners have deleted, and what is shown of them. */
  readonly #hidden = new Map<string, string>();
  /** Own lines with a pending edit, as others still see them. */
  readonly #settled = new Map<string, LineEntry>();
  /** Lines that are no longer shown, and their size. */
  #older: ChatEntry[] = [];
  #olderSize = 0;
  #isCut = false;
  #seen = false;
  #inside = false;
  #away = false;
  #count = 0;

  constructor(
    session: ChatStoreEvents,
    date: () => number,
    earlier: readonly EarlierEvent[] = [],
  ) {
    this.#peers = () => session.roster.peers;
    const { roster, links, chat } = session;
    this.#unsubscribe = subscribeTo<ChatStoreEvent>(
      [session, roster, links, chat],
      (event) => this.#handle({ event, at: date() }),
    );
    for (const each of earlier) this.#handle(each);
  }

  /** All lines in display order: delivered ones, then pending ones. */
  get entries(): ReadonlySignal<readonly ChatEntry[]> {
    return this.#all;
  }

  /** All lines of this visit, for saving. `isCut`: the oldest were dropped. */
  get whole(): { readonly entries: readonly ChatEntry[]; readonly isCut: boolean } {
    return { entries: [...this.#older, ...this.#all.peek()], isCut: this.#isCut };
  }

  get unread(): ReadonlySignal<number> {
    return this.#unread;
  }

  /** The newest line of another person since joining, for sound and notifications. */
  get latest(): ReadonlySignal<LineEntry | undefined> {
    return this.#latest;
  }

  /** What was unread when the chat was last opened, for the divider. */
  get missed(): ReadonlySignal<Missed | undefined> {
    return this.#missed;
  }

  /** Says whether the chat is in view. */
  setSeen(seen: boolean): void {
    this.#seen = seen;
    if (seen) this.#unread.value = 0;
    else this.#missed.value = undefined;
  }

  /** Adds a file at the end of the chat. */
  place(file: Omit<FileEntry, "kind">): void {
    this.#add({ kind: "file", ...file });
  }

  /**
   * Shows lines as deleted by an owner, in these words, also if they come later: in a sealed room
   * the server cannot drop what their authors have changed.
   */
  hide(lines: readonly Pick<LineEntry, "from" | "ref">[], words: string): void {
    for (const { from, ref } of lines) {
      this.#hidden.set(`${from} ${ref}`, words);
      const entry = this.#find(ref);
      if (entry?.from === from) this.#put(entry);
    }
  }

  close(): void {
    this.#unsubscribe();
  }

  #handle({ event, at }: EarlierEvent): void {
    switch (event.type) {
      case "state":
        return this.#follow(event.state.kind, at);
      case "peer-joined":
        // Peers reported before `joined` were already here: they did not come.
        return this.#inside ? this.#happened("joined", at, event.peer) : undefined;
      case "peer-left":
        return this.#inside ? this.#happened(event.reason, at, event.peer) : undefined;
      case "chat-waiting":
        return this.#wait(event);
      case "chat":
        return this.#arrive(event);
      case "chat-changing":
        return this.#change(event.ref, event.text);
      case "chat-changed":
        return this.#changed(event.line);
      case "chat-refused":
        return this.#refuse(event.ref, event.code);
      case "chat-gap":
        return this.#happened("gap", at);
      case "chat-missing":
        return this.#happened("missing", at, event);
      case "peer-text":
        return this.#overhear(event);
    }
  }

  #follow(kind: RoomEvents["state"]["kind"], at: number): void {
    if (kind === "reconnecting" && !this.#away) this.#happened("server-lost", at);
    if (kind === "joined" && this.#away) this.#happened("server-back", at);
    const came = kind === "joined" && !this.#inside;
    if (came && this.#entries.value.at(-1)?.kind === "line") this.#happened("entered", at);
    this.#away = kind === "reconnecting";
    this.#inside = kind === "joined" || kind === "reconnecting";
  }

  #wait({ ref, text, at, to, answers }: Extract<ChatEvent, { type: "chat-waiting" }>): void {
    const peer = this.#peers().find(({ peerId }) => peerId === to);
    this.#waiting.value = [...this.#waiting.value, {
      ...lineDefaults,
      key: ref,
      ref,
      from: "",
      name: "",
      text,
      at,
      own: true,
      delivery: "waiting",
      to: to === undefined ? undefined : { peerId: to, name: peer?.name ?? "" },
      answers,
    }];
  }

  #arrive({ line, own, recent }: Extract<ChatEvent, { type: "chat" }>): void {
    const { ref } = line;
    if (own) this.#waiting.value = this.#waiting.value.filter(({ key }) => key !== ref);
    // A rejoin brings lines that this page still shows.
    if (recent && this.#find(ref) !== undefined) return this.#changed(line);
    this.#add({
      ...lineDefaults,
      key: `${line.id}-${ref}`,
      ref,
      from: line.from,
      name: line.name,
      at: line.at,
      own,
      delivery: "delivered",
      to: line.to,
      answers: line.answers,
      recent,
      ...wording(line),
    });
  }

  /** SkyRTC pages send text to each peer directly, not through the server. */
  #overhear({ peerId, text, at }: Extract<LinkEvent, { type: "peer-text" }>): void {
    const name = this.#peers().find((peer) => peer.peerId === peerId)?.name ?? "";
    const key = `overheard-${this.#count++}`;
    const entry = { ...lineDefaults, key, ref: key, from: peerId, name, text, at };
    this.#add({ ...entry, own: false, delivery: "delivered" });
  }

  #add(added: LineEntry | FileEntry): void {
    const entry = added.kind === "line" ? this.#shown(added) : added;
    this.#append(entry);
    const isOld = entry.kind === "line" && (entry.recent || entry.version === "deleted");
    if (entry.own || isOld) return;
    if (entry.kind === "line") this.#latest.value = entry;
    if (this.#seen) return;
    const count = ++this.#unread.value;
    this.#missed.value = { key: this.#missed.value?.key ?? entry.key, count };
  }

  /** An own edit shows at once and waits for its echo. */
  #change(ref: string, text: string | null): void {
    const entry = this.#find(ref);
    if (entry === undefined) return;
    if (!this.#settled.has(ref)) this.#settled.set(ref, entry);
    this.#put({ ...entry, ...wording({ text, changed: 1 }), change: "waiting" });
  }

  #changed(line: ChatLine): void {
    const entry = this.#find(line.ref);
    if (entry === undefined) return;
    this.#settled.delete(line.ref);
    this.#put({ ...entry, ...wording(line), change: "none", refusal: undefined });
  }

  #refuse(ref: string, refusal: ErrorCode): void {
    const settled = this.#settled.get(ref);
    this.#settled.delete(ref);
    if (settled !== undefined) return this.#put({ ...settled, change: "refused", refusal });
    this.#waiting.value = this.#waiting.value.map((entry) =>
      entry.key === ref ? { ...entry, delivery: "refused", refusal } : entry
    );
  }

  #find(ref: string): LineEntry | undefined {
    return [...this.#older, ...this.#entries.value].findLast((entry): entry is LineEntry =>
      entry.kind === "line" && entry.ref === ref
    );
  }

  #put(entry: LineEntry): void {
    const changed = this.#shown(entry);
    const newest = (entry: ChatEntry) => entry.key === changed.key ? changed : entry;
    this.#entries.value = this.#entries.value.map(newest);
    this.#older = this.#older.map(newest);
  }

  #happened(
    what: HappenedEntry["what"],
    at: number,
    { name = "", count }: Partial<Pick<HappenedEntry, "name" | "count">> = {},
  ): void {
    const key = `happened-${this.#count++}`;
    const entry = { kind: "happened", key, what, name, at } as const;
    this.#append(count === undefined ? entry : { ...entry, count });
  }

  #shown(entry: LineEntry): LineEntry {
    const deletion = this.#hidden.get(`${entry.from} ${entry.ref}`);
    return deletion === undefined
      ? entry
      : { ...entry, text: "", version: "deleted", change: "none", deletion };
  }

  #append(entry: ChatEntry): void {
    const entries = [...this.#entries.value, entry];
    const older = entries.splice(0, entries.length - mostEntries);
    this.#entries.value = entries;
    this.#older.push(...older);
    for (const each of older) this.#olderSize += sizeOf(each);
    while (this.#olderSize > mostKept) {
      this.#isCut = true;
      const oldest = this.#older.shift();
      this.#olderSize = oldest === undefined ? 0 : this.#olderSize - sizeOf(oldest);
    }
  }
}

/** Approximate size in characters, with names and marks. */
function sizeOf(entry: ChatEntry): number {
  return 100 + (entry.kind === "line" ? entry.text.length : 0);
}

function wording(
  { text, changed }: Pick<ChatLine, "text" | "changed">,
): Pick<LineEntry, "text" | "version"> {
  if (text === null) return { text: "", version: "deleted" };
  return { text, version: changed === undefined ? "first" : "edited" };
}
