/** What a call loads of replays. */
import type { ExtraModule } from "../extras/views.ts";

/** Once a call has lasted a while: a voice must be kept before anybody has missed it. */
export async function loadReplay(): Promise<ExtraModule> {
  const [{ openReplays }, { openReplay }] = await Promise.all([
    import("./replay_store.ts"),
    import("./extra.tsx"),
  ]);
  return { open: (call) => openReplay(call, (output) => openReplays(call, output)) };
}
