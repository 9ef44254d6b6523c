import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useBase } from "../ui/base.ts";
import { Switch } from "../ui/Switch.tsx";
import { useWords } from "../ui/words.ts";
import { doorbellWordsOf } from "../ui/words/late/doorbell.ts";
import { browserBell } from "./browser_bell.ts";
import type { DoorbellState, DoorbellStore } from "./mod.ts";

/** What the settings of a room give. `ownerKey`: the newest one. */
export interface DoorbellSwitchProps {
  readonly room: string;
  readonly ownerKey: () => string | undefined;
}

/** The module of the store. */
type StoreModule = typeof import("./doorbell_store.ts");

/** Whether this browser is told who comes. */
export function DoorbellSwitch({ module, ...props }: DoorbellSwitchProps & {
  module: StoreModule;
}): JSX.Element {
  const words = doorbellWordsOf(useWords());
  const store = useStore(module, props);
  const state: DoorbellState = store?.state.value ?? { kind: "looking" };
  return (
    <Switch
      label={words.label}
      note={noteOf(state, words)}
      checked={state.kind === "on"}
      disabled={state.kind === "looking" || state.kind === "absent" || state.isBusy}
      onSwitch={(on) => void store?.set(on)}
    />
  );
}

function useStore(
  module: StoreModule,
  { room, ownerKey }: DoorbellSwitchProps,
): DoorbellStore | undefined {
  const base = useBase();
  const words = doorbellWordsOf(useWords());
  const [store, setStore] = useState<DoorbellStore>();
  useEffect(() => {
    const made = new module.DoorbellStore({
      address: `${base}/r/${encodeURIComponent(room)}/doorbell`,
      ownerKey,
      browser: browserBell(base),
      words: words.notice,
    });
    setStore(made);
    void made.look();
  }, [room, words]);
  return store;
}

function noteOf(state: DoorbellState, words: ReturnType<typeof doorbellWordsOf>): string {
  if (state.kind === "absent") return words.absent[state.why];
  if (state.kind === "looking" || state.trouble === undefined) return words.note;
  return words.trouble[state.trouble];
}
