import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { Alarm, Doubt } from "../../mesh/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { RemedyKey } from "./RemedyKey.tsx";
import { reasonWords, remedyOf } from "./trust_words.ts";

/** In place of the picture of a person who cannot be trusted: why, and what helps. */
export function TrustOverlay({ call, name, reason, isAlarm, link }: {
  call: Call;
  /** May be empty: only verified people have one. */
  name: string;
  reason: Alarm | Doubt;
  isAlarm: boolean;
  link: string;
}): JSX.Element {
  const words = useWords();
  const { trust } = words;
  return (
    <div class={`overlay overlay-trust${isAlarm ? " overlay-alarm" : ""}`}>
      <Icon name={isAlarm ? "shield-alert" : "shield-off"} size={28} />
      <strong>{reasonWords(reason, { name, words })}</strong>
      <p>{fill(trust.apart, { name: name || trust.someone })}</p>
      <RemedyKey call={call} remedy={remedyOf(reason)} link={link} class="stage-button" />
    </div>
  );
}
