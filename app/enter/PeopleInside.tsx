import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useBase } from "../ui/base.ts";
import { hues, initialOf } from "../ui/hue.ts";
import { counted, fill, listed } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A person in the room, as the server tells visitors (docs/protocol.md). */
export interface Insider {
  readonly name: string;
  readonly hue: number;
}

/** How often the visible page asks, and the delay after a failure, ms. */
const askMs = { again: 5_000, failed: 15_000 };
const mostFaces = 4;

/** Who is already in the room; nothing if the server does not tell. */
export function PeopleInside({ room }: { room: string }): JSX.Element | null {
  const words = useWords();
  const people = useInsiders(room);
  if (people === "untold") return null;
  const lively = people !== undefined && people.length > 0;
  return (
    <div class={lively ? "inside inside-lively" : "inside"} role="status">
      {lively && (
        <span class="inside-faces" aria-hidden="true">
          {people.slice(0, mostFaces).map(({ name, hue }, index) => (
            <span key={index} class={`avatar hue-${hue}`}>{initialOf(name)}</span>
          ))}
        </span>
      )}
      {people === undefined ? words.entering.looking : insideWords(people, words)}
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

/** Parses the server's answer; undefined: it is not ours. */
export function insidersIn(answer: unknown): readonly Insider[] | "untold" | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { people, hidden }: { people?: unknown; hidden?: unknown } = answer;
  if (hidden === true) return "untold";
  return Array.isArray(people) ? people.flatMap(insider) : undefined;
}

function insider(value: unknown): Insider[] {
  if (typeof value !== "object" || value === null) return [];
  const { name, hue }: { name?: unknown; hue?: unknown } = value;
  const fits = typeof name === "string" && typeof hue === "number" && hue >= 0 && hue < hues;
  return fits ? [{ name, hue: Math.floor(hue) }] : [];
}

/** Polls while the page is visible; undefined until the first answer. */
function useInsiders(room: string): readonly Insider[] | "untold" | undefined {
  const [people, setPeople] = useState<readonly Insider[] | "untold">();
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
      const answer = await askServer(address, signal);
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
  }, [address]);
  return people;
}

async function askServer(
  address: string,
  signal: AbortSignal,
): Promise<readonly Insider[] | "untold" | undefined> {
  try {
    const response = await fetch(address, { signal });
    return response.ok ? insidersIn(await response.json()) : undefined;
  } catch {
    return undefined;
  }
}
