import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { faceOf } from "./reaction_faces.ts";
import { useWords } from "../ui/words.ts";

/** A person's current reactions, over their tile. They are announced elsewhere, all together. */
export function ReactionsOver(
  { call, peerId }: { call: Call; peerId: string },
): JSX.Element | null {
  const { talk } = useWords();
  const shown = call.talk.value?.reactions.shown.value.filter((each) => each.peerId === peerId);
  if (shown === undefined || shown.length === 0) return null;
  return (
    <div class="reactions-over" aria-hidden="true">
      {shown.map(({ key, reaction }) => (
        <span key={key} class="reaction" title={talk.reactions[reaction]} data-reaction={reaction}>
          {faceOf(reaction)}
        </span>
      ))}
    </div>
  );
}
