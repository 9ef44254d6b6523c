import type { ComponentChildren, JSX } from "preact";
import type { Seat } from "./arrangement.ts";
import { Icon } from "./Icon.tsx";
import { Tile } from "./Tile.tsx";
import { TrackVideo } from "./TrackVideo.tsx";

/** A shared screen. `of`: the sharer's peer id; `own`: what lies over one's own. */
export interface ScreenTileProps {
  readonly of: string;
  readonly label: string;
  readonly track: MediaStreamTrack;
  readonly seat: Seat | undefined;
  readonly own?: ComponentChildren;
}

/** A shared screen, never cropped; its own tile beside its owner's. */
export function ScreenTile({ of, label, track, seat, own }: ScreenTileProps): JSX.Element {
  return (
    <Tile seat={seat} label={label} class="screen-tile" marks={{ "data-screen-of": of }}>
      <TrackVideo track={track} label={label} />
      {own ?? (
        <div class="chips">
          <span class="chip">
            <Icon name="share" size={16} />
            <span class="chip-words">{label}</span>
          </span>
        </div>
      )}
    </Tile>
  );
}
