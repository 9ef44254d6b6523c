import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { FilesStore } from "./files_store.ts";
import type { Person } from "../chat/mod.ts";
import type { RoomStore } from "../room/mod.ts";
import { shortName, sizeWords, unusableWords } from "./file_words.ts";
import { Icon } from "../ui/Icon.tsx";
import { counted, fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/**
 * `person`: the one aimed at, undefined for everybody; `isStranded`: who is not in the room;
 * `isFixed`: nobody else can be chosen now; `isReserved`: only owners send files. `onGone`: the key
 * that had the focus is no more.
 */
export interface FileTrayProps {
  readonly room: RoomStore;
  readonly person: Person | undefined;
  readonly isStranded: boolean;
  readonly isFixed: boolean;
  readonly onPerson: (person: Person | undefined) => void;
  readonly store: FilesStore;
  readonly isReserved: boolean;
  readonly onGone: () => void;
}

/** The chosen files: those that cannot be sent, and those not offered yet. */
export function FileTray(props: FileTrayProps): JSX.Element {
  const { store, isReserved } = props;
  // A note about the rule ends with the rule.
  useEffect(() => {
    if (!isReserved && store.unusable.peek().some(({ why }) => why === "reserved")) {
      store.dismissUnusable();
    }
  }, [isReserved]);
  return (
    <>
      {store.unusable.value.length > 0 && <UnusableFiles {...props} />}
      {store.chosen.value.length > 0 && <ChosenFiles {...props} />}
    </>
  );
}

/** Why some files cannot be sent, until dismissed. */
function UnusableFiles({ store, onGone }: FileTrayProps): JSX.Element {
  const words = useWords();
  return (
    <div class="file-tray unusable" role="alert">
      <div>
        {store.unusable.value.map((item) => {
          const text = unusableWords(item, words);
          return <p key={text} class="file-line bad">{text}</p>;
        })}
      </div>
      <button
        type="button"
        class="quiet-key"
        aria-label={words.common.close}
        onClick={() => {
          store.dismissUnusable();
          onGone();
        }}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

/** The recipients, and the key that offers. */
function ChosenFiles(props: FileTrayProps): JSX.Element {
  const { room, person, isStranded, store, onGone } = props;
  const { files: words, common } = useWords();
  const box = useRef<HTMLFormElement>(null);
  const chosen = store.chosen.value;
  const here = room.peers.value.map(({ peerId }) => peerId);
  const to = person === undefined ? here : isStranded ? [] : [person.peerId];
  // Picker and drop lose the focus, so the offer key takes it; never from the message box, where
  // the next space would offer the files.
  useLayoutEffect(() => {
    if (document.activeElement?.matches("textarea, input")) return;
    box.current?.querySelector<HTMLElement>("[type=submit]:enabled, select:enabled")?.focus();
  }, []);
  const offer = (event: Event) => {
    event.preventDefault();
    if (to.length === 0) return;
    store.offerChosen(to);
    onGone();
  };
  return (
    <form
      class="file-tray notranslate"
      translate={false}
      aria-label={words.chosen}
      ref={box}
      onSubmit={offer}
    >
      <ul>
        {chosen.map((file, index) => (
          <ChosenFile
            key={`${index} ${file.name}`}
            file={file}
            onLeaveOut={() => {
              store.leaveOut(file);
              onGone();
            }}
          />
        ))}
      </ul>
      {isStranded && (
        <p class="file-line bad" role="alert">
          {fill(words.gone, { name: person?.name ?? "" })}
        </p>
      )}
      {person === undefined && here.length === 0
        ? <p class="file-line">{words.nobody}</p>
        : <ToWhom {...props} />}
      <button type="submit" class="primary" disabled={to.length === 0}>
        {counted(words.offer, { count: chosen.length, locale: common.locale })}
      </button>
    </form>
  );
}

function ChosenFile({ file, onLeaveOut }: { file: File; onLeaveOut: () => void }): JSX.Element {
  const words = useWords();
  return (
    <li>
      <Icon name={file.type.startsWith("image/") ? "picture" : "file"} size={16} />
      <span class="file-name" dir="auto" title={file.name} translate={false}>
        {shortName(file.name, 32)}
      </span>
      <span class="file-size">{sizeWords(file.size, words)}</span>
      <button
        type="button"
        class="quiet-key"
        aria-label={fill(words.files.leaveOut, { file: file.name })}
        onClick={onLeaveOut}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}

/** The aim of the chat and its files is one. */
function ToWhom({ room, person, isStranded, isFixed, onPerson }: FileTrayProps): JSX.Element {
  const { files, common: { locale }, room: words } = useWords();
  const gone = isStranded ? person : undefined;
  const peers = room.peers.value.map(({ peer }) => peer.value);
  const choose = (chosen: string) => {
    const peer = peers.find(({ peerId }) => peerId === chosen);
    onPerson(peer && { peerId: peer.peerId, name: peer.name });
  };
  return (
    <label class="file-to">
      {files.to}
      <select
        class="field"
        value={person?.peerId ?? ""}
        // An edited line keeps its reader, and so do files meanwhile.
        disabled={isFixed}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {gone !== undefined && (
          <option key={gone.peerId} value={gone.peerId} disabled dir="auto">{gone.name}</option>
        )}
        <option key="" value="">
          {`${files.everyone} (${counted(words.people, { count: peers.length, locale })})`}
        </option>
        {peers.map(({ peerId, name }) => (
          <option key={peerId} value={peerId} dir="auto">{name}</option>
        ))}
      </select>
    </label>
  );
}
