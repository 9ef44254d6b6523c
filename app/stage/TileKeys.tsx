import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { leaveFull } from "./fullscreen.ts";
import { Icon } from "../ui/Icon.tsx";
import { fill } from "../ui/phrases.ts";
import { viewOf } from "./view_store.ts";
import { useWords } from "../ui/words.ts";

/** The keys of a tile: its menu, and unpin. `key` is the tile's. */
export function TileKeys(
  { call, tile, name }: { call: Call; tile: string; name: string },
): JSX.Element {
  const { stage } = useWords();
  const view = viewOf(call);
  const label = fill(stage.tileMenu, { name });
  const open = view.menu.value?.key === tile;
  const unpin = fill(stage.unpinName, { name });
  return (
    <>
      {view.pinned.value === tile && (
        <button
          type="button"
          class="chip chip-key"
          aria-label={unpin}
          title={unpin}
          onClick={() => view.togglePin(tile)}
        >
          <Icon name="pin" size={16} />
        </button>
      )}
      <button
        type="button"
        class={open ? "chip chip-key tile-key" : "chip chip-key chip-shy tile-key"}
        aria-label={label}
        title={label}
        aria-expanded={open}
        // Otherwise the press closes the menu and the click opens it again.
        onPointerDown={(event) => open && event.stopPropagation()}
        onClick={({ currentTarget: at }) => view.menu.value = open ? undefined : { key: tile, at }}
      >
        <Icon name="more" size={16} />
      </button>
      <button type="button" class="chip chip-key full-off-key" onClick={leaveFull}>
        <Icon name="full-off" size={16} />
        {stage.fullOff}
      </button>
    </>
  );
}
