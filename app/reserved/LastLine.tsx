import type { JSX } from "preact";
import type { LeftReason } from "../../mesh/mod.ts";
import { fill } from "../ui/phrases.ts";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import type { PowersStore } from "./mod.ts";

/** Why the visit has ended: what an owner or the server has said, or `otherwise`. */
export function LastLine({ store, reason, otherwise }: {
  store: PowersStore;
  reason: LeftReason;
  otherwise: string;
}): JSX.Element {
  const { common: { locale } } = useWords();
  const words = powerWordsOf(useWords());
  const word = store.lastWord(reason);
  if (word.reason !== undefined) return <>{fill(words.removedFor, { reason: word.reason })}</>;
  if (word.ended) return <>{words.ended}</>;
  if (word.opens === undefined) return <>{otherwise}</>;
  if (word.opens === null) return <>{words.opensNever}</>;
  const form = { weekday: "long", hour: "2-digit", minute: "2-digit" } as const;
  const time = new Intl.DateTimeFormat(locale, form).format(word.opens);
  return <>{fill(words.opensAt, { time })}</>;
}
