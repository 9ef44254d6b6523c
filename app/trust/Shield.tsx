/** The shields: of a person on the plate of a tile, and of a room that is open. */
import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { useLateWords } from "../ui/late_words.ts";
import { shieldOf } from "./trust_words.ts";

/** Beside a person's name. In an open room the room itself has the sign: see OpenSign. */
export function Shield({ call, peerId }: { call: Call; peerId: string }): JSX.Element | null {
  const { trust: words } = useLateWords();
  const shown = call.trust.value?.of(peerId).shown;
  if (shown === undefined || shown.kind === "open") return null;
  const { icon, class: color } = shieldOf(shown);
  const said = words.marks[shown.kind];
  return (
    <span class="shield" data-trust={shown.kind} title={said}>
      <Icon name={icon} size={16} class={color} />
      <span class="unseen">, {said}</span>
    </span>
  );
}

/** Beside the name of an open room. */
export function OpenSign({ call }: { call: Call }): JSX.Element | null {
  const { trust: words } = useLateWords();
  const trust = call.trust.value;
  if (trust === undefined || trust.sealed) return null;
  return (
    <span class="open-sign" title={words.openLine}>
      <Icon name="shield-off" size={16} /> {words.marks.open}
    </span>
  );
}
