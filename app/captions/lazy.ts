/** What captions load late: nothing of them is in a call in which nobody wants any. */
import { lateImport } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import type { ExtraModule } from "../extras/views.ts";

/** With the first person who wants captions. */
export const loadCaptions = () => lateImport(loadOnce);

async function loadOnce(): Promise<ExtraModule> {
  const [{ makeExtra }, { CaptionsStore }, { browserRecogniser }] = await Promise.all([
    import("./extra.tsx"),
    import("./captions_store.ts"),
    import("./recogniser.ts"),
  ]);
  return {
    open: (call: Call) =>
      makeExtra(
        call,
        (facts) => new CaptionsStore({ ...facts, call, recogniser: browserRecogniser() }),
      ),
  };
}
