import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { openTileWindow } from "./CallWindow.tsx";
import { canFillTile, fillTile } from "./fullscreen.ts";
import { Icon, type IconProps } from "../ui/Icon.tsx";
import { placeBeside } from "../ui/Menu.tsx";
import { fill } from "../ui/phrases.ts";
import { PicturesOfPerson } from "./PictureChoice.tsx";
import { Popover } from "../ui/Popover.tsx";
import type { Then } from "./slots.ts";
import { canOpenVideoWindow } from "./video_window.ts";
import { ViewChoice } from "./ViewChoice.tsx";
import { type OpenMenu, screenOf, type ViewStore } from "./view_store.ts";
import { canSetVolume } from "./voice_care.ts";
import { useWords } from "../ui/words.ts";

interface Props {
  readonly call: Call;
  readonly view: ViewStore;
  readonly menu: OpenMenu;
  readonly ownRows: (then: Then) => ComponentChildren;
  readonly peerRows: (peerId: string, then: Then) => ComponentChildren;
}

/** The actions of a tile. Not an ARIA menu, because it holds a slider. */
export function TileMenu(props: Props): JSX.Element {
  const { call, view, menu } = props;
  const box = useRef<HTMLDivElement>(null);
  const close = () => view.menu.value = undefined;
  useEffect(() => {
    if (box.current !== null) placeBeside(box.current, menu.at);
  }, []);
  return (
    <div
      ref={box}
      class="tile-menu"
      onKeyDown={(event) => box.current !== null && walk(event, box.current)}
    >
      <Popover label={menu.at.getAttribute("aria-label") ?? ""} onClose={close}>
        <Rows {...props} onDone={close} />
        {menu.key !== "self" && (
          <PicturesOfPerson call={call} view={view} peerId={screenOf(menu.key) ?? menu.key} />
        )}
        <ViewChoice view={view} />
      </Popover>
    </div>
  );
}

function Rows(
  { call, view, menu, ownRows, peerRows, onDone }: Props & { onDone: () => void },
): JSX.Element {
  const { stage } = useWords();
  const { key, at } = menu;
  const tile = at.closest(".tile");
  const isPinned = view.pinned.value === key;
  const then = (run: () => void) => () => {
    onDone();
    run();
    // The key may have moved, but it is the same element.
    at.focus();
  };
  const isPerson = key !== "self" && screenOf(key) === undefined;
  return (
    <>
      <Row
        icon={isPinned ? "pin-off" : "pin"}
        label={isPinned ? stage.unpin : stage.pin}
        onPress={then(() => view.togglePin(key))}
      />
      {isPerson && <VolumeRows view={view} peerId={key} />}
      {isPerson && peerRows(key, then)}
      {key === "self" && <SelfRows {...{ call, view, then, ownRows }} />}
      {screenOf(key) !== undefined && <SizeRow view={view} tile={key} then={then} />}
      {canOpenVideoWindow() && !view.isUnsent(key) && (
        <Row
          icon="small-window"
          label={stage.smallWindow}
          onPress={then(() => openTileWindow(call, view, key))}
        />
      )}
      {tile !== null && canFillTile(tile) && (
        <Row
          icon="full"
          label={stage.full}
          onPress={then(() => void fillTile(tile))}
        />
      )}
    </>
  );
}

/** One row; with `on` it is a switch. */
function Row({ icon, label, note, on, onPress }: {
  icon: IconProps["name"];
  label: string;
  note?: string;
  on?: boolean;
  onPress: () => void;
}): JSX.Element {
  return (
    <button type="button" class="menu-row" aria-pressed={on} onClick={onPress}>
      <Icon name={icon} />
      <span class="menu-row-words">
        {label}
        {note !== undefined && <small>{note}</small>}
      </span>
      {on !== undefined && <span class={on ? "switch on" : "switch"} />}
    </button>
  );
}

function VolumeRows({ view, peerId }: { view: ViewStore; peerId: string }): JSX.Element {
  const { stage } = useWords();
  const { volume, silent } = view.loudnessOf(peerId);
  const percent = Math.round(volume * 100);
  return (
    <>
      {canSetVolume() && (
        <label class="volume-row">
          <Icon name="speaker" />
          <span>{stage.volume}</span>
          <input
            type="range"
            min="0"
            max="100"
            step="5"
            value={percent}
            disabled={silent}
            aria-valuetext={fill(stage.percent, { percent })}
            onInput={({ currentTarget }) =>
              view.setLoudness(peerId, { volume: currentTarget.valueAsNumber / 100 })}
          />
        </label>
      )}
      <Row
        icon="silent"
        label={stage.silence}
        on={silent}
        onPress={() => view.setLoudness(peerId, { silent: !silent })}
      />
    </>
  );
}

function SelfRows({ call, view, then, ownRows }: Omit<Props, "menu" | "peerRows"> & {
  readonly then: Then;
}): JSX.Element {
  const { stage } = useWords();
  const { mirrored } = view.memory.value;
  return (
    <>
      {call.room.peers.value.length > 0 && (
        <Row
          icon="hidden"
          label={stage.hideSelf}
          onPress={then(() => view.hideSelf(true))}
        />
      )}
      <Row
        icon="mirrored"
        label={stage.mirror}
        note={stage.mirrorNote}
        on={mirrored}
        onPress={() => view.change({ mirrored: !mirrored })}
      />
      {ownRows(then)}
    </>
  );
}

function SizeRow({ view, tile, then }: {
  view: ViewStore;
  tile: string;
  then: Then;
}): JSX.Element {
  const { stage } = useWords();
  const actual = view.isActualSize(tile);
  return (
    <Row
      icon={actual ? "fit" : "actual-size"}
      label={actual ? stage.fit : stage.actual}
      onPress={then(() => view.setActualSize(tile, !actual))}
    />
  );
}

/** Arrow keys move between rows; on a slider only up and down do. */
function walk(event: KeyboardEvent, box: HTMLElement): void {
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (by === undefined) return;
  const stops = [...box.querySelectorAll<HTMLElement>("button, input:not(:disabled)")];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  event.preventDefault();
  stops[(at + by + stops.length) % stops.length]?.focus();
}
