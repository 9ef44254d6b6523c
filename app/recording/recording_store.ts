/**
 * The recordings of one visit as signals, and what is done with them. Loaded with the first one.
 * Invariant: after `close` nothing runs.
 */
import type { Signal, signal } from "@preact/signals-core";
import { browserClock, randomId } from "../../mesh/mod.ts";
import {
  chatFile,
  type RecordingEvent,
  type RecordingFolder,
  type RecordingGuest,
  type RecordingHost,
  type RecordingRoom,
  Recordings,
} from "../../mesh/recording/mod.ts";
import type { ChatEntry } from "../chat/mod.ts";
import { filmLines } from "./film_chat.ts";
import { RecordingFiles } from "./recording_files.ts";
import { keepForReload, takeReturned } from "./tab_memory.ts";

/** What the store needs. `signal`: of the page's copy of the library. */
export interface RecordingStoreOptions {
  readonly session: RecordingRoom;
  readonly signal: typeof signal;
  /** All lines of the chat now. */
  readonly lines: () => readonly ChatEntry[];
  /** Called with whether this browser keeps recordings. */
  readonly keeps: (any: boolean) => void;
}

/** ms between two copies of the chat. */
const chatMs = 2_000;

/** Opens the recordings of a visit. */
export function openRecordings(options: RecordingStoreOptions): RecordingStore {
  return new RecordingStore(options);
}

/** Its type, for views, which get it when it is loaded. */
export type OpenRecordings = typeof openRecordings;

/** The recordings of one visit. */
export class RecordingStore {
  /** Whether the dialog is open. */
  readonly isOpen: Signal<boolean>;
  /** Whether the last attempt to record found no place for it. */
  readonly isUnable: Signal<boolean>;
  /** What is made of the recordings. */
  readonly files: RecordingFiles;
  readonly #options: RecordingStoreOptions;
  readonly #recordings: Recordings;
  readonly #version: Signal<number>;
  /** Notices that the person has closed; see pillKey. */
  readonly #dismissed: Signal<ReadonlySet<string>>;
  readonly #chatName = chatFile(randomId());
  #keptChat = "";
  readonly #listening = new AbortController();
  #cancelChat = () => {};
  #closed = false;

  constructor(options: RecordingStoreOptions) {
    const { session, signal, keeps } = options;
    this.#options = options;
    this.isOpen = signal(false);
    this.isUnable = signal(false);
    this.#version = signal(0);
    this.#dismissed = signal(new Set<string>());
    this.files = new RecordingFiles(signal);
    this.#recordings = new Recordings({
      room: session,
      clock: browserClock,
      randomId,
      keeps,
      changed: () => this.#version.value++,
      returned: takeReturned(),
    });
    keepForReload(() => this.#recordings.running, this.#listening.signal);
    this.#keepChat();
  }

  get hosts(): readonly RecordingHost[] {
    return this.#version.value >= 0 ? this.#recordings.hosts : [];
  }

  get guests(): readonly RecordingGuest[] {
    return this.#version.value >= 0 ? this.#recordings.guests : [];
  }

  /** Own tracks that nobody has asked for. */
  get left(): readonly RecordingFolder[] {
    return this.#version.value >= 0 ? this.#recordings.left : [];
  }

  /** Whether the person has closed a notice. */
  isDismissed(key: string): boolean {
    return this.#dismissed.value.has(key);
  }

  /** Closes a notice for the rest of the visit. */
  dismiss(key: string): void {
    this.#dismissed.value = new Set(this.#dismissed.value).add(key);
  }

  /** Asks everybody and records; then the mark is enough, and the dialog closes. */
  async start(): Promise<void> {
    const isRunning = await this.#recordings.start();
    this.isUnable.value = !isRunning;
    if (isRunning) this.isOpen.value = false;
  }

  /** Ends a recording and collects the tracks. */
  async stop(host: RecordingHost): Promise<void> {
    await this.#writeChat();
    await host.stop();
  }

  /** Removes one of the own recordings for good. */
  async remove(host: RecordingHost): Promise<void> {
    this.files.end();
    await this.#recordings.remove(host);
  }

  /** Removes own tracks that nobody has asked for. */
  async discard(folder: RecordingFolder): Promise<void> {
    this.files.end();
    await this.#recordings.discard(folder);
  }

  /** Handles what a peer has sent for recordings. */
  receive(event: RecordingEvent): void {
    this.#recordings.receive(event);
  }

  close(): void {
    this.#closed = true;
    this.#listening.abort();
    this.#cancelChat();
    this.files.end();
    this.#recordings.close();
  }

  /** Keeps the chat with the recording that runs: a page that dies has no chat. */
  #keepChat(): void {
    this.#cancelChat = browserClock.after(chatMs, () => {
      void this.#writeChat().finally(() => this.#closed || this.#keepChat());
    });
  }

  async #writeChat(): Promise<void> {
    const host = this.#recordings.hosts.find(({ state }) => state.kind === "running");
    if (host === undefined) return;
    const { folder: { about } } = host;
    const self = this.#options.session.presence.name;
    const json = JSON.stringify(filmLines(this.#options.lines(), { since: about.since, self }));
    if (json === this.#keptChat) return;
    try {
      await host.folder.write(this.#chatName, new Blob([json]));
      this.#keptChat = json;
    } catch {
      // The disk is full; the recording itself says so.
    }
  }
}
