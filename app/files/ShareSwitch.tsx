import type { JSX } from "preact";
import type { FileCard, FileRow } from "./file_card.ts";
import type { FilesStore } from "./files_store.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";
import { shareWordsOf } from "../ui/words/late/shares.ts";

/** Whether people who come later get an own file, and what a reload would end. */
export function ShareSwitch(
  { store, card }: { store: FilesStore; card: FileCard },
): JSX.Element | null {
  const words = shareWordsOf(useWords());
  const share = card.share.value;
  if (share === undefined) return null;
  const isNeeded = share.later || card.rows.value.some(isUnderWay);
  return (
    <div class="file-share">
      {share.copy === "none" && isNeeded && <p class="file-line wait">{words.noCopy}</p>}
      <Switch
        label={words.later}
        checked={share.later}
        onSwitch={(later) => store.setLater(card, later)}
      />
    </div>
  );
}

function isUnderWay({ transfer: { state: { kind } } }: FileRow): boolean {
  return kind !== "done" && kind !== "declined" && kind !== "cancelled" && kind !== "failed";
}
