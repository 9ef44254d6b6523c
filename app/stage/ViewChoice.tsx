import type { JSX } from "preact";
import type { ViewMode } from "./layout.ts";
import { Segmented } from "./Segmented.tsx";
import type { ViewStore } from "./view_store.ts";
import { useWords } from "../ui/words.ts";

const modes: readonly ViewMode[] = ["auto", "grid", "speaker"];

/** Chooses how people share the stage. */
export function ViewChoice({ view }: { view: ViewStore }): JSX.Element {
  const { stage } = useWords();
  return (
    <Segmented
      title={stage.view}
      captions={stage}
      keys={modes}
      chosen={view.memory.value.mode}
      onChoose={(mode) => view.change({ mode })}
    />
  );
}
