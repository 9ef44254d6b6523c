/** What every page shares: the remembered preferences, the language in force, the theme. */
import { computed, effect, type ReadonlySignal } from "@preact/signals-core";
import { type Language, type Words, wordsOf } from "./i18n/mod.ts";
import { type KeyStorage, PreferenceBook, type Theme } from "./preferences.ts";

/** The part of `<html>` a page sets. */
export type PageRoot = Pick<HTMLElement, "lang" | "dataset">;

/** One page's look and language; made by an island, one per page. */
export class Page {
  readonly book: PreferenceBook;
  /** The language in force: the person's choice, else what the server took from the browser's header. */
  readonly language: ReadonlySignal<Language>;
  readonly words: ReadonlySignal<Words>;
  readonly theme: ReadonlySignal<Theme>;

  constructor(offered: Language, storage: KeyStorage | undefined) {
    this.book = new PreferenceBook(storage);
    const { current } = this.book;
    this.language = computed(() => current.value.language ?? offered);
    this.words = computed(() => wordsOf(this.language.value));
    this.theme = computed(() => current.value.theme);
  }

  /** Keeps `root` in step with language and theme; returns its undo. */
  show(root: PageRoot): () => void {
    return effect(() => {
      root.lang = this.language.value;
      root.dataset.theme = this.theme.value;
      delete root.dataset.waiting;
    });
  }
}
