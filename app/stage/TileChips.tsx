/** The upper right corner of a tile: exceptions, and the menu key. */
import type { JSX } from "preact";
import type { LinkReport } from "../../protocol/mod.ts";
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";
import { FlipKey } from "../devices/views.ts";
import { HandChip } from "../talk/views.ts";
import { Icon } from "../ui/Icon.tsx";
import { InsetGrip } from "./InsetGrip.tsx";
import { useModule } from "../ui/use_module.ts";
import { loadScreenExtras } from "./lazy.ts";
import { PathChip } from "../links/views.ts";
import { fill } from "../ui/phrases.ts";
import type { ScreenExtrasProps } from "./ScreenExtras.tsx";
import { TileKeys } from "./TileKeys.tsx";
import { viewOf } from "./view_store.ts";
import { useWords } from "../ui/words.ts";

/** The chips of another person's tile. */
export function PeerChips({ call, view, report }: {
  call: Call;
  view: PeerView;
  report: LinkReport | undefined;
}): JSX.Element {
  const words = useWords();
  const { name, away, state } = view.peer.value;
  const gone = fill(words.link.away, { name });
  const { silent, volume } = viewOf(call).loudnessOf(view.peerId);
  return (
    <div class="chips">
      {away && (
        <span class="chip chip-warn" title={gone}>
          <Icon name="clock" size={16} />
          <span class="unseen">{gone}</span>
        </span>
      )}
      <PathChip link={view.link.value} report={report} />
      {(silent || volume === 0) && (
        <span class="chip" title={words.stage.silenced}>
          <Icon name="silent" size={16} />
          <span class="unseen">{words.stage.silenced}</span>
        </span>
      )}
      {state.hand && <HandChip call={call} peerId={view.peerId} />}
      <TileKeys call={call} tile={view.peerId} name={name} />
    </div>
  );
}

/** The chips of the own tile; the inset also has its grip. */
export function SelfChips({ call, selfId, inset }: {
  call: Call;
  selfId: string;
  inset: boolean | undefined;
}): JSX.Element {
  const { common } = useWords();
  const { name, state } = call.room.self.value;
  return (
    <>
      {inset && <InsetGrip call={call} />}
      <div class="chips">
        {state.hand && <HandChip call={call} peerId={selfId} />}
        <FlipKey call={call} class="chip chip-key chip-shy" size={16} />
        <TileKeys call={call} tile="self" name={fill(common.selfName, { name })} />
      </div>
    </>
  );
}

/** Everything over a shared screen. */
export function ScreenExtras(props: ScreenExtrasProps): JSX.Element | null {
  const module = useModule(loadScreenExtras, true);
  return module === undefined ? null : <module.ScreenExtras {...props} />;
}
