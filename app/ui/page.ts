/** What every page shares: the remembered preferences, the language in force, the theme. */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals-core";
import { type Language, loadWords, type Words, wordsOf } from "./words/mod.ts";
import { type KeyStorage, PreferenceBook, storageKey, type Theme } from "./preferences.ts";

/** The part of `<html>` a page sets. */
export type PageRoot = Pick<HTMLElement, "lang" | "dataset">;

/** One page's look and language; made by an island, one per page. */
export class Page {
  readonly book: PreferenceBook;
  /** The language in force: the person's choice, else what the server took from the browser's header. */
  readonly language: ReadonlySignal<Language>;
  readonly theme: ReadonlySignal<Theme>;
  readonly #words;

  constructor(offered: Language, storage: KeyStorage | undefined) {
    this.book = new PreferenceBook(storage);
    const { current } = this.book;
    this.language = computed(() => current.value.language ?? offered);
    this.theme = computed(() => current.value.theme);
    this.#words = signal(wordsOf(this.language.value));
  }

  /** The words of the language in force; the former ones until those are loaded. */
  get words(): ReadonlySignal<Words> {
    return this.#words;
  }

  /** Keeps words and `root` in step with language and theme, of other tabs too; returns its undo. */
  show(root: PageRoot): () => void {
    const listening = new AbortController();
    const until = { signal: listening.signal };
    addEventListener("storage", ({ key }) => {
      // Null: all of it was cleared.
      if (key === storageKey || key === null) this.book.refresh();
    }, until);
    // A page from the browser's cache has heard of nothing.
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
    delete root.dataset.waiting;
  }
}
