/**
 * The way to a visit's files, small enough to be there from the start; all the rest is loaded when the first file is
 * chosen or offered. Invariant: a channel that comes meanwhile waits and is not lost.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import { lateImport, type OfferedChannel } from "../mesh/mod.ts";
import type { FilesParts, FilesStore } from "./files_store.ts";

/** Loads the module of FilesStore, however long that takes. */
export type LoadFiles = () => Promise<{ FilesStore: typeof FilesStore }>;

const loadFiles: LoadFiles = () => lateImport(() => import("./files_store.ts"));

/** Files chosen, offered and received. */
export class Files {
  readonly #parts: FilesParts;
  readonly #load: LoadFiles;
  readonly #store = signal<FilesStore | undefined>(undefined);
  readonly #chosen = signal<readonly File[]>([]);
  readonly #unsubscribe: () => void;
  #loading: Promise<FilesStore> | undefined;
  #closed = false;

  constructor(parts: FilesParts, load: LoadFiles = loadFiles) {
    this.#parts = parts;
    this.#load = load;
    this.#unsubscribe = parts.room.files.subscribe((offered) => void this.#take(offered));
  }

  /** Undefined until the first file. */
  get store(): ReadonlySignal<FilesStore | undefined> {
    return this.#store;
  }

  /** Files that were picked, dropped or pasted, and are not offered yet. */
  get chosen(): ReadonlySignal<readonly File[]> {
    return this.#chosen;
  }

  /** Adds to what is chosen. */
  choose(files: Iterable<File>): void {
    this.#chosen.value = [...this.#chosen.value, ...files];
    if (this.#chosen.value.length > 0) void this.#ready();
  }

  /** Takes one out again. */
  drop(file: File): void {
    this.#chosen.value = this.#chosen.value.filter((other) => other !== file);
  }

  /** Offers everything chosen to each of these. */
  offerChosen(to: readonly string[]): void {
    const files = this.#chosen.value;
    this.#chosen.value = [];
    void this.#ready().then((store) => {
      for (const file of files) store.offer(file, to);
    });
  }

  close(): void {
    this.#closed = true;
    this.#unsubscribe();
    this.#store.value?.close();
  }

  async #take({ peerId, channel }: OfferedChannel): Promise<void> {
    // From then on the store hears of channels itself.
    if (this.#store.value === undefined) (await this.#ready()).take(peerId, channel);
  }

  #ready(): Promise<FilesStore> {
    return this.#loading ??= this.#open();
  }

  async #open(): Promise<FilesStore> {
    const { FilesStore } = await this.#load();
    const store = new FilesStore(this.#parts, { signal, computed });
    if (this.#closed) store.close();
    else this.#store.value = store;
    return store;
  }
}
