import { lateWordsOf } from "../ui/words/late/trust.ts";
import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import type { ShownTrust } from "./mod.ts";
import { RemedyKey } from "./RemedyKey.tsx";
import { reasonOf, reasonWords, remedyOf } from "./trust_words.ts";

/** In place of the picture of a person who cannot be trusted: why, and what helps. */
export function TrustOverlay({ call, name, shown, link }: {
  call: Call;
  /** May be empty: only verified people have one. */
  name: string;
  shown: ShownTrust;
  /** Of the room. */
  link: string;
}): JSX.Element | null {
  const words = useWords();
  const { common } = words;
  const { trust } = lateWordsOf(words);
  const reason = reasonOf(shown);
  if (reason === undefined) return null;
  const isAlarm = shown.kind === "alarm";
  return (
    <div class={`overlay overlay-trust${isAlarm ? " overlay-alarm" : ""}`}>
      <Icon name={isAlarm ? "shield-alert" : "shield-off"} size={28} />
      <strong>{reasonWords(reason, { name, words })}</strong>
      <p>{fill(trust.apart, { name: name || common.someone })}</p>
      <RemedyKey call={call} remedy={remedyOf(reason)} link={link} class="stage-button" />
    </div>
  );
}
