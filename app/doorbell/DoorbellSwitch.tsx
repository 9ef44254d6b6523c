import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useBase } from "../ui/base.ts";
import { Switch } from "../ui/Switch.tsx";
import { useModule } from "../ui/use_module.ts";
import { useWords } from "../ui/words.ts";
import { doorbellWordsOf } from "../ui/words/late/doorbell.ts";
import { browserBell } from "./browser_bell.ts";
import { loadDoorbell } from "./lazy.ts";
import type { DoorbellState, DoorbellStore } from "./mod.ts";

/** Whether this browser is told who comes; `ownerKey` gives the newest one. */
export function DoorbellSwitch({ room, ownerKey }: {
  room: string;
  ownerKey: () => string | undefined;
}): JSX.Element {
  const words = doorbellWordsOf(useWords());
  const store = useStore(room, ownerKey);
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

function useStore(room: string, ownerKey: () => string | undefined): DoorbellStore | undefined {
  const base = useBase();
  const words = doorbellWordsOf(useWords());
  const module = useModule(loadDoorbell, true);
  const [store, setStore] = useState<DoorbellStore>();
  useEffect(() => {
    if (module === undefined) return;
    const made = new module.DoorbellStore({
      address: `${base}/r/${encodeURIComponent(room)}/doorbell`,
      ownerKey,
      browser: browserBell(base),
      words: words.notice,
    });
    setStore(made);
    void made.look();
  }, [module, room, words]);
  return store;
}

function noteOf(state: DoorbellState, words: ReturnType<typeof doorbellWordsOf>): string {
  if (state.kind === "absent") return words.absent[state.why];
  if (state.kind === "looking" || state.trouble === undefined) return words.note;
  return words.trouble[state.trouble];
}
