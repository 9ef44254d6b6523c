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
  readonly slots: StageSlots | undefined;
}

/** A remote person's tile: their camera's `<video>` and the state of the connection. */
export function PeerTile({ view, seat, slots }: PeerTileProps): JSX.Element {
  const words = useWords();
  const peer = view.peer.value;
  // In a sealed room only verified people have a name.
  const name = peer.name || words.common.someone;
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
      label={name}
      class={`peer-tile ${hueClass(view.peerId)}${speaking ? " speaking" : ""}${
        camera ? "" : " no-camera"
      }`}
      marks={{ "data-peer-id": view.peerId, "data-link": link.kind }}
    >
      <Avatar peerId={view.peerId} name={name} />
      <TrackVideo track={track} label={name} />
      {link.kind === "connecting" && (
        <div class="overlay overlay-connecting plate" role="status">
          <Icon name="spinner" size={16} class="spin" />
          <span>{words.link.connecting}</span>
        </div>
      )}
      {slots?.overPeer(view)}
      <Plate name={name} microphone={microphone} camera={camera} speaking={speaking}>
        {slots?.besideName(view)}
      </Plate>
    </Tile>
  );
}
