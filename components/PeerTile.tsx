import type { JSX } from "preact";
import type { LinkReport } from "../protocol/mod.ts";
import type { Call, PeerView } from "../state/mod.ts";
import type { Seat } from "./arrangement.ts";
import { Avatar } from "./Avatar.tsx";
import { hueClass } from "./hue.ts";
import { Icon } from "./Icon.tsx";
import type { LaterParts } from "./later.ts";
import { LinkOverlay } from "./LinkOverlay.tsx";
import { Plate, Tile } from "./Tile.tsx";
import { TrackVideo } from "./TrackVideo.tsx";
import { fill } from "./phrases.ts";
import { useWords } from "./words.ts";

/** One other person on the stage. */
export interface PeerTileProps {
  readonly call: Call;
  readonly view: PeerView;
  readonly seat: Seat | undefined;
  /** What this end knows of the link, some time after it has begun. */
  readonly report: LinkReport | undefined;
  readonly parts: LaterParts | undefined;
  readonly onRetry: () => void;
  readonly onWhy: () => void;
}

/** One remote person: the one `<video>` of their camera, and the state of the link to them. */
export function PeerTile({ call, view, seat, ...rest }: PeerTileProps): JSX.Element {
  const words = useWords();
  const peer = view.peer.value;
  const link = view.link.value;
  const away = fill(words.link.away, { name: peer.name });
  const track = view.tracks.camera.value;
  // SkyRTC pages tell nothing about themselves; what arrives is what there is.
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
      <LinkOverlay
        peerId={view.peerId}
        name={peer.name}
        link={link}
        {...rest}
      />
      <div class="chips">
        {peer.away && (
          <span class="chip chip-warn" title={away}>
            <Icon name="clock" size={16} />
            <span class="unseen">{away}</span>
          </span>
        )}
        {rest.parts && <rest.parts.PathChip link={link} report={rest.report} />}
        {peer.state.hand && rest.parts && <rest.parts.HandChip call={call} peerId={view.peerId} />}
      </div>
      {rest.parts && <rest.parts.ReactionsOver call={call} peerId={view.peerId} />}
      <Plate name={peer.name} microphone={microphone} camera={camera} speaking={speaking} />
    </Tile>
  );
}
