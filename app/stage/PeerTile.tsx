import type { JSX } from "preact";
import type { LinkReport } from "../../protocol/mod.ts";
import type { Call, PeerView } from "../mod.ts";
import type { Seat } from "./arrangement.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { hueClass } from "../ui/hue.ts";
import type { LaterParts } from "../ui/later.ts";
import { LinkOverlay } from "../links/LinkOverlay.tsx";
import { Plate, Tile } from "./Tile.tsx";
import { TrackVideo } from "../ui/TrackVideo.tsx";

/** One other person on the stage. */
export interface PeerTileProps {
  readonly call: Call;
  readonly view: PeerView;
  readonly seat: Seat | undefined;
  /** What this end knows of the link, some time after it has begun. */
  readonly report: LinkReport | undefined;
  readonly parts: LaterParts | undefined;
  readonly onWhy: () => void;
}

/** One remote person: the one `<video>` of their camera, and the state of the link to them. */
export function PeerTile({ call, view, seat, ...rest }: PeerTileProps): JSX.Element {
  const peer = view.peer.value;
  const link = view.link.value;
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
        onRetry={() => call.retryLink(view.peerId)}
        {...rest}
      />
      {rest.parts && <rest.parts.PeerChips call={call} view={view} report={rest.report} />}
      {rest.parts && <rest.parts.ReactionsOver call={call} peerId={view.peerId} />}
      <Plate name={peer.name} microphone={microphone} camera={camera} speaking={speaking} />
    </Tile>
  );
}
