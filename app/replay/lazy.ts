/** What a call loads of replays. */
import { lateImport } from "../../mesh/mod.ts";
import type { ExtraModule } from "../extras/views.ts";

/** Once a call has lasted a while: a voice must be kept before anybody has missed it. */
export async function loadReplay(): Promise<ExtraModule> {
  const [{ openReplays }, { openReplay }] = await Promise.all([
    lateImport(() => import("./replay_store.ts")),
    lateImport(() => import("./extra.tsx")),
  ]);
  return { open: (call) => openReplay(call, (output) => openReplays(call, output)) };
}
