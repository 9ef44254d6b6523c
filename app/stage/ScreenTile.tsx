import type { JSX } from "preact";
import type { Seat } from "./arrangement.ts";
import type { StageSlots } from "./slots.ts";
import { Tile } from "./Tile.tsx";
import { TrackVideo } from "../ui/TrackVideo.tsx";
import { fill } from "../ui/phrases.ts";
import { useWords } from "../ui/words.ts";

/** A shared screen. `of`: the sharer's peer id; `name`: theirs, undefined for the own screen. */
export interface ScreenTileProps {
  readonly of: string;
  readonly name: string | undefined;
  readonly track: MediaStreamTrack;
  readonly seat: Seat | undefined;
  readonly over: StageSlots["overScreen"] | undefined;
}

/** A shared screen, never cropped, in a separate tile beside its owner's. */
export function ScreenTile({ of, name, track, seat, over }: ScreenTileProps): JSX.Element {
  const { room } = useWords();
  const label = name === undefined ? room.yourScreen : fill(room.screenOf, { name });
  return (
    <Tile seat={seat} label={label} class="screen-tile" marks={{ "data-screen-of": of }}>
      <TrackVideo track={track} label={label} />
      {over?.({ of, label, own: name === undefined ? track : undefined })}
    </Tile>
  );
}
