import type { JSX } from "preact";
import type { RecordingGuest } from "../../mesh/recording/mod.ts";
import { byteSize } from "../ui/amounts.ts";
import { fill } from "../ui/phrases.ts";
import { recordingWordsOf } from "../ui/words/late/recording.ts";
import { useWords } from "../ui/words.ts";
import { guestWords } from "./announcement.ts";
import type { RecordingStore } from "./mod.ts";
import { RecordingPill } from "./RecordingPill.tsx";

/** A recording by somebody else: the question, and then how this person stands. */
export function GuestPill({ guest, store }: {
  guest: RecordingGuest;
  store: RecordingStore;
}): JSX.Element | null {
  const { common } = useWords();
  const words = recordingWordsOf(useWords());
  const { state, id } = guest;
  const { title, line } = guestWords(guest, words);
  const isOver = state.kind === "over";
  if (title === "" || isOver && store.isDismissed(id)) return null;
  const name = guest.by || common.someone;
  const size = state.kind === "sending" ? byteSize(state.left, common.locale) : "";
  return (
    <RecordingPill
      isLive={state.kind === "recorded"}
      title={fill(title, { name })}
      line={fill(line, { name, size })}
      {...isOver ? { onClose: () => store.dismiss(id) } : {}}
    >
      <GuestKeys guest={guest} />
    </RecordingPill>
  );
}

function GuestKeys({ guest }: { guest: RecordingGuest }): JSX.Element | null {
  const words = recordingWordsOf(useWords());
  const key = (label: string, onPress: () => void, name = "") => (
    <button type="button" class={`pill-key ${name}`} onClick={onPress}>{label}</button>
  );
  const { state } = guest;
  switch (state.kind) {
    case "asked": {
      const [yes, no] = state.isLate ? [words.send, words.keep] : [words.yes, words.no];
      return (
        <>
          {key(yes, () => guest.answer(true))}
          {key(no, () => guest.answer(false), "pill-no")}
        </>
      );
    }
    case "opening":
    case "recorded":
    case "sending":
    case "stopped":
      return key(words.revoke, () => void guest.revoke(), "pill-no");
    case "refused":
      return state.why === "no" ? key(words.yes, () => guest.answer(true)) : null;
    case "over":
      return null;
    default:
      return state satisfies never;
  }
}
