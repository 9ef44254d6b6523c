/** What is said about recordings, on pills and to screen readers. Pure. */
import type { GuestState, RecordingGuest, RecordingHost } from "../../mesh/recording/mod.ts";
import { fill } from "../ui/phrases.ts";
import { type RecordingWords, recordingWordsOf } from "../ui/words/late/recording.ts";
import type { Words } from "../ui/words/mod.ts";

/** Phrases for a guest, with `{name}` and `{size}`; empty: nothing is shown. */
export function guestWords(
  { state, wasRunning }: Pick<RecordingGuest, "state" | "wasRunning">,
  words: RecordingWords,
): { readonly title: string; readonly line: string } {
  switch (state.kind) {
    case "asked":
      return state.isLate
        ? { title: words.asksLate, line: words.asksLateLine }
        : { title: words.asks, line: words.asksLine };
    case "opening":
    case "recorded":
      return { title: words.recorded, line: words.revokeLine };
    case "refused":
      return { title: words.notRecorded, line: state.why === "unable" ? words.unableLine : "" };
    case "stopped":
      return state.why === "disk-full"
        ? { title: words.diskFull, line: words.diskFullLine }
        : { title: words.cannotWrite, line: words.cannotWriteLine };
    case "sending":
      return { title: words.sending, line: words.sendingLine };
    case "over":
      return overWords(state, { words, wasRunning });
    default:
      return state satisfies never;
  }
}

function overWords(
  { why }: Extract<GuestState, { readonly kind: "over" }>,
  { words, wasRunning }: { words: RecordingWords; wasRunning: boolean },
): { readonly title: string; readonly line: string } {
  if (why === "kept" || why === "declined") return { title: words.kept, line: words.keptLine };
  if (why === "delivered") return { title: words.sent, line: "" };
  // Of a recording that was over before this person came, there is nothing to tell.
  return { title: wasRunning ? words.ended : "", line: "" };
}

/** How recordings stand, as one text; a screen reader speaks it when it changes. */
export function announcementOf(
  { hosts, guests }: {
    readonly hosts: readonly Pick<RecordingHost, "state" | "wasRunning">[];
    readonly guests: readonly Pick<RecordingGuest, "state" | "by" | "wasRunning">[];
  },
  uiWords: Pick<Words, "common">,
): string {
  const words = recordingWordsOf(uiWords);
  const own = hosts.flatMap(({ state, wasRunning }) => {
    if (state.kind === "running") return [words.youRecord];
    return wasRunning ? [words.youStopped] : [];
  });
  const others = guests.map((guest) =>
    fill(guestWords(guest, words).title, { name: guest.by || uiWords.common.someone })
  );
  return [...own, ...others].filter((text) => text !== "").join(". ");
}
