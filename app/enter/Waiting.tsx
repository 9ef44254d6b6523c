import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

/** The person knocks and waits for an owner. */
export function Waiting({ call, room }: { call: Call; room: string }): JSX.Element {
  const { door } = useWords();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <main class="notice notranslate" translate={false}>
      <span class="notice-icon">
        <Icon name="clock" size={28} />
      </span>
      <h1 ref={heading} tabIndex={-1}>{door.waiting}</h1>
      <p class="room-name" dir="auto" translate={false}>{room}</p>
      <p role="status">{call.owners.knocking?.heard ? door.heard : door.unheard}</p>
      <button type="button" class="secondary big" onClick={() => call.session.leave()}>
        {door.giveUp}
      </button>
    </main>
  );
}
