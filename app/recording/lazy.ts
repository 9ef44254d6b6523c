/** What recording loads late: nothing of it is in a call that nobody records. */
import { lateImport } from "../../mesh/mod.ts";
import type { Call } from "../call/mod.ts";
import type { ExtraModule } from "../extras/views.ts";

/** With the first recording that is asked for, or that a former page has left. */
export const loadRecording = () => lateImport(loadOnce);

async function loadOnce(): Promise<ExtraModule> {
  const [{ makeExtra }, { openRecordings }] = await Promise.all([
    import("./extra.tsx"),
    import("./recording_store.ts"),
  ]);
  return { open: (call: Call) => makeExtra(call, openRecordings) };
}
