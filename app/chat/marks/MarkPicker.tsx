import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { markSigns } from "../../../protocol/marks.ts";
import type { Call } from "../../call/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import { placeBeside } from "../../ui/Menu.tsx";
import { fill } from "../../ui/phrases.ts";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import { useWords } from "../../ui/words.ts";
import { signsOf } from "./extra.tsx";
import { pictures } from "./LineMarks.tsx";
import { nameOf } from "./marked_call.ts";

/** `at`: the key that opened it; it takes the focus back. */
export interface MarkPickerProps {
  readonly call: Call;
  readonly entry: LineEntry;
  readonly selfId: string;
  readonly at: HTMLElement;
  readonly onClose: () => void;
}

/** Signs in one row. */
const columns = 6;

/** All signs, to react to a line. Arrow keys move, Escape and a press elsewhere close. */
export function MarkPicker({ call, entry, selfId, at, onClose }: MarkPickerProps): JSX.Element {
  const words = chatMarkWordsOf(useWords());
  const box = useRef<HTMLDivElement>(null);
  const signs = signsOf(call).value;
  const marks = signs?.marks.marks.value.get(nameOf(entry)) ?? [];
  const own = marks.filter(({ peerId }) => peerId === selfId).map(({ sign }) => sign);
  const leave = () => {
    onClose();
    at.focus();
  };
  // Before the first paint, so that keys typed right away go here.
  useLayoutEffect(() => {
    if (box.current === null) return;
    placeBeside(box.current, at);
    box.current.querySelector("button")?.focus({ preventScroll: true });
    const outside = ({ target }: Event) => {
      if (!(target instanceof Node && box.current?.contains(target))) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [at]);
  return (
    <div
      class="menu mark-picker notranslate"
      translate={false}
      role="menu"
      aria-label={fill(words.reactTo, { name: entry.name })}
      ref={box}
      onKeyDown={(event) => press(event, leave)}
    >
      {markSigns.map((sign) => (
        <button
          key={sign}
          type="button"
          role="menuitemcheckbox"
          aria-checked={own.includes(sign)}
          aria-label={words.signs[sign]}
          title={words.signs[sign]}
          tabIndex={-1}
          onClick={() => {
            signs?.marks.mark(entry, sign, !own.includes(sign));
            leave();
          }}
        >
          <span class="emoji" aria-hidden="true">{pictures[sign]}</span>
        </button>
      ))}
    </div>
  );
}

function press(event: KeyboardEvent, leave: () => void): void {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    // Otherwise the panel around it closes too.
    event.stopPropagation();
    return leave();
  }
  if (!(event.currentTarget instanceof Element)) return;
  const keys = [...event.currentTarget.querySelectorAll("button")];
  const at = keys.findIndex((key) => key === document.activeElement);
  const isMirrored = getComputedStyle(event.currentTarget).direction === "rtl";
  const on = isMirrored ? -1 : 1;
  const step = { ArrowLeft: -on, ArrowRight: on, ArrowUp: -columns, ArrowDown: columns }[event.key];
  const end = { Home: 0, End: keys.length - 1 }[event.key];
  if (step === undefined && end === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  keys[end ?? (at + (step ?? 0) + keys.length) % keys.length]?.focus();
}
