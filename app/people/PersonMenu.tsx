import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { ConfirmDialog, type Question } from "../ui/ConfirmDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Menu, type MenuRow } from "../ui/Menu.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** The owner's actions for a person, in a menu in their row. */
export function PersonMenu({ call, peerId, name }: {
  call: Call;
  peerId: string;
  name: string;
}): JSX.Element {
  const { owners } = useWords();
  const key = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [question, setQuestion] = useState<Question>();
  const label = fill(owners.menu, { name });
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
      {isOpen && key.current !== null && (
        <Menu
          label={label}
          rows={rowsFor({ call, peerId, name, owners, onAsk: setQuestion })}
          at={key.current}
          onClose={() => setOpen(false)}
        />
      )}
      {question !== undefined && (
        <ConfirmDialog
          question={question}
          onClose={() => setQuestion(undefined)}
        />
      )}
    </span>
  );
}

function rowsFor({ call, peerId, name, owners, onAsk }: {
  call: Call;
  peerId: string;
  name: string;
  owners: Words["owners"];
  onAsk: (question: Question) => void;
}): readonly MenuRow[] {
  const question = (ban: boolean): Question => ({
    title: fill(ban ? owners.banTitle : owners.removeTitle, { name }),
    line: fill(ban ? owners.banLine : owners.removeLine, { name }),
    action: ban ? owners.banIt : owners.removeIt,
    onYes: () => void call.session.send({ type: "remove", peerId, ban }),
  });
  return [
    { kind: "act", icon: "left", label: owners.remove, onPick: () => onAsk(question(false)) },
    {
      kind: "act",
      icon: "user-minus",
      label: owners.ban,
      tone: "danger",
      onPick: () => onAsk(question(true)),
    },
  ];
}
