// A call of three that must outlive what happens to its servers.

import { assertEquals } from "../assert.ts";
import {
  callShape,
  joinByLink,
  launchChromium,
  lightCamera,
  type Peer,
  type RunningServer,
  waitForChat,
  waitForFullMesh,
} from "../rig/mod.ts";

/** Three people who see, hear and write to each other, and what must not change of their calls. */
export interface KeptCall {
  readonly peers: Peer[];
  readonly before: Awaited<ReturnType<typeof callShape>>[];
}

/** Makes the call in the room "kept"; `stack` ends it. */
export async function keptCall(
  stack: AsyncDisposableStack,
  server: Pick<RunningServer, "room">,
): Promise<KeptCall> {
  const camera = stack.use(await lightCamera());
  const chromium = stack.use(await launchChromium({ flags: camera.flags }));
  const peers: Peer[] = [];
  for (const name of ["Ann", "Bob", "Cem"]) {
    peers.push(stack.use(await joinByLink(chromium, { server, room: "kept", name })));
  }
  await waitForFullMesh(peers);
  await waitForChat(peers);
  const before = await Promise.all(peers.map(callShape));
  assertEquals(before.map(({ connections }) => connections.length), [2, 2, 2]);
  return { peers, before };
}
