import type { ComponentChildren, JSX } from "preact";
import { BaseContext } from "./base.ts";
import type { Page } from "./page.ts";
import { PageHeader } from "./PageHeader.tsx";
import { UnloadedNotice } from "./UnloadedNotice.tsx";
import { WordsContext } from "./words.ts";

/** `base`: see base.ts. */
export interface PageShellProps {
  readonly page: Page;
  readonly base: string;
  /** A call takes the whole page. */
  readonly hasHeader?: boolean;
  readonly children: ComponentChildren;
}

/** The frame of every island: words and base for all components, and the page's header. */
export function PageShell(
  { page, base, hasHeader = true, children }: PageShellProps,
): JSX.Element {
  return (
    <BaseContext.Provider value={base}>
      <WordsContext.Provider value={page.words.value}>
        <UnloadedNotice />
        {hasHeader && <PageHeader page={page} />}
        {children}
      </WordsContext.Provider>
    </BaseContext.Provider>
  );
}
