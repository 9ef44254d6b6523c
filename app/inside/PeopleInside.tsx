import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Inside, Insider, OtherLink, RoomLink } from "./inside.ts";
import { useBase } from "../ui/base.ts";
import { Icon } from "../ui/Icon.tsx";
import { hues, initialOf } from "../ui/hue.ts";
import { counted, fill, listed } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { linkTroubleOf } from "../ui/words/late/link_trouble.ts";

/** `ask` gets the server's answer; undefined: there is none. */
export interface PeopleInsideProps extends RoomLink {
  readonly ask: (
    address: string,
    link: RoomLink & { readonly signal: AbortSignal },
  ) => Promise<Inside | undefined>;
}

/** How often the visible page asks, and the delay after a failure, ms. */
const askMs = { again: 5_000, failed: 15_000 };
const mostFaces = 4;

/** Who is already in the room; nothing if the server does not tell. */
export function PeopleInside(props: PeopleInsideProps): JSX.Element | null {
  return <People people={useInsiders(props)} />;
}

/** The same for an answer. */
export function People({ people }: { people: Inside | undefined }): JSX.Element | null {
  const words = useWords();
  if (people === "untold") return null;
  if (typeof people === "string") return <OtherLinkInside link={people} />;
  const lively = people !== undefined && people.length > 0;
  return (
    <div class={lively ? "inside inside-lively" : "inside"} role="status">
      {lively && (
        <span class="inside-faces" aria-hidden="true">
          {people.slice(0, mostFaces).map(({ name, hue }, index) => (
            <span key={index} class={`avatar hue-${hue % hues}`}>{initialOf(name)}</span>
          ))}
        </span>
      )}
      {people === undefined ? words.entering.looking : insideWords(people, words)}
    </div>
  );
}

/** The words that the person would read after joining. */
function OtherLinkInside({ link }: { link: OtherLink }): JSX.Element {
  const linkTrouble = linkTroubleOf(useWords());
  return (
    <div class="inside inside-other" role="status">
      <Icon name="link" />
      <span>
        <strong>{linkTrouble[link]}</strong> {linkTrouble[`${link}Lead`]}
      </span>
    </div>
  );
}

/** "Ann, Bob and 3 others are inside": all names up to three, else two. */
export function insideWords(
  people: readonly Insider[],
  { entering, common: { locale } }: Pick<ReturnType<typeof useWords>, "entering" | "common">,
): string {
  const count = people.length;
  if (count === 0) return entering.nobody;
  const shown = count <= 3 ? count : 2;
  const names = people.slice(0, shown).map(({ name }) => name);
  if (count > shown) names.push(counted(entering.others, { count: count - shown, locale }));
  return fill(counted(entering.inside, { count, locale }), { names: listed(names, locale) });
}

/** Polls while the page is visible; undefined until the first answer. */
export function useInsiders(
  { room, secret, ask: askServer }: PeopleInsideProps,
): Inside | undefined {
  const [people, setPeople] = useState<Inside>();
  const address = `${useBase()}/r/${encodeURIComponent(room)}/inside`;
  useEffect(() => {
    const asking = new AbortController();
    const { signal } = asking;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let busy = false;
    let misses = 0;
    const ask = async () => {
      clearTimeout(timer);
      if (document.hidden || busy) return;
      busy = true;
      const answer = await askServer(address, { room, secret, signal });
      busy = false;
      if (signal.aborted) return;
      misses = answer === undefined ? misses + 1 : 0;
      // After one miss the last answer is kept, after two it is too old.
      if (misses !== 1) setPeople(answer ?? "untold");
      timer = setTimeout(ask, answer === undefined ? askMs.failed : askMs.again);
    };
    void ask();
    document.addEventListener("visibilitychange", ask, { signal });
    addEventListener("online", ask, { signal });
    return () => {
      asking.abort();
      clearTimeout(timer);
    };
  }, [address, secret]);
  return people;
}
