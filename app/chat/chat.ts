/**
 * The entry to a visit's chat, small enough for the first load; the rest is loaded after the first
 * pictures. Invariant: what happens meanwhile is kept, with its time, and is not lost.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { lateImport, subscribeTo } from "../../mesh/mod.ts";
import type { ChatStore, ChatStoreEvent, ChatStoreEvents, EarlierEvent } from "./chat_store.ts";
import { loadChatStore } from "./lazy.ts";

/** Loads the module of ChatStore, retrying until it succeeds. */
export type LoadChat = () => Promise<{ ChatStore: typeof ChatStore }>;

/** The chat of one visit. */
export class Chat {
  readonly #session: ChatStoreEvents;
  readonly #date: () => number;
  readonly #load: LoadChat;
  readonly #store = signal<ChatStore | undefined>(undefined);
  readonly #earlier: EarlierEvent[] = [];
  readonly #unsubscribe: () => void;
  #loading: Promise<ChatStore> | undefined;

  /** `date`: now in ms since the epoch. */
  constructor(
    session: ChatStoreEvents,
    date: () => number,
    load: LoadChat = () => lateImport(loadChatStore),
  ) {
    this.#session = session;
    this.#date = date;
    this.#load = load;
    const { roster, links, chat } = session;
    this.#unsubscribe = subscribeTo<ChatStoreEvent>(
      [session, roster, links, chat],
      (event) => this.#earlier.push({ event, at: date() }),
    );
  }

  /** Undefined until it is loaded. */
  get store(): ReadonlySignal<ChatStore | undefined> {
    return this.#store;
  }

  /** Loads the store if need be. */
  ready(): Promise<ChatStore> {
    return this.#loading ??= this.#open();
  }

  close(): void {
    this.#unsubscribe();
    void this.#loading?.then((store) => store.close());
  }

  async #open(): Promise<ChatStore> {
    const { ChatStore } = await this.#load();
    this.#unsubscribe();
    return this.#store.value = new ChatStore(this.#session, this.#date, this.#earlier);
  }
}
