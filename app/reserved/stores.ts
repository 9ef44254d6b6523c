/** The store of each call, for the views of owners. */
import { type Signal, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Call } from "../call/mod.ts";
import { wantExtra } from "../extras/views.ts";
import type { PowersStore } from "./mod.ts";

const stores = new WeakMap<Call, Signal<PowersStore | undefined>>();

function storeOf(call: Call): Signal<PowersStore | undefined> {
  const known = stores.get(call) ?? signal<PowersStore | undefined>(undefined);
  stores.set(call, known);
  return known;
}

/** The store of a call is there. */
export function keepStore(call: Call, store: PowersStore): void {
  storeOf(call).value = store;
}

/** The store of a call; loads it, because its owner may need it. */
export function usePowers(call: Call): PowersStore | undefined {
  useEffect(() => wantExtra(call, "powers"), [call]);
  return storeOf(call).value;
}
