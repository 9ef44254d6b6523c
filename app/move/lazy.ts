/** What moving the call loads late, with the first press of its key. */
import { lateImport, sealsHere } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import type { ExtraModule } from "../extras/views.ts";

/** With the first press. */
export async function loadMove(): Promise<ExtraModule> {
  const [{ makeExtra }, { MoveStore }, { makeOffer, shownCode }] = await Promise.all([
    lateImport(() => import("./extra.tsx")),
    lateImport(() => import("./move_store.ts")),
    lateImport(() => import("../../mesh/move/mod.ts")),
  ]);
  const seals = sealsHere();
  return {
    open: (call: Call) =>
      makeExtra(call, {
        openStore: (facts) => new MoveStore({ ...facts, call, makeOffer, seals }),
        shownCode,
      }),
  };
}
