import type { JSX } from "preact";
import { useBase } from "../ui/base.ts";
import { Icon } from "../ui/Icon.tsx";
import { Notice } from "../ui/Notice.tsx";
import { useWords } from "../ui/words.ts";
import { moveWordsOf } from "../ui/words/late/move.ts";

/** Shown on the device that the call has left. */
export function MovedPage({ onBack }: { onBack: () => void }): JSX.Element {
  const words = useWords();
  const move = moveWordsOf(words);
  return (
    <Notice
      icon={<Icon name="check" size={28} />}
      title={move.moved}
      line={move.movedLead}
      action={move.back}
      onAction={onBack}
      also={<a class="quiet to-start" href={`${useBase()}/`}>{words.end.toStart}</a>}
    />
  );
}
