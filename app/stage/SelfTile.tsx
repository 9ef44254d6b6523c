import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { Seat } from "./arrangement.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { hueClass } from "../ui/hue.ts";
import type { StageSlots } from "./slots.ts";
import { Plate, Tile } from "./Tile.tsx";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** The own tile; `selfId` gives the hue that others see. */
export interface SelfTileProps {
  readonly call: Call;
  readonly selfId: string;
  readonly seat: Seat | undefined;
  readonly over: StageSlots["overSelf"] | undefined;
}

/** The own picture, mirrored on this screen only, without sound. */
export function SelfTile({ call, selfId, seat, over }: SelfTileProps): JSX.Element {
  const { common } = useWords();
  const { name } = call.room.self.value;
  const shown = fill(common.selfName, { name });
  const camera = call.media.source("camera").value;
  const microphone = call.media.source("microphone").value.kind === "on" && !call.muted.value;
  const speaking = microphone && call.media.speaking.value;
  const track = camera.kind === "on" ? camera.track : null;
  return (
    <Tile
      seat={seat}
      label={shown}
      class={`self-tile ${hueClass(selfId)}${speaking ? " speaking" : ""}${
        track === null ? " no-camera" : ""
      }`}
      marks={{ "data-self": "" }}
    >
      <Avatar peerId={selfId} name={name} />
      <TrackVideo track={track} label={shown} class="mirrored" />
      {over?.(seat)}
      <Plate
        name={shown}
        microphone={microphone}
        camera={track !== null}
        speaking={speaking}
      />
    </Tile>
  );
}
