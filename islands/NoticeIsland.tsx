import { useEffect, useMemo, useState } from "preact/hooks";
import type { JSX } from "preact";
import { Icon } from "../app/ui/Icon.tsx";
import { Notice } from "../app/ui/Notice.tsx";
import { PageHeader } from "../app/ui/PageHeader.tsx";
import { PageShell } from "../app/ui/PageShell.tsx";
import { fill } from "../app/ui/phrases.ts";
import type { Language } from "../app/ui/words/mod.ts";
import { Page } from "../app/ui/page.ts";
import { browserStorage } from "../app/ui/preferences.ts";

/** The kinds of notice page. */
export type DeadEnd = "bad-room" | "not-found" | "broken";

/** The room that the address probably names. */
export interface Offer {
  readonly room: string;
  readonly href: string;
}

/** A page that says why there is nothing here, and where to go. */
export function NoticeIsland({ language, base, about, offer }: {
  language: Language;
  base: string;
  about: DeadEnd;
  offer?: Offer | undefined;
}): JSX.Element {
  const page = useMemo(() => new Page(language, browserStorage()), []);
  const fragment = useFragment();
  useEffect(() => page.show(document.documentElement), []);
  const { end } = page.words.value;
  const said = {
    "bad-room": { title: end.badRoom, line: end.badRoomLead },
    "not-found": { title: end.notFound, line: end.notFoundLead },
    "broken": { title: end.broken, line: end.brokenLead },
  }[about];
  return (
    <PageShell page={page} base={base} header={<PageHeader page={page} />}>
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
            action={fill(end.joinRoom, { room: offer.room })}
            href={offer.href.includes("#") ? offer.href : offer.href + fragment}
            also={<a class="quiet to-start" href={`${base}/`}>{end.toStart}</a>}
          />
        )}
    </PageShell>
  );
}

/**
 * The fragment of the address, such as an invite; a link to another address does not carry it
 * along.
 */
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
