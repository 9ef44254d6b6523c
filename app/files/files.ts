/**
 * The entry to a visit's files, small enough for the first load; the rest is loaded when the first
 * file is chosen or offered. Invariant: a channel that opens meanwhile waits and is not lost.
 */
import { computed, type ReadonlySignal, signal } from "@preact/signals-core";
import type { OfferedChannel } from "../../mesh/files/mod.ts";
import { lateImport } from "../../mesh/mod.ts";
import { loadFilesStore } from "./lazy.ts";
import type { FilesOptions, FilesStore } from "./files_store.ts";

/** Loads the module of FilesStore, retrying until it succeeds. */
export type LoadFiles = () => Promise<{ FilesStore: typeof FilesStore }>;

/** The files of a visit: chosen, offered and received. */
export class Files {
  readonly #options: FilesOptions;
  readonly #load: LoadFiles;
  readonly #store = signal<FilesStore | undefined>(undefined);
  readonly #unsubscribe: () => void;
  #loading: Promise<FilesStore> | undefined;

  constructor(
    options: FilesOptions,
    load: LoadFiles = () => lateImport(loadFilesStore),
  ) {
    this.#options = options;
    this.#load = load;
    this.#unsubscribe = options.room.links.subscribe((event) => {
      if (event.type === "file-channel") void this.#receive(event);
    });
  }

  /** Undefined until the first file. */
  get store(): ReadonlySignal<FilesStore | undefined> {
    return this.#store;
  }

  /** Loads the store if need be. */
  ready(): Promise<FilesStore> {
    return this.#loading ??= this.#open();
  }

  close(): void {
    this.#unsubscribe();
    void this.#loading?.then((store) => store.close());
  }

  async #receive(offered: OfferedChannel): Promise<void> {
    // Once loaded, the store receives channels itself.
    if (this.#store.value === undefined) (await this.ready()).receive(offered);
  }

  async #open(): Promise<FilesStore> {
    const { FilesStore } = await this.#load();
    return this.#store.value = new FilesStore(this.#options, { signal, computed });
  }
}
