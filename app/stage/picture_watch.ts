/**
 * Measures how large each remote picture is shown, and tells the sender, so that it sends no more
 * than that. It measures the elements themselves: in tiles, small windows and overlays. Invariants:
 * 1 Hidden pictures are not requested: hidden tab, other page of the strip, covered by a panel.
 *   A screen that is not there yet is requested as large as the stage, so that its text is
 *   readable from the first picture on.
 * 2 A peer is sent only changes.
 * 3 What the person has chosen (picture_choices.ts) precedes light mode, but not invariant 1.
 */
import { effect } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { Rank, Shown, Want } from "../../mesh/mod.ts";
import type { PictureChoice } from "./picture_choices.ts";
import type { ViewStore } from "./view_store.ts";
import { attempt } from "../../protocol/attempt.ts";

/** The delay after a burst of changes, such as a window being resized, ms. */
const restMs = 150;
/** The poll interval for changes without an event, ms. */
const lookMs = 1_000;
/** The assumed width: browsers do not report the size of their small windows. */
const smallWindowWidth = 480;
/** The widths of reduced video quality, CSS pixels. */
const lightWidth = { pinned: 640, speaker: 480, rest: 200 } as const;
/**
 * The most that a small picture needs, device pixels. A tenth less than 320 × 180, because a sender
 * does not make a picture smaller that is hardly larger than needed.
 */
const small: Size = { width: 288, height: 162 };
/** More than any source has, device pixels; the most that a `watch` message may request. */
const fullSize = 16_384;

const none: Want = { width: 0, height: 0, rank: "rest" };

/** Reports the sizes to all peers. Returns the undo. */
export function watchPictures(call: Call, view: ViewStore): () => void {
  const sent = new Map<string, string>();
  const over = new AbortController();
  const { signal } = over;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(resting);
    resting = undefined;
    const shown = shownPictures(call, view);
    for (const peerId of sent.keys()) if (!shown.has(peerId)) sent.delete(peerId);
    for (const [peerId, pictures] of shown) {
      const words = JSON.stringify(pictures);
      if (sent.get(peerId) === words) continue;
      sent.set(peerId, words);
      call.session.links.watch(peerId, pictures);
    }
  };
  const soon = () => {
    clearTimeout(resting);
    resting = setTimeout(look, restMs);
  };
  const timer = setInterval(look, lookMs);
  // At once, because a person who returns to the tab expects pictures.
  document.addEventListener("visibilitychange", look, { signal });
  addEventListener("resize", soon, { signal });
  const changes = new MutationObserver(soon);
  const attributes = { attributes: true, attributeFilter: ["style", "class", "hidden"] };
  changes.observe(document.body, { subtree: true, childList: true, ...attributes });
  const unfollow = effect(() => {
    call.room.peers.value.forEach(({ peerId, tracks }) => [
      tracks.camera.value,
      tracks.screen.value,
      view.pictures.of(peerId),
    ]);
    void [view.pinned.value, view.speaker.value, view.smallWindow.value, call.light.value];
    void call.efficient.value;
    soon();
  });
  return () => {
    over.abort();
    clearInterval(timer);
    clearTimeout(resting);
    changes.disconnect();
    unfollow();
  };
}

/** How each peer's pictures are shown. */
function shownPictures(call: Call, view: ViewStore): Map<string, Shown> {
  const { places, stage } = picturePlaces();
  const light = call.light.peek();
  const efficient = call.efficient.peek();
  return new Map(
    call.room.peers.peek().map(({ peerId, tracks }) => {
      const choice = view.pictures.of(peerId);
      const want = (track: MediaStreamTrack | null, key: string): Want => {
        const isScreen = key !== peerId;
        const size = (track === null ? undefined : places.get(track)) ??
          (isScreen ? stage : nothing);
        if (size.width === 0 || choice === "sound") return none;
        const rank: Rank = view.pinned.peek() === key
          ? "pinned"
          : view.speaker.peek() === peerId
          ? "speaker"
          : "rest";
        if (choice === "large") return { width: fullSize, height: fullSize, rank };
        // Neither a choice nor reduced quality makes shared text unreadable.
        if (isScreen) return inPixels(size, { rank });
        return inPixels(size, { rank, choice, light });
      };
      return [peerId, {
        camera: want(tracks.camera.peek(), peerId),
        screen: want(tracks.screen.peek(), `screen-${peerId}`),
        ...efficient.length > 0 && { efficient },
      }];
    }),
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function inPixels(
  { width, height }: Size,
  { rank, choice = "auto", light = false }: {
    readonly rank: Rank;
    readonly choice?: PictureChoice;
    readonly light?: boolean;
  },
): Want {
  const factor = Math.min(
    devicePixelRatio * Math.min(1, light ? lightWidth[rank] / width : 1),
    choice === "small" ? Math.min(small.width / width, small.height / height) : Infinity,
  );
  const pixels = (length: number) => Math.min(fullSize, Math.round(length * factor));
  return { width: pixels(width), height: pixels(height), rank };
}

/** The largest place of each track, and the stage, CSS pixels. */
function picturePlaces(): { places: Map<MediaStreamTrack, Size>; stage: Size } {
  const places = new Map<MediaStreamTrack, Size>();
  let stage = nothing;
  const note = (video: HTMLVideoElement, size: Size) => {
    const track = video.srcObject instanceof MediaStream
      ? video.srcObject.getVideoTracks()[0]
      : undefined;
    if (track === undefined) return;
    const before = places.get(track);
    if (before === undefined || before.width < size.width) places.set(track, size);
  };
  if (document.visibilityState === "visible") {
    const covers = [...document.querySelectorAll(".links-view, aside.panel:not(.unseen)")]
      .map((panel) => panel.getBoundingClientRect());
    for (const video of document.querySelectorAll("video")) note(video, seenSize(video, covers));
    const area = document.querySelector(".stage-area");
    if (area !== null) stage = seenSize(area, covers);
  }
  const small = attempt(() => document.pictureInPictureElement);
  if (small instanceof HTMLVideoElement) {
    note(small, { width: smallWindowWidth, height: smallWindowWidth * 9 / 16 });
  }
  for (const video of callWindow()?.querySelectorAll("video") ?? []) {
    note(video, { width: video.clientWidth, height: video.clientHeight });
  }
  return { places, stage };
}

/** Document Picture-in-Picture, which TypeScript does not know yet. */
function callWindow(): Document | undefined {
  const windows: { window?: Window | null } | undefined = attempt(() =>
    Reflect.get(globalThis, "documentPictureInPicture")
  );
  return windows?.window?.document;
}

const nothing: Size = { width: 0, height: 0 };

function seenSize(element: Element, covers: readonly DOMRect[]): Size {
  if (!element.checkVisibility({ visibilityProperty: true })) return nothing;
  const box = element.getBoundingClientRect();
  const isOutside = box.right <= 0 || box.bottom <= 0 || box.left >= innerWidth ||
    box.top >= innerHeight;
  const isCovered = covers.some((cover) =>
    cover.left <= box.left && cover.right >= box.right && cover.top <= box.top &&
    cover.bottom >= box.bottom
  );
  return isOutside || isCovered
    ? nothing
    : { width: element.clientWidth, height: element.clientHeight };
}
