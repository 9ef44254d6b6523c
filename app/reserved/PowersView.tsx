import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { TalkPill } from "../talk/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted } from "../ui/phrases.ts";
import { powerWordsOf } from "../ui/words/late/powers.ts";
import { useWords } from "../ui/words.ts";
import { AttendanceDialog } from "./AttendanceDialog.tsx";
import type { PowersStore, RightNews } from "./mod.ts";
import { PersonDialog } from "./PersonDialog.tsx";
import { RemoveDialog } from "./RemoveDialog.tsx";
import { TimesDialog } from "./TimesDialog.tsx";

interface Props {
  readonly call: Call;
  readonly store: PowersStore;
}

/** What the person is told, and what an owner has opened. */
export function PowersView({ call, store }: Props): JSX.Element {
  useDeletions(call, store);
  return (
    <>
      <RightsPill call={call} store={store} />
      <EndingPill store={store} />
      <Opened call={call} store={store} />
    </>
  );
}

function Opened({ call, store }: Props): JSX.Element | null {
  const opened = store.dialog.value;
  switch (opened?.kind) {
    case undefined:
      return null;
    case "person":
      return <PersonDialog call={call} store={store} {...opened} />;
    case "remove":
      return <RemoveDialog call={call} store={store} {...opened} />;
    case "times":
      return <TimesDialog call={call} store={store} />;
    case "attendance":
      return <AttendanceDialog call={call} store={store} />;
    default:
      return opened satisfies never;
  }
}

const icons = {
  microphone: "microphone-off",
  camera: "video-off",
  screen: "share-off",
  chat: "chat",
  files: "attach",
} as const;

function RightsPill({ call, store }: Props): JSX.Element | null {
  const words = powerWordsOf(useWords());
  const news = store.news.value;
  if (news === undefined) return null;
  const isTaken = news.kind === "taken";
  const hand = call.room.self.value.state.hand;
  return (
    <TalkPill
      icon={<Icon name={iconOf(news)} size={16} />}
      title={words[news.kind][subjectOf(news)]}
      {...isTaken && { line: words.takenLine }}
      {...isTaken && !hand && { action: words.askBack, onAction: () => store.ask() }}
      onClose={() => store.dismissNews()}
    />
  );
}

function subjectOf({ rights: [first, second] }: RightNews) {
  return first === undefined || second !== undefined ? "several" : first;
}

function iconOf(news: RightNews) {
  const subject = subjectOf(news);
  if (news.kind === "given") return "check";
  return subject === "several" ? "alert" : icons[subject];
}

function EndingPill({ store }: { store: PowersStore }): JSX.Element | null {
  const { common: { locale } } = useWords();
  const words = powerWordsOf(useWords());
  const leftMs = store.leftMs.value;
  if (leftMs === undefined) return null;
  const count = Math.max(1, Math.round(leftMs / 60_000));
  return (
    <TalkPill
      icon={<Icon name="clock" size={16} />}
      title={counted(words.endsSoon, { count, locale })}
      onClose={() => store.dismissEnding()}
    />
  );
}

/** Shows the lines that owners have deleted as such. */
function useDeletions(call: Call, store: PowersStore): void {
  const { deleted: words } = powerWordsOf(useWords());
  const lines = store.deleted.value;
  useEffect(() => {
    if (lines.length > 0) void call.chat.ready().then((chat) => chat.hide(lines, words));
  }, [lines, words]);
}
