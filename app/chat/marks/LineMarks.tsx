import type { JSX } from "preact";
import type { Mark, MarkSign } from "../../../protocol/mod.ts";
import type { Call } from "../../call/mod.ts";
import type { LineEntry } from "../chat_entries.ts";
import { fill, listed } from "../../ui/phrases.ts";
import { chatMarkWordsOf } from "../../ui/words/late/chat_marks.ts";
import { useWords } from "../../ui/words.ts";
import { signsOf } from "./extra.tsx";
import { isMarkable, nameOf } from "./marked_call.ts";

/** The picture of each sign, in the order of the picker. */
export const pictures: Readonly<Record<MarkSign, string>> = {
  "thumbs-up": "👍",
  heart: "❤️",
  laughter: "😂",
  celebration: "🎉",
  surprise: "😮",
  sadness: "😢",
  eyes: "👀",
  done: "✅",
  thanks: "🙏",
  fire: "🔥",
  question: "❓",
  "thumbs-down": "👎",
};

/** The reactions to a line, each with its count; a press adds the own one or takes it back. */
export function LineMarks({ call, entry, selfId }: {
  readonly call: Call;
  readonly entry: LineEntry;
  readonly selfId: string;
}): JSX.Element | null {
  const words = useWords();
  const { signs: names, mark: phrase } = chatMarkWordsOf(words);
  const signs = signsOf(call).value;
  const marks = signs?.marks.marks.value.get(nameOf(entry)) ?? [];
  if (signs === undefined || marks.length === 0 || !isMarkable(entry)) return null;
  return (
    <ul class="line-marks notranslate" translate={false}>
      {grouped(marks).map(([sign, people]) => {
        const isOwn = people.some(({ peerId }) => peerId === selfId);
        const who = listed(people.map(({ name }) => name), words.common.locale);
        const count = people.length;
        return (
          <li key={sign}>
            <button
              type="button"
              aria-pressed={isOwn}
              aria-label={fill(phrase, { sign: names[sign], count, names: who })}
              title={who}
              disabled={!signs.mayMark && !isOwn}
              onClick={() => signs.marks.mark(entry, sign, !isOwn)}
            >
              <span class="emoji" aria-hidden="true">{pictures[sign]}</span>
              <span aria-hidden="true">{count}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** By sign, in the order of the first of each. */
function grouped(marks: readonly Mark[]): [MarkSign, Mark[]][] {
  const groups = new Map<MarkSign, Mark[]>();
  for (const mark of marks) groups.set(mark.sign, [...groups.get(mark.sign) ?? [], mark]);
  return [...groups];
}
