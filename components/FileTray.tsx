import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call, FilesStore } from "../state/mod.ts";
import { byteSize } from "./amounts.ts";
import { shortName } from "./file_words.ts";
import { Icon } from "./Icon.tsx";
import { counted, fill } from "./phrases.ts";
import { useWords } from "./words.ts";

/** What was chosen and is not offered yet: to whom, and go. `onGone`: the key that had the focus is no more. */
export function FileTray({ call, store, onGone }: {
  call: Call;
  store: FilesStore;
  onGone: () => void;
}): JSX.Element | null {
  const { files: words, common } = useWords();
  const [chosenId, setChosenId] = useState("");
  const box = useRef<HTMLFormElement>(null);
  const chosen = store.chosen.value;
  const peerIds = call.room.peers.value.map(({ peerId }) => peerId);
  // Empty for everybody, and for whoever has left meanwhile.
  const to = peerIds.includes(chosenId) ? chosenId : "";
  // The next thing to press; picker and drop have taken the focus away.
  useEffect(() => {
    if (chosen.length > 0) box.current?.querySelector<HTMLElement>("[type=submit]")?.focus();
  }, [chosen.length > 0]);
  if (chosen.length === 0) return null;
  const offer = (event: Event) => {
    event.preventDefault();
    store.offerChosen(to === "" ? peerIds : [to]);
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
      {peerIds.length === 0
        ? <p class="file-line">{words.nobody}</p>
        : <ToWhom call={call} to={to} onChoose={setChosenId} />}
      <button type="submit" class="primary" disabled={peerIds.length === 0}>
        {counted(words.offer, { count: chosen.length, locale: common.locale })}
      </button>
    </form>
  );
}

function ChosenFile({ file, onLeaveOut }: { file: File; onLeaveOut: () => void }): JSX.Element {
  const { files, common } = useWords();
  return (
    <li>
      <Icon name={file.type.startsWith("image/") ? "picture" : "file"} size={16} />
      <span class="file-name" title={file.name} translate={false}>{shortName(file.name, 32)}</span>
      <span class="file-size">{byteSize(file.size, common.locale)}</span>
      <button
        type="button"
        class="quiet-key"
        aria-label={fill(files.leaveOut, { file: file.name })}
        onClick={onLeaveOut}
      >
        <Icon name="close" size={16} />
      </button>
    </li>
  );
}

function ToWhom({ call, to, onChoose }: {
  call: Call;
  to: string;
  onChoose: (peerId: string) => void;
}): JSX.Element {
  const { files, common: { locale }, room } = useWords();
  const peers = call.room.peers.value.map(({ peer }) => peer.value);
  const several = peers.length > 1;
  return (
    <label class="file-to">
      {files.to}
      <select class="field" value={to} onChange={(event) => onChoose(event.currentTarget.value)}>
        {several && (
          <option value="">
            {`${files.everyone} (${counted(room.people, { count: peers.length, locale })})`}
          </option>
        )}
        {peers.map(({ peerId, name }) => (
          <option key={peerId} value={several ? peerId : ""}>{name}</option>
        ))}
      </select>
    </label>
  );
}
