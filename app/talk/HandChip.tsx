import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { handNumber } from "./hand_order.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A raised hand on a tile, with its position if there are several. */
export function HandChip({ call, peerId }: { call: Call; peerId: string }): JSX.Element {
  const { room, talk } = useWords();
  const number = handNumber(call, peerId);
  return (
    <span class="chip chip-hand" data-hand={number ?? 1}>
      <Icon name="hand" size={16} />
      {number !== undefined && <span class="hand-number" aria-hidden="true">{number}</span>}
      <span class="chip-words">
        {room.handRaised}
        {number !== undefined && <span class="unseen">{fill(talk.handNumber, { number })}</span>}
      </span>
    </span>
  );
}
