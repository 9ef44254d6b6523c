import type { ComponentChildren, JSX } from "preact";
import type { Call } from "../call/mod.ts";
import { ActualSize } from "./ActualSize.tsx";
import { Icon } from "../ui/Icon.tsx";
import { TileKeys } from "./TileKeys.tsx";
import { viewOf } from "./view_store.ts";

/**
 * `of`: the sharer's peer id. `own`: what the own screen has in place of its name, around the keys
 * that every tile has.
 */
export interface ScreenExtrasProps {
  readonly call: Call;
  readonly of: string;
  readonly label: string;
  readonly own: ((keys: JSX.Element) => ComponentChildren) | undefined;
}

/** Everything over a shared screen. */
export function ScreenExtras({ call, of, label, own }: ScreenExtrasProps): JSX.Element {
  const tile = `screen-${of}`;
  const keys = <TileKeys call={call} tile={tile} name={label} />;
  return (
    <>
      {viewOf(call).isActualSize(tile) && <ActualSize label={label} />}
      {own?.(keys) ?? (
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
