/** The places of the files' views in the chat; their code is loaded with the first file. */
import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { FileEntry } from "../chat/mod.ts";
import { focusAttachKey } from "./AttachKey.tsx";
import type { FileTrayProps } from "./FileTray.tsx";
import { loadFileViews } from "./lazy.ts";
import { useModule } from "../ui/use_module.ts";

/** To whom files go, as the chat says; see FileTrayProps. */
export type LateFileTrayProps =
  & Pick<FileTrayProps, "person" | "isStranded" | "isFixed" | "onPerson">
  & { readonly call: Call };

/** The chosen files above the message box. */
export function LateFileTray({ call, ...aim }: LateFileTrayProps): JSX.Element | null {
  const store = call.files.store.value;
  const isAnything = store && store.chosen.value.length + store.unusable.value.length > 0;
  const views = useModule(loadFileViews, isAnything === true);
  if (views === undefined || store === undefined) return null;
  return (
    <views.FileTray
      {...aim}
      store={store}
      room={call.room}
      isReserved={!call.owners.may("files")}
      onGone={focusAttachKey}
    />
  );
}

/** A file's line in the chat. */
export function LateFileLine({ call, entry }: {
  call: Call;
  entry: FileEntry;
}): JSX.Element | null {
  const views = useModule(loadFileViews, true);
  const store = call.files.store.value;
  if (views === undefined || store === undefined) return null;
  const selfName = call.room.self.value.name;
  return <views.FileEntryLine store={store} entry={entry} selfName={selfName} />;
}
