import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { recordingWordsOf } from "../ui/words/late/recording.ts";
import { useWords } from "../ui/words.ts";
import { announcementOf } from "./announcement.ts";
import { GuestPill } from "./GuestPill.tsx";
import type { RecordingStore } from "./mod.ts";
import { RecordingDialog } from "./RecordingDialog.tsx";
import { RecordingPill } from "./RecordingPill.tsx";

/** The question, the mark while a recording runs, what is left of recordings, and the dialog. */
export function RecordingView({ store }: { store: RecordingStore }): JSX.Element {
  const uiWords = useWords();
  const words = recordingWordsOf(uiWords);
  const runs = store.hosts.some(({ state }) => state.kind === "running");
  const isGiving = store.guests.some(({ state: { kind } }) =>
    kind === "recorded" || kind === "sending" || kind === "stopped"
  );
  useClosingQuestion(runs || isGiving);
  const open = () => store.isOpen.value = true;
  return (
    <>
      <p class="unseen" role="status">{announcementOf(store, uiWords)}</p>
      {store.hosts.map(({ id, state, isWaiting }) => {
        if (state.kind === "running") {
          return <RecordingPill key={id} isLive title={words.youRecord} onDetails={open} />;
        }
        if (store.isDismissed(id)) return null;
        return (
          <RecordingPill
            key={id}
            title={isWaiting ? words.collecting : words.ready}
            onDetails={open}
            onClose={() => store.dismiss(id)}
          />
        );
      })}
      {store.guests.map((guest) => (
        <GuestPill key={`${guest.recorder} ${guest.id}`} guest={guest} store={store} />
      ))}
      {store.left.length > 0 && !store.isDismissed("left") && (
        <RecordingPill
          title={words.left}
          onDetails={open}
          onClose={() => store.dismiss("left")}
        />
      )}
      {store.isOpen.value && <RecordingDialog store={store} />}
    </>
  );
}

/** Makes the browser ask before the tab closes. */
function useClosingQuestion(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [wanted]);
}
