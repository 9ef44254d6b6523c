import type { JSX } from "preact";
import type { Call } from "../mod.ts";
import type { Seat } from "./arrangement.ts";
import type { LaterParts } from "../ui/later.ts";
import { Tile } from "./Tile.tsx";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A shared screen. `of`: the sharer's peer id; `name`: theirs, undefined for one's own. */
export interface ScreenTileProps {
  readonly call: Call;
  readonly of: string;
  readonly name: string | undefined;
  readonly track: MediaStreamTrack;
  readonly seat: Seat | undefined;
  readonly parts: LaterParts | undefined;
}

/** A shared screen, never cropped; its own tile beside its owner's. */
export function ScreenTile({ call, of, name, track, seat, parts }: ScreenTileProps): JSX.Element {
  const { room } = useWords();
  const label = name === undefined ? room.yourScreen : fill(room.screenOf, { name });
  return (
    <Tile seat={seat} label={label} class="screen-tile" marks={{ "data-screen-of": of }}>
      <TrackVideo track={track} label={label} />
      {parts && (
        <parts.ScreenExtras
          call={call}
          of={of}
          label={label}
          own={name === undefined ? track : undefined}
        />
      )}
    </Tile>
  );
}
