/** What owners do to single people, as a part of the call that is loaded with the first of it. */
import { effect, signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import type { Extra } from "../extras/views.ts";
import { LastLine } from "./LastLine.tsx";
import type { PowersStore } from "./mod.ts";
import type { PowersOptions } from "./powers_store.ts";
import { PowersView } from "./PowersView.tsx";
import { keepStore } from "./stores.ts";

/** Opens it for a call. */
export function makeExtra(
  call: Call,
  openStore: (facts: Omit<PowersOptions, "call">) => PowersStore,
): Extra {
  const store = openStore({
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    signal,
    effect,
  });
  keepStore(call, store);
  return {
    View: () => <PowersView call={call} store={store} />,
    LastLine: (props) => <LastLine store={store} {...props} />,
    receive: (message) => store.receive(message),
    handle: (event) => {
      if (event.type === "topic") store.receiveFrom(event.peerId, event.body);
      else event.raw.channel.close();
    },
    close: () => store.close(),
  };
}
