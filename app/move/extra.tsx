/** Moving the call as a part of it that is loaded with the first press. */
import { signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { Extra } from "../extras/views.ts";
import type { MovePageFacts, MoveStore } from "./mod.ts";
import { MovedPage } from "./MovedPage.tsx";
import { MoveDialog } from "./MoveDialog.tsx";

/** Opens the moves of a call. */
export function makeExtra(call: Call, { openStore, shownCode }: {
  openStore: (facts: MovePageFacts) => MoveStore;
  shownCode: (code: string) => string;
}): Extra {
  const store = openStore({
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    signal,
  });
  return {
    View: () =>
      store.state.value.kind === "closed"
        ? null
        : <MoveDialog call={call} store={store} shownCode={shownCode} />,
    left: (reason) =>
      reason !== "replaced" || store.back.value === undefined
        ? undefined
        : <MovedPage onBack={() => call.rejoin({ resume: store.back.value })} />,
    press: () => void store.open(),
    close: () => store.close(),
  };
}
