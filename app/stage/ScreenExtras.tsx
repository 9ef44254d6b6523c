import type { JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { ActualSize } from "./ActualSize.tsx";
import { Icon } from "../ui/Icon.tsx";
import { OwnShare } from "../talk/views.ts";
import { TileKeys } from "./TileKeys.tsx";
import { viewOf } from "./view_store.ts";

/** `own`: the track of the person's own screen; `of` is the sharer's peer id. */
export interface ScreenExtrasProps {
  readonly call: Call;
  readonly of: string;
  readonly label: string;
  readonly own: MediaStreamTrack | undefined;
}

/** Everything over a shared screen. */
export function ScreenExtras({ call, of, label, own }: ScreenExtrasProps): JSX.Element {
  const tile = `screen-${of}`;
  const keys = <TileKeys call={call} tile={tile} name={label} />;
  return (
    <>
      {viewOf(call).isActualSize(tile) && <ActualSize label={label} />}
      {own !== undefined ? <OwnShare call={call} track={own} keys={keys} /> : (
        <div class="chips">
          <span class="chip">
            <Icon name="share" size={16} />
            <span class="chip-words">{label}</span>
          </span>
          {keys}
        </div>
      )}
    </>
  );
}
