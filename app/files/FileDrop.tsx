/** How files get in, and the places of their views, which are loaded with the first file. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import type { FileEntry } from "../chat/mod.ts";
import { type Brought, broughtTo, mayBeText } from "./dropped_files.ts";
import { Icon } from "../ui/Icon.tsx";
import type { FileTrayProps } from "./FileTray.tsx";
import { loadFileViews } from "./lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/** Takes the focus when the focused key disappears. */
const attachKeyId = "attach-key";

/** Chooses picked, dropped or pasted files, unless only owners may send them. */
function bring(call: Call, { files, folders }: Brought): void {
  if (files.length + folders.length > 0 && call.owners.may("files")) {
    void call.files.ready().then((store) => store.bring(files, folders));
  }
}

/** The attach key beside the message box. */
export function AttachKey({ call, shown }: { call: Call; shown: boolean }): JSX.Element {
  const { files, owners } = useWords();
  const isReserved = !call.owners.may("files");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        id={attachKeyId}
        type="button"
        class="quiet-key attach"
        tabIndex={shown ? 0 : -1}
        aria-label={files.attach}
        title={isReserved ? owners.filesReserved : files.attach}
        disabled={isReserved}
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ currentTarget }) => {
          bring(call, { files: [...currentTarget.files ?? []], folders: [] });
          // So that picking the same file again is a change.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** To whom files go, as the chat says; see FileTrayProps. */
export type ChosenFilesProps =
  & Pick<FileTrayProps, "person" | "isStranded" | "isFixed" | "onPerson">
  & { readonly call: Call };

/** The chosen files above the message box. */
export function ChosenFiles({ call, ...aim }: ChosenFilesProps): JSX.Element | null {
  const store = call.files.store.value;
  const isAnything = store && store.chosen.value.length + store.unusable.value.length > 0;
  const views = useModule(loadFileViews, isAnything === true);
  const onGone = () => document.getElementById(attachKeyId)?.focus();
  if (views === undefined || store === undefined) return null;
  return <views.FileTray {...aim} {...{ store, onGone }} room={call.room} />;
}

/** A file's line in the chat. */
export function FileLine({ call, entry }: { call: Call; entry: FileEntry }): JSX.Element | null {
  const views = useModule(loadFileViews, true);
  const store = call.files.store.value;
  if (views === undefined || store === undefined) return null;
  const selfName = call.room.self.value.name;
  return <views.FileEntryLine store={store} entry={entry} selfName={selfName} />;
}

/** Accepts files dropped or pasted anywhere in the room. `onFiles`: some arrived. */
export function FileDrop({ call, onFiles }: { call: Call; onFiles: () => void }): JSX.Element {
  const { files } = useWords();
  const store = call.files.store.value;
  const views = useModule(loadFileViews, store !== undefined);
  const over = useDropped((brought) => {
    bring(call, brought);
    onFiles();
  });
  return (
    <>
      {over && (
        <div class="file-drop notranslate" translate={false}>
          <p>
            <Icon name="attach" size={22} />
            <strong>{files.drop}</strong>
            {files.dropWhy}
          </p>
        </div>
      )}
      {views !== undefined && store !== undefined && <views.FileWatch store={store} />}
    </>
  );
}

/** Whether files are dragged over the page; reports dropped and pasted ones. */
function useDropped(take: (brought: Brought) => void): boolean {
  const [over, setOver] = useState(false);
  const current = useRef(take);
  current.current = take;
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const listen = (type: "dragover" | "dragleave" | "drop", run: (event: DragEvent) => void) =>
      addEventListener(type, (event) => {
        if (event.dataTransfer?.types.includes("Files")) run(event);
      }, { signal });
    const receive = (event: Event, data: DataTransfer | null) => {
      const brought = data && broughtTo(event.target, data);
      if (!brought) return;
      event.preventDefault();
      if (brought.files.length + brought.folders.length > 0) current.current(brought);
    };
    listen("dragover", (event) => {
      // A text field shows its own drop marker.
      if (mayBeText(event)) return setOver(false);
      event.preventDefault();
      setOver(true);
    });
    listen("dragleave", ({ relatedTarget }) => relatedTarget === null && setOver(false));
    listen("drop", (event) => {
      setOver(false);
      receive(event, event.dataTransfer);
    });
    addEventListener("paste", (event) => receive(event, event.clipboardData), { signal });
    return () => abort.abort();
  }, []);
  return over;
}
