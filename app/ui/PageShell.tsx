import type { ComponentChildren, JSX } from "preact";
import { BaseContext } from "./base.ts";
import type { Page } from "./page.ts";
import { UnloadedNotice } from "./UnloadedNotice.tsx";
import { WordsContext } from "./words.ts";

/** `base`: see base.ts. */
export interface PageShellProps {
  readonly page: Page;
  readonly base: string;
  /** A call takes the whole page and has none. */
  readonly header?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The frame of every island: words and base for all components, and a header. */
export function PageShell(
  { page, base, header, children }: PageShellProps,
): JSX.Element {
  return (
    <BaseContext.Provider value={base}>
      <WordsContext.Provider value={page.words.value}>
        <UnloadedNotice />
        {header}
        {children}
      </WordsContext.Provider>
    </BaseContext.Provider>
  );
}
