import type { JSX } from "preact";
import type { ViewStore } from "./view_store.ts";
import type { ViewMode } from "./layout.ts";
import { useWords } from "../ui/words.ts";

const modes: readonly ViewMode[] = ["auto", "grid", "speaker"];

/** Chooses how people share the stage. */
export function ViewChoice({ view }: { view: ViewStore }): JSX.Element {
  const { stage } = useWords();
  const { mode } = view.memory.value;
  return (
    <div class="view-choice" role="group" aria-label={stage.view}>
      <span class="view-choice-title" aria-hidden="true">{stage.view}</span>
      <div class="segmented">
        {modes.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === mode}
            onClick={() => view.change({ mode: one })}
          >
            {stage[one]}
          </button>
        ))}
      </div>
    </div>
  );
}
