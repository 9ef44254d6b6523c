// The server is killed and started again in the middle of a call, and nobody in the call may notice.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  chatLines,
  joinByLink,
  launchChromium,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForFrames,
  waitForFullMesh,
  waitForValue,
} from "../rig/mod.ts";

const kills = 3;

/** Everything about links and tiles that must not change: states seen, connections made, tiles shown. */
async function callOf(peer: Peer): Promise<unknown> {
  const tiles = await peer.page.$$eval(
    "[data-peer-id]",
    (found) =>
      found.map((tile) => {
        // The first look marks the element; a tile that was drawn anew has no mark.
        const seen = tile.hasAttribute("data-test-seen");
        tile.setAttribute("data-test-seen", "");
        return {
          peerId: tile.getAttribute("data-peer-id"),
          link: tile.getAttribute("data-link"),
          seen,
        };
      }),
  );
  const states = (await peer.states()).map((log) =>
    log.map(({ kind, state }) => `${kind} ${state}`)
  );
  return { tiles, states };
}

async function kill(server: RunningServer): Promise<void> {
  server.child.kill("SIGKILL");
  await server.child.status;
}

async function waitForBanner(peers: Peer[], shown: boolean): Promise<void> {
  const words = "Reconnecting… your call goes on";
  await Promise.all(peers.map((peer) =>
    waitForValue(
      () =>
        peer.page.$$eval(
          "[role=status], [role=alert]",
          (found, words) =>
            found.some((each) =>
              (each.textContent ?? "").includes(words) && each.checkVisibility()
            ),
          words,
        ),
      shown,
      { what: `the banner to be ${shown ? "there" : "gone"}` },
    )
  ));
}

async function peersOf(server: RunningServer): Promise<number> {
  return (await (await fetch(`${server.url}/healthz`)).json()).peers;
}

Deno.test(`a call of three does not notice that the server is killed ${kills} times`, async () => {
  let server = await startServer();
  const { port } = new URL(server.url);
  await using chromium = await launchChromium();
  const join = (name: string) => joinByLink(chromium, { server, room: "kept", name });
  await using ann = await join("Ann");
  await using bob = await join("Bob");
  await using cem = await join("Cem");
  const all = [ann, bob, cem];
  await waitForFullMesh(all);
  await Promise.all(all.map(callOf));
  const before = await Promise.all(all.map(callOf));

  for (let round = 0; round < kills; round++) {
    await kill(server);
    await waitForBanner(all, true);
    const frames = await Promise.all(all.map((peer) => peer.media()));
    for (const [index, peer] of all.entries()) await peer.say(`line ${round}-${index}`);
    await Promise.all(all.map((peer, index) => waitForFrames(peer, frames[index] ?? [])));
    server = await startServer({ args: ["--port", port] });
    await waitForValue(() => peersOf(server), 3, { what: "all three to be back" });
    await waitForBanner(all, false);
    await Promise.all(
      all.map((peer) =>
        waitFor(async () => (await chatLines(peer)).length >= 3 * (round + 1), {
          what: `the lines of round ${round}`,
        })
      ),
    );
  }

  const logs = await Promise.all(all.map(chatLines));
  for (const log of logs) assertEquals(log, logs[0] ?? []);
  assertEquals(new Set(logs[0]).size, 3 * kills, "each line");
  assertEquals(logs[0]?.length, 3 * kills, "each line once");
  const after = await Promise.all(all.map(callOf));
  assertEquals(after, before, "no offer, no state change, no tile drawn anew");
  await waitForFrames(ann, await ann.media());
  const complaints = (await allComplaints(all))
    // The browser itself reports each try to reach a server that is away.
    .filter((text) => !/WebSocket connection to|ERR_CONNECTION_REFUSED/.test(text));
  assertEquals(complaints, []);
  assert((await server.stop()).code === 0);
});
