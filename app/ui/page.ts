/** What every page shares: preferences, keys, current language, theme. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { directionOf } from "./words/languages.ts";
import { type Language, loadWords, type Words, wordsOf } from "./words/mod.ts";
import { KeyRing } from "./key_ring.ts";
import { type KeyStorage, PreferenceBook, storageKey, type Theme } from "./preferences.ts";

/** The part of `<html>` a page sets. */
export type PageRoot = Pick<HTMLElement, "lang" | "dir" | "dataset">;

/** The look and language of one page; created by its island. */
export class Page {
  readonly book: PreferenceBook;
  readonly keys: KeyRing;
  /** The current language: the person's choice, else the server's from the request. */
  readonly language: ReadonlySignal<Language>;
  readonly theme: ReadonlySignal<Theme>;
  readonly #words;

  constructor(offered: Language, storage: KeyStorage | undefined) {
    this.book = new PreferenceBook(storage);
    this.keys = new KeyRing(storage);
    const { current } = this.book;
    this.language = computed(() => current.value.language ?? offered);
    this.theme = computed(() => current.value.theme);
    this.#words = signal(wordsOf(this.language.value));
  }

  /** The words of the current language; the previous ones until those are loaded. */
  get words(): ReadonlySignal<Words> {
    return this.#words;
  }

  /**
   * Keeps words and `root` in sync with language and theme, also of other tabs; returns its undo.
   */
  show(root: PageRoot): () => void {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    addEventListener("storage", ({ key }) => {
      // Null: the storage was cleared.
      if (key === storageKey || key === null) this.book.refresh();
    }, until);
    // A page from the back/forward cache has missed changes.
    addEventListener("pageshow", ({ persisted }) => persisted && this.book.refresh(), until);
    const theme = effect(() => {
      root.dataset.theme = this.theme.value;
    });
    const language = effect(() => void this.#speak(this.language.value, root));
    return () => {
      listening.abort();
      theme();
      language();
    };
  }

  async #speak(language: Language, root: PageRoot): Promise<void> {
    const words = await loadWords(language);
    if (this.language.peek() !== language) return;
    this.#words.value = words;
    root.lang = language;
    root.dir = directionOf(language);
    delete root.dataset.waiting;
  }
}
