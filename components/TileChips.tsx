/** What lies in the upper right corner of a tile: exceptions, and the key of its menu. */
import type { JSX } from "preact";
import type { LinkReport } from "../protocol/mod.ts";
import type { Call, PeerView } from "../state/mod.ts";
import { ActualSize } from "./ActualSize.tsx";
import { FlipKey } from "./FlipKey.tsx";
import { leaveFull } from "./fullscreen.ts";
import { HandChip } from "./HandChip.tsx";
import { Icon } from "./Icon.tsx";
import { InsetGrip } from "./InsetGrip.tsx";
import { OwnShare } from "./OwnShare.tsx";
import { PathChip } from "./PathChip.tsx";
import { fill } from "./phrases.ts";
import { viewOf } from "./view_store.ts";
import { useWords } from "./words.ts";

/** Opens the menu of a tile, and takes its pin away. `key` is the tile's. */
function TileKeys({ call, tile, name }: { call: Call; tile: string; name: string }): JSX.Element {
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
        // Else the menu would close for the press and open again for the click.
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

/** Of another person's tile. */
export function PeerChips({ call, view, report }: {
  call: Call;
  view: PeerView;
  report: LinkReport | undefined;
}): JSX.Element {
  const words = useWords();
  const { name, away, state } = view.peer.value;
  const gone = fill(words.link.away, { name });
  const { silent, volume } = viewOf(call).loudnessOf(view.peerId);
  return (
    <div class="chips">
      {away && (
        <span class="chip chip-warn" title={gone}>
          <Icon name="clock" size={16} />
          <span class="unseen">{gone}</span>
        </span>
      )}
      <PathChip link={view.link.value} report={report} />
      {(silent || volume === 0) && (
        <span class="chip" title={words.stage.silenced}>
          <Icon name="silent" size={16} />
          <span class="unseen">{words.stage.silenced}</span>
        </span>
      )}
      {state.hand && <HandChip call={call} peerId={view.peerId} />}
      <TileKeys call={call} tile={view.peerId} name={name} />
    </div>
  );
}

/** Of one's own tile; as an inset it can be moved. */
export function SelfChips({ call, selfId, inset }: {
  call: Call;
  selfId: string;
  inset: boolean | undefined;
}): JSX.Element {
  const { common } = useWords();
  const { name, state } = call.room.self.value;
  return (
    <>
      {inset && <InsetGrip call={call} />}
      <div class="chips">
        {state.hand && <HandChip call={call} peerId={selfId} />}
        <FlipKey call={call} class="chip chip-key chip-shy" size={16} />
        <TileKeys call={call} tile="self" name={fill(common.selfName, { name })} />
      </div>
    </>
  );
}

/** All over a shared screen; `own`: its track when it is one's own; `of` is the sharer's peer id. */
export function ScreenExtras({ call, of, label, own }: {
  call: Call;
  of: string;
  label: string;
  own: MediaStreamTrack | undefined;
}): JSX.Element {
  const tile = `screen-${of}`;
  const keys = <TileKeys call={call} tile={tile} name={label} />;
  return (
    <>
      {viewOf(call).isActualSize(tile) && <ActualSize label={label} />}
      {own !== undefined ? <OwnShare call={call} track={own} keys={keys} /> : (
        <div class="chips">
          <span class="chip">
            <Icon name="share" size={16} />
            <span class="chip-words">{label}</span>
          </span>
          {keys}
        </div>
      )}
    </>
  );
}
