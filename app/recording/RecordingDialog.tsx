import type { JSX } from "preact";
import type { RecordingFolder, RecordingHost } from "../../mesh/recording/mod.ts";
import { byteSize } from "../ui/amounts.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { recordingWordsOf } from "../ui/words/late/recording.ts";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import type { RecordingStore } from "./mod.ts";
import { RecordingKeys } from "./RecordingKeys.tsx";

interface Props {
  readonly store: RecordingStore;
}

/** Starts and stops a recording, and saves what has arrived. */
export function RecordingDialog({ store }: Props): JSX.Element {
  const { common } = useWords();
  const words = recordingWordsOf(useWords());
  const close = () => store.isOpen.value = false;
  const runs = store.hosts.some(({ state }) => state.kind === "running");
  return (
    <Dialog
      kind="recording-dialog"
      titleId="recording-title"
      returnId="stage"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="words-page recording-page">
        <header>
          <h2 id="recording-title">{words.title}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        {!runs && <p>{words.about}</p>}
        {!runs && store.isUnable.value && <p role="alert">{words.unable}</p>}
        {!runs && (
          <button type="button" class="primary" onClick={() => void store.start()}>
            {words.start}
          </button>
        )}
        {store.hosts.toReversed().map((host) => <Hosted key={host.id} host={host} store={store} />)}
        {store.left.map((folder) => <Left key={folder.about.id} folder={folder} store={store} />)}
      </div>
    </Dialog>
  );
}

function Hosted({ host, store }: Props & { host: RecordingHost }): JSX.Element {
  const words = recordingWordsOf(useWords());
  const { state, folder, isWaiting } = host;
  const isRunning = state.kind === "running";
  return (
    <section class="recording-part">
      <h3>{useTime(folder)}</h3>
      {isRunning && state.own !== undefined && (
        <p role="alert">
          {state.own === "disk-full" ? words.ownDiskFull : words.ownCannotWrite}
        </p>
      )}
      {!isRunning && state.failure !== undefined && (
        <p role="alert">
          {state.failure === "disk-full" ? words.trackDiskFull : words.trackCannotWrite}
        </p>
      )}
      {!isRunning && <p role="status">{isWaiting ? words.collecting : words.complete}</p>}
      <People host={host} />
      {isRunning
        ? (
          <button type="button" class="primary danger" onClick={() => void store.stop(host)}>
            {words.stop}
          </button>
        )
        : <RecordingKeys folder={folder} store={store} host={host} />}
    </section>
  );
}

function People({ host }: { host: RecordingHost }): JSX.Element {
  const { common } = useWords();
  const words = recordingWordsOf(useWords());
  const stands = ({ isHere, left, standing }: RecordingHost["people"][number]) => {
    if (!isHere) return words.gone;
    if (left > 0) return fill(words.coming, { size: byteSize(left, common.locale) });
    if (host.state.kind === "running") return words.standing[standing];
    if (standing === "unanswered") return words.askedLate;
    return standing === "yes" ? words.waiting : words.standing[standing];
  };
  return (
    <ul class="recording-people" aria-label={words.people}>
      {host.people.map((person) => (
        <li key={person.peerId}>
          <strong dir="auto">{person.name || common.someone}</strong>
          <span>{stands(person)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Own tracks that no recorder has. */
function Left({ folder, store }: {
  folder: RecordingFolder;
  store: RecordingStore;
}): JSX.Element {
  const { common } = useWords();
  const words = recordingWordsOf(useWords());
  return (
    <section class="recording-part">
      <h3>{fill(words.own, { name: folder.about.by || common.someone })}</h3>
      <p>{useTime(folder)}</p>
      <RecordingKeys folder={folder} store={store} host={undefined} />
    </section>
  );
}

function useTime({ about: { room, since } }: RecordingFolder): string {
  const { common: { locale } } = useWords();
  const form = { dateStyle: "medium", timeStyle: "short" } as const;
  const time = new Intl.DateTimeFormat(locale, form).format(since);
  return fill(recordingWordsOf(useWords()).from, { room, time });
}
