import { type JSX, render } from "preact";
import type { Call } from "../call/mod.ts";
import type { Words } from "../ui/words/mod.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { BarKey } from "../ui/BarKey.tsx";
import { hueClass } from "../ui/hue.ts";
import { Icon } from "../ui/Icon.tsx";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { canOpenVideoWindow, openVideoWindow } from "./video_window.ts";
import { trackOf, trackOfKey, type WindowTile, windowTiles } from "./window_tracks.ts";
import type { SmallWindow, ViewStore } from "./view_store.ts";
import { fill } from "../ui/phrases.ts";
import { useWords, WordsContext } from "../ui/words.ts";
import { attempt } from "../../protocol/attempt.ts";

const size = { width: 384, height: 288 };

/** Document Picture-in-Picture, which TypeScript does not know yet; Chromium has it. */
interface DocumentWindows {
  requestWindow(options: { width: number; height: number }): Promise<Window>;
}

function documentWindows(): DocumentWindows | undefined {
  const windows: unknown = attempt(() => Reflect.get(globalThis, "documentPictureInPicture"));
  return isDocumentWindows(windows) ? windows : undefined;
}

function isDocumentWindows(value: unknown): value is DocumentWindows {
  return typeof value === "object" && value !== null && "requestWindow" in value;
}

/** Whether any kind of small window is supported. */
export function canOpenCallWindow(): boolean {
  return documentWindows() !== undefined || canOpenVideoWindow();
}

/** Opens the call in a small window over other programs. Must be called from a press. */
export async function openCallWindow(call: Call, view: ViewStore, words: Words): Promise<void> {
  view.smallWindow.peek()?.close();
  const windows = documentWindows();
  if (windows === undefined) return openSpeaker(call, view);
  try {
    fillWindow(await windows.requestWindow(size), { call, view, words });
  } catch {
    // Refused: another page has one, or the press was too long ago.
  }
}

/** Opens one tile's picture in a small window. Must be called from a press. */
export function openTileWindow(call: Call, view: ViewStore, key: string): void {
  view.smallWindow.peek()?.close();
  keep(
    view,
    "tile",
    (onClosed) =>
      openVideoWindow(() => view.isUnsent(key) ? undefined : trackOfKey(call, key), onClosed),
  );
}

function openSpeaker(call: Call, view: ViewStore): void {
  keep(view, "call", (onClosed) =>
    openVideoWindow(() => {
      const { kind } = call.room.state.value;
      const [first] = windowTiles(call, view);
      if (kind !== "joined" && kind !== "reconnecting") return undefined;
      if (first !== undefined && view.isUnsent(first.key)) return undefined;
      return first === undefined ? null : trackOf(first);
    }, onClosed));
}

/** Registers the open window until it closes for any reason. */
function keep(
  view: ViewStore,
  kind: SmallWindow["kind"],
  open: (onClosed: () => void) => () => void,
): void {
  const noted: SmallWindow = {
    kind,
    close: open(() => {
      if (view.smallWindow.peek() === noted) view.smallWindow.value = undefined;
    }),
  };
  view.smallWindow.value = noted;
}

function fillWindow(
  opened: Window,
  { call, view, words }: { call: Call; view: ViewStore; words: Words },
): void {
  dress(opened.document);
  render(
    <WordsContext.Provider value={words}>
      <CallWindow call={call} view={view} />
    </WordsContext.Provider>,
    opened.document.body,
  );
  keep(view, "call", (onClosed) => {
    // Closed by its own key, by ours, or with the page.
    opened.addEventListener("pagehide", () => {
      render(null, opened.document.body);
      onClosed();
    }, { once: true });
    return () => opened.close();
  });
}

/** Gives the window the page's style sheets, theme and icons. */
function dress(page: Document): void {
  const { dataset, lang, dir } = document.documentElement;
  Object.assign(page.documentElement.dataset, dataset);
  page.documentElement.lang = lang;
  page.documentElement.dir = dir;
  page.title = document.title;
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"], .icon-shapes')) {
    const place = sheet instanceof HTMLLinkElement ? page.head : page.body;
    place.append(page.importNode(sheet, true));
  }
  // Preact needs a separate container beside existing content.
  page.body.className = "call-window-page notranslate";
  page.body.translate = false;
}

/** The contents of the window: a few people or the main one, and the most needed keys. */
function CallWindow({ call, view }: { call: Call; view: ViewStore }): JSX.Element {
  const { room, stage } = useWords();
  const tiles = windowTiles(call, view);
  const on = call.devices.comesOn("microphone") && !call.muted.value;
  const camera = call.devices.comesOn("camera");
  return (
    <main class="call-window">
      <div class={`window-tiles of-${tiles.length}`}>
        {tiles.map((tile) => (
          <Picture
            key={tile.key}
            tile={tile}
            unsent={view.isUnsent(tile.key)}
          />
        ))}
        {tiles.length === 0 && <p>{stage.windowAlone}</p>}
      </div>
      <div class="window-keys" role="group" aria-label={room.controls}>
        <BarKey
          icon={on
            ? <Icon name="microphone" size={22} />
            : <Icon name="microphone-off" size={22} />}
          caption={on ? room.mute : room.unmute}
          tone={on ? "plain" : "off"}
          onPress={() => call.toggleMicrophone()}
        />
        <BarKey
          icon={camera ? <Icon name="video" size={22} /> : <Icon name="video-off" size={22} />}
          caption={camera ? room.stopVideo : room.startVideo}
          tone={camera ? "plain" : "off"}
          onPress={() => call.toggleCamera()}
        />
        <BarKey
          icon={<Icon name="leave" size={22} />}
          caption={room.leave}
          tone="end"
          onPress={() => call.session.leave()}
        />
      </div>
    </main>
  );
}

function Picture({ tile, unsent }: { tile: WindowTile; unsent: boolean }): JSX.Element {
  const { room } = useWords();
  const { peerId, peer, speaking } = tile.peer;
  const { name, state } = peer.value;
  const track = unsent ? null : trackOf(tile);
  const label = tile.screen ? fill(room.screenOf, { name }) : name;
  const lit = !tile.screen && speaking.value;
  return (
    <article
      class={`tile window-tile ${hueClass(peerId)}${tile.screen ? " screen-tile" : ""}${
        lit ? " speaking" : ""
      }${track === null ? " no-camera" : ""}`}
      aria-label={label}
    >
      {!tile.screen && <Avatar peerId={peerId} name={name} />}
      <TrackVideo track={track} label={label} />
      <span class="plate tile-plate">
        {!state.microphone && !tile.screen && <Icon name="microphone-off" size={16} class="bad" />}
        <span class="tile-name" dir="auto">{label}</span>
      </span>
    </article>
  );
}
