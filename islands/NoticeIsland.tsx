import "../components/shared.ts";
import { useEffect, useMemo } from "preact/hooks";
import type { JSX } from "preact";
import { BaseContext } from "../components/base.ts";
import { Icon } from "../components/Icon.tsx";
import { Notice } from "../components/Notice.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { PageWords } from "../components/PageWords.tsx";
import { WordsContext } from "../components/words.ts";
import type { Language } from "../state/i18n/mod.ts";
import { Page } from "../state/page.ts";
import { browserStorage } from "../state/preferences.ts";

/** Which dead end this is. */
export type DeadEnd = "bad-room" | "not-found" | "broken";

/** A page that only says why there is nothing here, with the way out. */
export function NoticeIsland({ language, base, about }: {
  language: Language;
  base: string;
  about: DeadEnd;
}): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  useEffect(() => page.show(document.documentElement), []);
  const { end } = page.words.value;
  const said = {
    "bad-room": { title: end.badRoom, line: end.badRoomLead },
    "not-found": { title: end.notFound, line: end.notFoundLead },
    "broken": { title: end.broken, line: end.brokenLead },
  }[about];
  return (
    <BaseContext.Provider value={base}>
      <WordsContext.Provider value={page.words.value}>
        <PageWords language={language} />
        <PageHeader
          language={page.language.value}
          theme={page.theme.value}
          onLanguage={(chosen) => page.book.change({ language: chosen })}
          onTheme={(theme) => page.book.change({ theme })}
        />
        <Notice
          icon={about === "broken"
            ? <Icon name="alert" size={28} />
            : <Icon name="link" size={28} />}
          {...said}
          action={end.toStart}
          href={`${base}/`}
        />
      </WordsContext.Provider>
    </BaseContext.Provider>
  );
}
