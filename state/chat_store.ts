/**
 * The chat of one visit as signals: everybody's lines, own lines on their way, who came and went.
 * Invariants: an own line is shown once, first waiting at the end, then where the server's order puts it;
 * `unread` counts others' lines that came while the chat was not looked at.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { RoomEvent } from "../mesh/mod.ts";
import type { Peer } from "../protocol/mod.ts";
import type { RoomEvents } from "./room_store.ts";

/** How far an own line got; lines of others are delivered. */
export type Delivery = "waiting" | "delivered" | "refused";

/** Something said. `at`: ms since the epoch. */
export interface SaidEntry {
  readonly kind: "said";
  readonly key: string;
  readonly from: string;
  readonly name: string;
  readonly text: string;
  readonly at: number;
  readonly own: boolean;
  readonly delivery: Delivery;
}

/** Something that happened. `name` is empty where nobody did it. */
export interface HappenedEntry {
  readonly kind: "happened";
  readonly key: string;
  readonly what: "joined" | "left" | "lost" | "kicked" | "server-lost" | "server-back" | "gap";
  readonly name: string;
  readonly at: number;
}

/** A file that is offered; its card is the files store's, by `key`. Own ones come from "". */
export interface FileEntry {
  readonly kind: "file";
  readonly key: string;
  readonly from: string;
  readonly name: string;
  readonly file: string;
  readonly at: number;
  readonly own: boolean;
}

/** One line of the chat panel. */
export type ChatEntry = SaidEntry | HappenedEntry | FileEntry;

/** Lines nobody looked at: the first one's key and how many. */
export interface Missed {
  readonly key: string;
  readonly count: number;
}

/** Older lines are dropped from the page, or a long day would slow it down. */
export const mostEntries = 500;

/** The chat as signals. `date`: now in ms since the epoch. */
export class ChatStore {
  readonly #entries = signal<readonly ChatEntry[]>([]);
  readonly #waiting = signal<readonly SaidEntry[]>([]);
  readonly #unread = signal(0);
  readonly #missed = signal<Missed | undefined>(undefined);
  readonly #all = computed(() => [...this.#entries.value, ...this.#waiting.value]);
  readonly #date: () => number;
  readonly #peers: () => readonly Peer[];
  readonly #unsubscribe: () => void;
  #seen = false;
  #inside = false;
  #away = false;
  #count = 0;

  constructor(session: RoomEvents, date: () => number) {
    this.#date = date;
    this.#peers = () => session.peers;
    this.#unsubscribe = session.subscribe((event) => this.#take(event));
  }

  /** All lines in the order they are shown: what everybody has, then what waits. */
  get entries(): ReadonlySignal<readonly ChatEntry[]> {
    return this.#all;
  }

  get unread(): ReadonlySignal<number> {
    return this.#unread;
  }

  /** What was unread when the chat was last opened, for the mark above it. */
  get missed(): ReadonlySignal<Missed | undefined> {
    return this.#missed;
  }

  /** Whether somebody looks at the chat now. */
  setSeen(seen: boolean): void {
    this.#seen = seen;
    if (seen) this.#unread.value = 0;
    else this.#missed.value = undefined;
  }

  /** Puts a file where the chat is now. */
  place(file: Omit<FileEntry, "kind">): void {
    this.#say({ kind: "file", ...file });
  }

  close(): void {
    this.#unsubscribe();
  }

  #take(event: RoomEvent): void {
    switch (event.type) {
      case "state":
        return this.#follow(event.state.kind);
      case "peer-joined":
        // The roster comes before `joined`; it tells who was here, not who came.
        return this.#inside ? this.#happened("joined", event.peer.name) : undefined;
      case "peer-left":
        return this.#inside ? this.#happened(event.reason, event.peer.name) : undefined;
      case "chat-waiting":
        return this.#wait(event);
      case "chat":
        return this.#arrive(event);
      case "chat-refused":
        return this.#refuse(event.ref);
      case "chat-gap":
        return this.#happened("gap", "");
      case "peer-text":
        return this.#overhear(event);
      case "peer-changed":
      case "self":
      case "link":
      case "links":
      case "peer-report":
      case "file-channel":
      case "track":
      case "refused":
        return;
      default:
        return event satisfies never;
    }
  }

  #follow(kind: "idle" | "joining" | "joined" | "reconnecting" | "left"): void {
    if (kind === "reconnecting" && !this.#away) this.#happened("server-lost", "");
    if (kind === "joined" && this.#away) this.#happened("server-back", "");
    this.#away = kind === "reconnecting";
    this.#inside = kind === "joined" || kind === "reconnecting";
  }

  #wait({ ref, text, at }: Extract<RoomEvent, { type: "chat-waiting" }>): void {
    const entry = { kind: "said", key: ref, from: "", name: "", text, at } as const;
    this.#waiting.value = [...this.#waiting.value, { ...entry, own: true, delivery: "waiting" }];
  }

  #arrive({ line, own }: Extract<RoomEvent, { type: "chat" }>): void {
    const { id, ref, ...said } = line;
    if (own) this.#waiting.value = this.#waiting.value.filter(({ key }) => key !== ref);
    this.#say({ kind: "said", key: `${id}-${ref}`, ...said, own, delivery: "delivered" });
  }

  /** A SkyRTC page writes past the server, to each peer by itself. */
  #overhear({ peerId, text, at }: Extract<RoomEvent, { type: "peer-text" }>): void {
    const name = this.#peers().find((peer) => peer.peerId === peerId)?.name ?? "";
    const key = `overheard-${this.#count++}`;
    const entry = { kind: "said", key, from: peerId, name, text, at } as const;
    this.#say({ ...entry, own: false, delivery: "delivered" });
  }

  #say(entry: SaidEntry | FileEntry): void {
    this.#append(entry);
    if (entry.own || this.#seen) return;
    const count = ++this.#unread.value;
    this.#missed.value = { key: this.#missed.value?.key ?? entry.key, count };
  }

  #refuse(ref: string): void {
    this.#waiting.value = this.#waiting.value.map((entry) =>
      entry.key === ref ? { ...entry, delivery: "refused" } : entry
    );
  }

  #happened(what: HappenedEntry["what"], name: string): void {
    const key = `happened-${this.#count++}`;
    this.#append({ kind: "happened", key, what, name, at: this.#date() });
  }

  #append(entry: ChatEntry): void {
    this.#entries.value = [...this.#entries.value, entry].slice(-mostEntries);
  }
}
