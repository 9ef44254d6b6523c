import type { JSX } from "preact";
import type { Seat } from "./arrangement.ts";
import { Icon } from "./Icon.tsx";
import { Tile } from "./Tile.tsx";
import { TrackVideo } from "./TrackVideo.tsx";
import { useWords } from "./words.ts";

/** A shared screen. `of`: the sharer's peer id; `onStop` only on one's own. */
export interface ScreenTileProps {
  readonly of: string;
  readonly label: string;
  readonly track: MediaStreamTrack;
  readonly seat: Seat | undefined;
  readonly onStop?: () => void;
}

/** A shared screen, never cropped; its own tile beside its owner's. */
export function ScreenTile({ of, label, track, seat, onStop }: ScreenTileProps): JSX.Element {
  const { room } = useWords();
  return (
    <Tile seat={seat} label={label} class="screen-tile" marks={{ "data-screen-of": of }}>
      <TrackVideo track={track} label={label} />
      <div class="chips">
        <span class="chip">
          <Icon name="share" size={16} />
          <span class="chip-words">{onStop === undefined ? label : room.youShare}</span>
        </span>
      </div>
      {onStop !== undefined && (
        <button type="button" class="stop-share" onClick={onStop}>{room.stopSharing}</button>
      )}
    </Tile>
  );
}
