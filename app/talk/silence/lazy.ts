/** What a silent microphone loads. Apart from what the page of a room finds in ../lazy.ts. */
import { lateImport } from "../../../mesh/mod.ts";

/** When nothing has come from the own microphone for a while: finds out why, and tells it. */
export async function loadSilence() {
  const [view, store] = await Promise.all([
    lateImport(() => import("./SilentMicrophone.tsx")),
    lateImport(() => import("./silence_store.ts")),
  ]);
  return { ...view, ...store };
}
