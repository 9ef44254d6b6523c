import type { ComponentChildren, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { keepAwake } from "./awake.ts";
import { Icon } from "../ui/Icon.tsx";
import { useModule } from "../ui/use_module.ts";
import { loadMenus, loadPager } from "./lazy.ts";
import { applyLoudness, resumeVoices } from "./voice_care.ts";
import { watchPictures } from "./picture_watch.ts";
import { revealOnTouch } from "./touch_reveal.ts";
import { viewOf } from "./view_store.ts";
import type { Pager } from "./layout.ts";
import type { Then } from "./slots.ts";
import { useWords } from "../ui/words.ts";

/**
 * What belongs to the stage as a whole: the open menu, the strip's pager, the key that shows the
 * own picture again. Also runs what a visible call needs. `ownRows`, `peerRows`: other features'
 * rows in the menu of the own tile, and of another person's.
 */
export function StageLayer({ call, pager, ownRows, peerRows }: {
  call: Call;
  pager: Pager | undefined;
  ownRows: (then: Then) => ComponentChildren;
  peerRows: (peerId: string, then: Then) => ComponentChildren;
}): JSX.Element {
  const { stage } = useWords();
  const view = viewOf(call);
  const menu = view.menu.value;
  const module = useModule(loadMenus, menu !== undefined);
  const strip = useModule(loadPager, pager !== undefined);
  const { mirrored } = view.memory.value;
  useEffect(() => {
    const undos = [
      view.follow(),
      applyLoudness(call, view),
      resumeVoices(call),
      revealOnTouch(),
      keepAwake(),
      watchPictures(call, view),
    ];
    return () => undos.forEach((undo) => undo());
  }, [view]);
  return (
    <div
      class="stage-layer"
      data-view={view.memory.value.mode}
      data-mirrored={mirrored ? "yes" : "no"}
    >
      {pager && strip && <strip.StripPager view={view} pager={pager} />}
      {view.selfHidden.value && (
        <button
          type="button"
          class="chip chip-key show-self"
          onClick={() => view.hideSelf(false)}
        >
          <Icon name="hidden" size={16} />
          {stage.showSelf}
        </button>
      )}
      {menu !== undefined && module !== undefined && (
        <module.TileMenu
          key={menu.key}
          call={call}
          view={view}
          menu={menu}
          ownRows={ownRows}
          peerRows={peerRows}
        />
      )}
    </div>
  );
}

/** The view settings under More. `onDone`: a final choice was made. */
export function ViewKeys({ call, onDone }: {
  call: Call;
  onDone: () => void;
}): JSX.Element | null {
  const module = useModule(loadMenus, true);
  if (module === undefined) return null;
  return <module.AllViewKeys call={call} view={viewOf(call)} onDone={onDone} />;
}
