import "../components/shared.ts";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { BaseContext } from "../components/base.ts";
import { Icon } from "../components/Icon.tsx";
import { Notice } from "../components/Notice.tsx";
import { PageHeader } from "../components/PageHeader.tsx";
import { PageWords } from "../components/PageWords.tsx";
import { fill } from "../components/phrases.ts";
import { WordsContext } from "../components/words.ts";
import type { Language } from "../state/i18n/mod.ts";
import { Page } from "../state/page.ts";
import { browserStorage } from "../state/preferences.ts";

/** Which dead end this is. */
export type DeadEnd = "bad-room" | "not-found" | "broken";

/** The room that the address probably means. */
export interface Offer {
  readonly room: string;
  readonly href: string;
}

/** A page that only says why there is nothing here, with the way out. */
export function NoticeIsland({ language, base, about, offer }: {
  language: Language;
  base: string;
  about: DeadEnd;
  offer?: Offer | undefined;
}): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const fragment = useFragment();
  useEffect(() => page.show(document.documentElement), []);
  const { end, home } = page.words.value;
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
        {offer === undefined
          ? (
            <Notice
              icon={about === "broken"
                ? <Icon name="alert" size={28} />
                : <Icon name="link" size={28} />}
              {...said}
              action={end.toStart}
              href={`${base}/`}
            />
          )
          : (
            <Notice
              icon={<Icon name="link" size={28} />}
              title={fill(end.meant, { room: offer.room })}
              line={end.meantLead}
              action={fill(home.joinRoom, { room: offer.room })}
              href={offer.href.includes("#") ? offer.href : offer.href + fragment}
              also={<a class="quiet to-start" href={`${base}/`}>{end.toStart}</a>}
            />
          )}
      </WordsContext.Provider>
    </BaseContext.Provider>
  );
}

/** What the address brings behind its #, an invite perhaps; a link to another address does not take it along by itself. */
function useFragment(): string {
  const [fragment, setFragment] = useState("");
  useEffect(() => {
    const read = () => setFragment(location.hash);
    read();
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return fragment;
}
