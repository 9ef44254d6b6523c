import type { ComponentChildren, JSX } from "preact";
import type { Language } from "./words/catalogue.ts";
import { BaseContext } from "./base.ts";
import type { Page } from "./page.ts";
import { PageHeader } from "./PageHeader.tsx";
import { PageWords } from "./PageWords.tsx";
import { WordsContext } from "./words.ts";

/** `language`: chosen by the server from the request; `base`: see base.ts. */
export interface PageShellProps {
  readonly page: Page;
  readonly language: Language;
  readonly base: string;
  /** A call takes the whole page. */
  readonly hasHeader?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every island: words and base for all components, and the page's header. */
export function PageShell(
  { page, language, base, hasHeader = true, children }: PageShellProps,
): JSX.Element {
  return (
    <BaseContext.Provider value={base}>
      <WordsContext.Provider value={page.words.value}>
        <PageWords language={language} />
        {hasHeader && <PageHeader page={page} />}
        {children}
      </WordsContext.Provider>
    </BaseContext.Provider>
  );
}
