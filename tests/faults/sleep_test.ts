// A laptop that sleeps: every process of its browser stands still, the network hears nothing of it.

import { assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  joinByLink,
  lasting,
  launchChromium,
  lightCamera,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForOutage,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";

/** Long enough for the server to give up the socket (20 s) and the seat (15 s). */
const sleepMs = 45_000;
/** From waking to being in the call again. */
const backMost = 15_000;

/** A process and all that descend from any of its threads. */
async function familyOf(pid: number): Promise<number[]> {
  const threads = await Array.fromAsync(Deno.readDir(`/proc/${pid}/task`));
  const lists = await Promise.all(
    threads.map(({ name }) =>
      Deno.readTextFile(`/proc/${pid}/task/${name}/children`).catch(() => "")
    ),
  );
  const children = lists.flatMap((list) => list.split(" ").filter(Boolean));
  const families = await Promise.all(children.map((child) => familyOf(Number(child))));
  return [pid, ...families.flat()];
}

Deno.test({
  name: "a laptop that slept comes back as one person, the same as before",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    await using server = await startServer();
    await using camera = await lightCamera();
    await using awake = await launchChromium({ flags: camera.flags });
    await using laptop = await launchChromium({ flags: camera.flags });
    await using ann = await joinByLink(awake, { server, room: "sleep", name: "Ann" });
    await using bob = await joinByLink(laptop, { server, room: "sleep", name: "Bob" });
    await waitForFullMesh([ann, bob]);
    const ids = async () => (await ann.media()).map(({ peerId }) => peerId);
    const before = await ids();

    const processes = await familyOf(laptop.browser.process()?.pid ?? 0);
    const wake = () => processes.forEach((pid) => Deno.kill(pid, "SIGCONT"));
    processes.forEach((pid) => Deno.kill(pid, "SIGSTOP"));
    // Whatever fails, nobody could end a browser that stands still.
    using _waking = { [Symbol.dispose]: wake };
    const asleep = performance.now();
    await waitForValue(async () => (await ids()).length, 0, {
      what: "Bob's seat to be given up",
      timeout: 40_000,
    });
    console.log(`sleep: gone after ${Math.round((performance.now() - asleep) / 1000)} s`);
    await lasting(Math.max(0, sleepMs - (performance.now() - asleep)));
    wake();
    const woken = performance.now();

    await waitForTiles([ann], 1);
    await waitFor(async () => {
      const [tile] = await ann.media();
      return tile?.link === "connected" && tile.framesDecoded > 0;
    }, { what: "Bob's picture at Ann's", timeout: 20_000 });
    const back = performance.now() - woken;
    console.log(`sleep: back ${Math.round(back)} ms after waking`);
    assertLessOrEqual(back, backMost);
    await waitForFullMesh([ann, bob]);
    await waitForOutage([bob], { said: false });
    assertEquals(await ids(), before);
  },
});
