import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { addFiles } from "./dropped_files.ts";
import { Icon } from "../ui/Icon.tsx";
import { useWords } from "../ui/words.ts";

const attachKeyId = "attach-key";

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
          addFiles(call, { files: [...currentTarget.files ?? []], folders: [] });
          // So that picking the same file again is a change.
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Gives the focus to the attach key, or to the message box while the key is disabled. */
export function focusAttachKey(): void {
  const key = document.getElementById(attachKeyId);
  const box = key?.closest("form")?.querySelector("textarea");
  (key?.matches(":disabled") ? box : key)?.focus();
}
