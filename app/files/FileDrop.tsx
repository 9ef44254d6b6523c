import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { addFiles, isEmpty, mayBeText, readDropped } from "./dropped_files.ts";
import type { DroppedFiles } from "./files_store.ts";
import { Icon } from "../ui/Icon.tsx";
import { loadFileViews } from "./lazy.ts";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";

/** Accepts files dropped or pasted anywhere in the room. `onFiles`: some arrived. */
export function FileDrop({ call, onFiles }: { call: Call; onFiles: () => void }): JSX.Element {
  const { files, owners } = useWords();
  const isReserved = !call.owners.may("files");
  const store = call.files.store.value;
  const views = useModule(loadFileViews, store !== undefined);
  const over = useDropped((dropped) => {
    addFiles(call, dropped);
    onFiles();
  });
  return (
    <>
      {over && (
        <div class="file-drop notranslate" translate={false}>
          <p role="status">
            <Icon name={isReserved ? "lock" : "attach"} size={22} />
            <strong>{isReserved ? owners.filesReserved : files.drop}</strong>
            {!isReserved && files.dropWhy}
          </p>
        </div>
      )}
      {views !== undefined && store !== undefined && <views.FileWatch store={store} />}
    </>
  );
}

/** Whether files are dragged over the page; reports dropped and pasted ones. */
function useDropped(onDrop: (dropped: DroppedFiles) => void): boolean {
  const [over, setOver] = useState(false);
  const current = useRef(onDrop);
  current.current = onDrop;
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const listen = (type: "dragover" | "dragleave" | "drop", run: (event: DragEvent) => void) =>
      addEventListener(type, (event) => {
        if (event.dataTransfer?.types.includes("Files")) run(event);
      }, { signal });
    const receive = (event: Event, data: DataTransfer | null) => {
      const dropped = data && readDropped(event.target, data);
      if (!dropped) return;
      event.preventDefault();
      if (!isEmpty(dropped)) current.current(dropped);
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
