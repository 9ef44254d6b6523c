/** What captions load late: nothing of them is in a call in which nobody wants any. */
import { lateImport } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import type { ExtraModule } from "../extras/views.ts";

/** With the first person who wants captions. */
export async function loadCaptions(): Promise<ExtraModule> {
  const [{ makeExtra }, { CaptionsStore }, { browserRecogniser }] = await Promise.all([
    lateImport(() => import("./extra.tsx")),
    lateImport(() => import("./captions_store.ts")),
    lateImport(() => import("./recogniser.ts")),
  ]);
  return {
    open: (call: Call) =>
      makeExtra(
        call,
        (facts) => new CaptionsStore({ ...facts, call, recogniser: browserRecogniser() }),
      ),
  };
}
