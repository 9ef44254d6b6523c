import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { FileCard, FileRow } from "./file_card.ts";
import type { FilesStore } from "./files_store.ts";
import { addressees, fileLine, hugeWords, shortName, sizeWords } from "./file_words.ts";
import { ShareSwitch } from "./ShareSwitch.tsx";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";
import { attempt } from "../../protocol/attempt.ts";

/** `onGrow`: the card has become taller. */
export interface FileCardProps {
  readonly store: FilesStore;
  readonly card: FileCard;
  readonly onGrow: () => void;
}

/** A file in the chat: its name, people, progress and actions. */
export function FileCardView({ store, card, onGrow }: FileCardProps): JSX.Element {
  const words = useWords();
  const rows = card.rows.value;
  const [first] = rows;
  const several = rows.length > 1;
  const isPicture = card.picture.value !== undefined;
  const huge = hugeWords(card, words);
  // The line of an offer already shows size and sender.
  const about = card.own
    ? `${addressees(card, words)} · ${sizeWords(card.size, words)}`
    : undefined;
  return (
    <div class="file-card" role="group" aria-label={card.name} tabIndex={-1}>
      {isPicture && <Picture card={card} onGrow={onGrow} />}
      <div class="file-head">
        <span class="file-icon">
          <Icon name={isPicture ? "picture" : "file"} />
        </span>
        <div class="file-about">
          <p class="file-name" dir="auto" title={card.name} translate={false}>
            {shortName(card.name)}
          </p>
          {about !== undefined && <p class="file-line">{about}</p>}
          {huge !== undefined && <p class="file-line">{huge}</p>}
          {first !== undefined && !several && <Standing row={first} />}
        </div>
        {first !== undefined && !several && <StopKey store={store} card={card} row={first} />}
        {first !== undefined && !card.own && <SaveKey store={store} card={card} row={first} />}
      </div>
      {first !== undefined && !several && <Progress card={card} row={first} />}
      {several && (
        <ul class="file-rows">
          {rows.map((row) => (
            <PersonRow key={row.transfer.id} store={store} card={card} row={row} />
          ))}
        </ul>
      )}
      {first !== undefined && !card.own && <Answers store={store} card={card} row={first} />}
      {card.own && <ShareSwitch store={store} card={card} />}
    </div>
  );
}

function Standing({ row }: { row: FileRow }): JSX.Element {
  const { text, tone } = fileLine(row, useWords());
  return (
    <p class={`file-line ${tone}`}>
      {tone === "good" && <Icon name="check" size={16} />}
      {tone === "wait" && <Icon name="clock" size={16} />}
      {tone === "bad" && <Icon name="alert" size={16} />}
      <span>{text}</span>
    </p>
  );
}

function PersonRow({ store, card, row }: RowProps): JSX.Element {
  return (
    <li>
      <div class="file-row">
        <div class="file-about">
          <p class="file-person" dir="auto">{row.person}</p>
          <Standing row={row} />
        </div>
        <StopKey store={store} card={card} row={row} />
      </div>
      <Progress card={card} row={row} />
    </li>
  );
}

interface RowProps {
  readonly store: FilesStore;
  readonly card: FileCard;
  readonly row: FileRow;
}

/** Stops a transfer or withdraws an own offer. */
function StopKey({ store, card, row }: RowProps): JSX.Element | null {
  const { files } = useWords();
  const { transfer, person } = row;
  if (!canStop(transfer)) return null;
  const label = fill(card.rows.value.length > 1 ? files.keyWith : files.keyOf, {
    key: files.stop,
    file: card.name,
    name: person,
  });
  return (
    <button
      type="button"
      class="quiet-key file-key"
      aria-label={label}
      title={files.stop}
      onClick={(event) => {
        store.cancel(transfer);
        keepFocus(event.currentTarget);
      }}
    >
      <Icon name="close" />
    </button>
  );
}

function canStop({ state: { kind }, direction }: FileRow["transfer"]): boolean {
  const underWay = kind === "moving" || kind === "paused" || kind === "checking" ||
    kind === "opening";
  return underWay || (direction === "out" && (kind === "waiting" || kind === "offered"));
}

function Progress({ card, row }: { card: FileCard; row: FileRow }): JSX.Element | null {
  const { files } = useWords();
  const { state } = row.transfer;
  if (state.kind !== "moving" && state.kind !== "paused" && state.kind !== "checking") return null;
  return (
    <progress
      class={state.kind === "paused" ? "file-progress wait" : "file-progress"}
      max={Math.max(1, card.size)}
      value={state.kind === "checking" ? Math.max(1, card.size) : state.bytes}
      aria-label={fill(files.progress, { file: card.name, name: row.person })}
    />
  );
}

/** Saves a complete file that the page keeps. A file saved to a chosen place needs no key. */
function SaveKey({ store, card, row: { transfer: { state } } }: RowProps): JSX.Element | null {
  const { files } = useWords();
  if (state.kind !== "done" || state.stored?.place !== "kept") return null;
  const { file } = state.stored;
  // Other files were downloaded automatically.
  const key = card.picture.value === undefined ? files.saveAgain : files.save;
  return (
    <button
      type="button"
      class="quiet-key file-key"
      aria-label={fill(files.keyOf, { key, file: card.name })}
      title={key}
      onClick={() => store.save(file)}
    >
      <Icon name="download" />
    </button>
  );
}

/** Accepts or declines an offer. */
function Answers({ store, card, row: { transfer } }: RowProps): JSX.Element | null {
  const { files } = useWords();
  const { state } = transfer;
  const label = (key: string) => fill(files.keyOf, { key, file: card.name });
  if (state.kind !== "offered") return null;
  return (
    <div class="file-keys">
      <button
        type="button"
        class="primary"
        aria-label={label(files.accept)}
        onClick={(event) => {
          store.accept(transfer);
          keepFocus(event.currentTarget);
        }}
      >
        <Icon name="download" />
        {files.accept}
      </button>
      <button
        type="button"
        class="secondary"
        aria-label={label(files.refuse)}
        onClick={(event) => {
          store.decline(transfer);
          keepFocus(event.currentTarget);
        }}
      >
        {files.refuse}
      </button>
    </div>
  );
}

/** A pressed key disappears, so its card takes the focus. */
function keepFocus(key: HTMLElement): void {
  key.closest<HTMLElement>(".file-card")?.focus();
}

/** A picture by its object URL, which is revoked with the card. */
function Picture({ card, onGrow }: { card: FileCard; onGrow: () => void }): JSX.Element | null {
  const file = card.picture.value;
  const [address, setAddress] = useState<string>();
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    if (file === undefined) return;
    const made = attempt(() => URL.createObjectURL(file));
    if (made === undefined) return;
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  if (address === undefined || broken) return null;
  return (
    <img
      class="file-picture"
      src={address}
      alt={card.name}
      onLoad={onGrow}
      onError={() => setBroken(true)}
    />
  );
}
