import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { BarKey } from "../ui/BarKey.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Popover } from "../ui/Popover.tsx";
import { faceOf, reactions } from "./reaction_faces.ts";
import { useWords } from "../ui/words.ts";

/** Opens the reactions over the bar. They stay open for repeated reactions. */
export function ReactKey({ call, class: name }: { call: Call; class?: string }): JSX.Element {
  const { talk } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div class={`react ${name ?? ""}`}>
      <BarKey
        icon={<Icon name="react" size={22} />}
        caption={talk.react}
        tone={open ? "on" : "plain"}
        expanded={open}
        onPress={() => setOpen(!open)}
      />
      {open && (
        <Popover label={talk.react} class="react-menu" onClose={() => setOpen(false)}>
          <ReactionRow call={call} />
        </Popover>
      )}
    </div>
  );
}

/** All reactions in a row; disabled while the server is away. */
export function ReactionRow({ call }: { call: Call }): JSX.Element {
  const { talk } = useWords();
  const away = call.room.state.value.kind !== "joined";
  return (
    <div class="reaction-row" role="group" aria-label={talk.react}>
      {reactions.map((reaction) => (
        <button
          key={reaction}
          type="button"
          aria-label={talk.reactions[reaction]}
          title={talk.reactions[reaction]}
          disabled={away}
          onClick={() => call.talk.value?.react(reaction)}
        >
          <span aria-hidden="true">{faceOf(reaction)}</span>
        </button>
      ))}
    </div>
  );
}
