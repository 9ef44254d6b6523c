/** The tiles of a small window. Pure except for the signals it reads. */
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";
import { screenOf, type ViewStore } from "./view_store.ts";

/** A picture of a small window: of a person, or of their screen. */
export interface WindowTile {
  readonly key: string;
  readonly peer: PeerView;
  readonly screen: boolean;
}

/** More would be too small. */
const mostTiles = 4;

/**
 * The pinned or shared tile alone; else everyone, or with many people the active speaker. Never the
 * person.
 */
export function windowTiles(call: Pick<Call, "room">, view: ViewStore): WindowTile[] {
  const peers = call.room.peers.value;
  const person = (peer: PeerView): WindowTile => ({ key: peer.peerId, peer, screen: false });
  const screen = (peer: PeerView): WindowTile => ({
    key: `screen-${peer.peerId}`,
    peer,
    screen: true,
  });
  const pinned = view.pinned.value;
  const sharer = pinned && screenOf(pinned);
  const chosen = peers.find(({ peerId }) => peerId === (sharer ?? pinned));
  if (chosen !== undefined) return [sharer === undefined ? person(chosen) : screen(chosen)];
  const sharing = peers.find(({ tracks }) => tracks.screen.value !== null);
  if (sharing !== undefined) return [screen(sharing)];
  if (peers.length <= mostTiles && view.memory.value.mode !== "speaker") return peers.map(person);
  const speaker = peers.find(({ peerId }) => peerId === view.speaker.value) ?? peers[0];
  return speaker === undefined ? [] : [person(speaker)];
}

/** The track of a tile; null while there is none. */
export function trackOf({ peer, screen }: WindowTile): MediaStreamTrack | null {
  return (screen ? peer.tracks.screen : peer.tracks.camera).value;
}

/** The track of any stage tile by its key; undefined once its person is gone. */
export function trackOfKey(
  call: Pick<Call, "room" | "media">,
  key: string,
): MediaStreamTrack | null | undefined {
  const own = (source: "camera" | "screen") => {
    const state = call.media.source(source).value;
    return state.kind === "on" ? state.track : null;
  };
  if (key === "self") return own("camera");
  const sharer = screenOf(key);
  const peer = call.room.peers.value.find(({ peerId }) => peerId === (sharer ?? key));
  if (peer === undefined) return sharer === undefined ? undefined : own("screen") ?? undefined;
  return trackOf({ key, peer, screen: sharer !== undefined });
}
