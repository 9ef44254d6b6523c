/** What is loaded with the first word about one person or the times of the room, or by an owner. */
import { lateImport } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import type { ExtraModule } from "../extras/views.ts";

/** Loads what owners do to single people. */
export async function loadPowers(): Promise<ExtraModule> {
  const [{ makeExtra }, { PowersStore }] = await Promise.all([
    lateImport(() => import("./extra.tsx")),
    lateImport(() => import("./powers_store.ts")),
  ]);
  return {
    open: (call: Call) => makeExtra(call, (facts) => new PowersStore({ ...facts, call })),
  };
}
