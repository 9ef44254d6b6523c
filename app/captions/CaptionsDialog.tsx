import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";
import { type CaptionWords, captionWordsOf } from "../ui/words/late/captions.ts";
import { languageName, spokenLanguages } from "./languages.ts";
import type { CaptionsStore } from "./mod.ts";
import { asText, asVtt } from "./transcript.ts";

interface CaptionsProps {
  readonly call: Call;
  readonly store: CaptionsStore;
}

/** Showing captions, writing the own ones, who else writes, and the transcript. */
export function CaptionsDialog({ call, store }: CaptionsProps): JSX.Element {
  const { room, common } = useWords();
  const words = captionWordsOf(useWords());
  const close = () => store.isOpen.value = false;
  return (
    <Dialog
      kind="captions-dialog"
      titleId="captions-title"
      returnId="stage"
      onClose={close}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div class="captions-page">
        <header>
          <h2 id="captions-title">{room.captions}</h2>
          <button type="button" class="quiet-key" aria-label={common.close} onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <Switch
          label={words.show}
          note={words.showNote}
          checked={store.shown.value}
          onSwitch={(on) => store.show(on)}
        />
        <OwnCaptions store={store} />
        {store.shown.value && <Writers call={call} store={store} />}
        <Transcript call={call} store={store} />
      </div>
    </Dialog>
  );
}

function OwnCaptions({ store }: { store: CaptionsStore }): JSX.Element {
  const { common } = useWords();
  const words = captionWordsOf(useWords());
  const isOn = store.consent.value === "yes";
  return (
    <>
      <Switch
        label={words.write}
        note={store.canWrite ? words.writeNote : words.absentHere}
        checked={isOn && store.canWrite}
        disabled={!store.canWrite}
        onSwitch={(on) => store.agree(on)}
      />
      {isOn && store.canWrite && (
        <>
          <label class="captions-language">
            <span>{words.language}</span>
            <select
              value={store.language.value}
              onChange={({ currentTarget }) => store.speak(currentTarget.value)}
            >
              {spokenLanguages.map((tag) => (
                <option key={tag} value={tag}>{languageName(tag, common.locale)}</option>
              ))}
            </select>
          </label>
          <p class="captions-state" role="status">{ownState(store, words)}</p>
        </>
      )}
    </>
  );
}

function ownState({ speech }: CaptionsStore, { own }: CaptionWords): string {
  const state = speech.value;
  switch (state.kind) {
    case "preparing":
      return state.downloads ? own.downloading : own.preparing;
    case "failed":
      return own[state.failure];
    case "off":
    case "on":
    case "waiting":
      return own[state.kind];
    default:
      return state satisfies never;
  }
}

/** What each of the others has answered. */
function Writers({ call, store }: CaptionsProps): JSX.Element | null {
  const words = captionWordsOf(useWords());
  const peers = call.room.peers.value;
  if (peers.length === 0) return null;
  return (
    <ul class="captions-writers" aria-label={words.others}>
      {peers.map(({ peerId, peer }) => {
        const state = store.writers.value.get(peerId) ?? "silent";
        return (
          <li key={peerId}>
            <strong>{peer.value.name}</strong>
            <span>{words.writers[state]}</span>
          </li>
        );
      })}
    </ul>
  );
}

function Transcript({ call, store }: CaptionsProps): JSX.Element {
  const { common } = useWords();
  const words = captionWordsOf(useWords());
  const lines = store.transcript.value;
  const state = call.room.state.value;
  const room = "room" in state ? state.room : "";
  const save = (kind: "txt" | "vtt") => {
    const title = fill(words.transcriptOf, { room, product: common.product });
    saveFile(kind === "txt" ? asText(lines, title) : asVtt(lines), `${room}-captions.${kind}`);
  };
  return (
    <section aria-labelledby="transcript-title">
      <h3 id="transcript-title">{words.transcript}</h3>
      {lines.length === 0 ? <p class="captions-state">{words.empty}</p> : (
        <>
          <ol class="captions-lines" tabIndex={0} aria-labelledby="transcript-title">
            {lines.slice(-shownLines).map(({ name, text, from }, index) => (
              <li key={`${from} ${index}`} dir="auto">
                <strong>{name}</strong> {text}
              </li>
            ))}
          </ol>
          <div class="captions-keys">
            <button type="button" class="secondary" onClick={() => save("txt")}>
              {words.saveText}
            </button>
            <button type="button" class="secondary" onClick={() => save("vtt")}>
              {words.saveVtt}
            </button>
            <button type="button" class="quiet" onClick={() => store.clear()}>{words.clear}</button>
          </div>
        </>
      )}
    </section>
  );
}

/** More of them are in the file. */
const shownLines = 200;

/** Downloads a text. */
function saveFile(text: string, name: string): void {
  const type = name.endsWith(".vtt") ? "text/vtt" : "text/plain";
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it later.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
