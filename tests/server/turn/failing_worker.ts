// The worker of the relay, which fails when it is told to revoke one of these.

import type { TurnCommand } from "../../../server/turn/turn_messages.ts";
import "../../../server/turn/worker.ts";

addEventListener("message", ({ data }: MessageEvent<TurnCommand>) => {
  if (data.kind !== "revoke") return;
  if (data.peerId === "throw") throw new Error("as the test wants it");
  if (data.peerId === "reject") void Promise.reject(new Error("as the test wants it"));
  if (data.peerId === "hang") {
    for (;;);
  }
});
