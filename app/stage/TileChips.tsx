/** The upper right corner of a tile: exceptions, and the menu key. */
import type { ComponentChildren, JSX } from "preact";
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";
import { Icon } from "../ui/Icon.tsx";
import { InsetGrip } from "./InsetGrip.tsx";
import { fill } from "../ui/phrases.ts";
import { loadMenus, loadScreenExtras } from "./lazy.ts";
import type { ScreenExtrasProps } from "./ScreenExtras.tsx";
import { TileKeys } from "./TileKeys.tsx";
import { useModule } from "../ui/use_module.ts";
import { viewOf } from "./view_store.ts";
import { useWords } from "../ui/words.ts";

/** The chips of another person's tile. `path`, `hand`: the chips of connection and raised hand. */
export function PeerChips({ call, view, path, hand }: {
  call: Call;
  view: PeerView;
  path: ComponentChildren;
  hand: ComponentChildren;
}): JSX.Element {
  const words = useWords();
  const { name, away, dialect, state } = view.peer.value;
  const gone = fill(words.link.away, { name });
  const { silent, volume } = viewOf(call).loudnessOf(view.peerId);
  const unsent = viewOf(call).isUnsent(view.peerId) && (state.camera || dialect === "skyrtc");
  const module = useModule(loadMenus, unsent);
  return (
    <div class="chips">
      {away && (
        <span class="chip chip-warn" title={gone}>
          <Icon name="clock" size={16} />
          <span class="unseen">{gone}</span>
        </span>
      )}
      {path}
      {unsent && module && <module.SoundOnlyChip call={call} view={view} />}
      {(silent || volume === 0) && (
        <span class="chip" title={words.stage.silenced}>
          <Icon name="silent" size={16} />
          <span class="unseen">{words.stage.silenced}</span>
        </span>
      )}
      {hand}
      <TileKeys call={call} tile={view.peerId} name={name} />
    </div>
  );
}

/** The chips of the own tile, `children` before its keys; the inset also has its grip. */
export function SelfChips({ call, inset, children }: {
  call: Call;
  inset: boolean | undefined;
  children: ComponentChildren;
}): JSX.Element {
  const { common } = useWords();
  const { name } = call.room.self.value;
  return (
    <>
      {inset && <InsetGrip call={call} />}
      <div class="chips">
        {children}
        <TileKeys call={call} tile="self" name={fill(common.selfName, { name })} />
      </div>
    </>
  );
}

/** Everything over a shared screen. */
export function ScreenExtras(props: ScreenExtrasProps): JSX.Element {
  const { call, of } = props;
  const module = useModule(loadScreenExtras, true);
  const unsent = viewOf(call).isUnsent(`screen-${of}`);
  const menus = useModule(loadMenus, unsent);
  return (
    <>
      {unsent && menus && <menus.SoundOnlyScreen call={call} of={of} />}
      {module && <module.ScreenExtras {...props} />}
    </>
  );
}
