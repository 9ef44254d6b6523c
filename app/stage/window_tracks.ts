/** What a small window shows of a call. Pure but for the signals it reads. */
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";
import { screenOf, type ViewStore } from "./view_store.ts";

/** A picture of a small window: of a person, or of their screen. */
export interface WindowTile {
  readonly key: string;
  readonly peer: PeerView;
  readonly screen: boolean;
}

/** More would be stamps. */
const mostTiles = 4;

/** What is pinned or shared alone; else everybody, or of many the one who speaks. Oneself never. */
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

/** The picture of a tile; null while there is none. */
export function trackOf({ peer, screen }: WindowTile): MediaStreamTrack | null {
  return (screen ? peer.tracks.screen : peer.tracks.camera).value;
}

/** The picture of any tile of the stage by its key; undefined once nobody is there to have one. */
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
