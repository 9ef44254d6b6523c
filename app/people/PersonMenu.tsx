import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { Menu } from "../ui/Menu.tsx";
import { fill } from "../ui/phrases.ts";
import { personRows, usePowers } from "../reserved/views.ts";
import { useWords } from "../ui/words.ts";

/** The owner's actions for a person, in a menu in their row. */
export function PersonMenu({ call, peerId, name }: {
  call: Call;
  peerId: string;
  name: string;
}): JSX.Element {
  const words = useWords();
  const store = usePowers(call);
  const key = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const label = fill(words.owners.menu, { name });
  return (
    <span class="person-menu">
      <button
        type="button"
        class="quiet-key"
        ref={key}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && store !== undefined && key.current !== null && (
        <Menu
          label={label}
          rows={personRows({ call, store, peerId, name, words })}
          at={key.current}
          onClose={() => setOpen(false)}
        />
      )}
    </span>
  );
}
