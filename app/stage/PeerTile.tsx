import type { JSX } from "preact";
import type { Seat } from "./arrangement.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { hueClass } from "../ui/hue.ts";
import { Icon } from "../ui/Icon.tsx";
import type { PeerView } from "../room/mod.ts";
import type { StageSlots } from "./slots.ts";
import { Plate, Tile } from "./Tile.tsx";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { useWords } from "../ui/words.ts";

/** One other person on the stage. */
export interface PeerTileProps {
  readonly view: PeerView;
  readonly seat: Seat | undefined;
  readonly over: StageSlots["overPeer"] | undefined;
}

/** A remote person's tile: their camera's `<video>` and the state of the connection. */
export function PeerTile({ view, seat, over }: PeerTileProps): JSX.Element {
  const words = useWords();
  const peer = view.peer.value;
  const link = view.link.value;
  const track = view.tracks.camera.value;
  // SkyRTC pages do not report their state; it follows from what arrives.
  const tells = peer.dialect === "parley";
  const camera = track !== null && (peer.state.camera || !tells);
  const microphone = tells ? peer.state.microphone : view.tracks.microphone.value !== null;
  const speaking = microphone && view.speaking.value;
  return (
    <Tile
      seat={seat}
      label={peer.name}
      class={`peer-tile ${hueClass(view.peerId)}${speaking ? " speaking" : ""}${
        camera ? "" : " no-camera"
      }`}
      marks={{ "data-peer-id": view.peerId, "data-link": link.kind }}
    >
      <Avatar peerId={view.peerId} name={peer.name} />
      <TrackVideo track={track} label={peer.name} />
      {link.kind === "connecting" && (
        <div class="overlay overlay-connecting plate" role="status">
          <Icon name="spinner" size={16} class="spin" />
          <span>{words.link.connecting}</span>
        </div>
      )}
      {over?.(view)}
      <Plate name={peer.name} microphone={microphone} camera={camera} speaking={speaking} />
    </Tile>
  );
}
