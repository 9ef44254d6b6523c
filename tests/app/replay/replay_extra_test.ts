import type { Call } from "../../../app/call/mod.ts";
import { openReplay } from "../../../app/replay/extra.tsx";
import { openReplays } from "../../../app/replay/replay_store.ts";
import { assertEquals } from "../../assert.ts";

Deno.test("a browser that cannot encode voices closes the channels of those who ask for them", () => {
  let closed = 0;
  // It looks at nothing of its call. Deno is such a browser.
  const call: Call = Object.create(null);
  const extra = openReplay(call, (output) => openReplays(call, output));
  const raw = { channel: { close: () => closed++ } };
  extra.handle?.(Object.assign(Object.create(null), { type: "channel", peerId: "bob", raw }));
  assertEquals(closed, 1);
  extra.close();
});
