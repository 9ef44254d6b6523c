import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { RecordingFolder, RecordingHost } from "../../mesh/recording/mod.ts";
import { ConfirmDialog } from "../ui/ConfirmDialog.tsx";
import { recordingWordsOf } from "../ui/words/late/recording.ts";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import type { RecordingStore } from "./mod.ts";

/** Saves and removes a recording, or what is here of one. */
export function RecordingKeys({ folder, store, host }: {
  folder: RecordingFolder;
  store: RecordingStore;
  host: RecordingHost | undefined;
}): JSX.Element {
  const { common } = useWords();
  const words = recordingWordsOf(useWords());
  const [asks, setAsks] = useState(false);
  const work = store.files.work.value;
  const isOwn = work.kind !== "none" && work.id === folder.about.id;
  const isBusy = work.kind === "making";
  const remove = () => void (host === undefined ? store.discard(folder) : store.remove(host));
  const key = (label: string, onPress: () => void, tone = "secondary") => (
    <button type="button" class={tone} disabled={isBusy} onClick={onPress}>{label}</button>
  );
  const share = (done: number) =>
    new Intl.NumberFormat(common.locale, { style: "percent" }).format(done);
  return (
    <>
      <div class="recording-keys">
        {host && key(words.saveFilm, () => void store.files.saveFilm(folder), "primary")}
        {key(words.saveTracks, () => void store.files.saveTracks(folder))}
        {host && key(words.saveChat, () => void store.files.saveChat(folder))}
        {host && key(words.saveSubtitles, () => void store.files.saveSubtitles(folder))}
        {key(words.remove, () => setAsks(true), "quiet")}
      </div>
      {isOwn && work.kind === "making" && (
        <p class="recording-work">
          {fill(words.making, { share: share(work.done) })}
          <button type="button" class="quiet" onClick={() => store.files.end()}>
            {words.cancel}
          </button>
        </p>
      )}
      {isOwn && work.kind === "failed" && <p role="alert">{words.failed[work.why]}</p>}
      {asks && (
        <ConfirmDialog
          question={{
            title: words.removeTitle,
            line: words.removeLine,
            action: words.remove,
            onYes: remove,
          }}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
