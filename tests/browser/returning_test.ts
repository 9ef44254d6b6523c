// Every way back into a room: the others hear and see as much as the moment before, never for a
// moment more, and the page says so. Measured at the other person.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  type Peer,
  type RunningServer,
  shows,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";
import {
  becomes,
  callOfTwo,
  dark,
  expectGiven,
  live,
  marks,
  muted,
  words,
  writes,
} from "./given.ts";

async function leaveAndRejoin(ann: Peer): Promise<void> {
  await ann.press("Leave");
  await ann.press("Rejoin");
}

async function crash({ page }: Peer): Promise<void> {
  const url = page.url();
  const died = new Promise((resolve) => page.once("error", resolve));
  const session = await page.createCDPSession();
  session.send("Page.crash").catch(() => {});
  await died;
  await page.goto(url);
}

/**
 * To another page and back; a page that the browser kept says that one has left, and one comes in
 * from there.
 */
async function goAndComeBack(ann: Peer, server: RunningServer): Promise<void> {
  const { page } = ann;
  await page.evaluate(() => Reflect.set(globalThis, "kept", true));
  await page.goto(`${server.url}/`);
  await page.goBack();
  const { kept } = await waitFor(
    () =>
      page.evaluate(() =>
        location.pathname.startsWith("/r/")
          ? { kept: Reflect.get(globalThis, "kept") === true }
          : undefined
      ),
    { what: "the room's page" },
  );
  if (kept) await ann.press("Rejoin");
}

const ways: [way: string, come: (ann: Peer, server: RunningServer) => Promise<unknown>][] = [
  ["leaves and rejoins", leaveAndRejoin],
  ["loads the page anew", (ann) => ann.page.reload()],
  ["comes back after a crash", crash],
  ["goes to another page and back", goAndComeBack],
  ["opens the link again", (ann) => ann.page.goto(ann.page.url())],
];

for (const [way, come] of ways) {
  Deno.test(`a person who ${way} is as silent and dark as before, and is told so`, async () => {
    await using stack = new AsyncDisposableStack();
    const { server, ann, bob } = await callOfTwo(stack);
    for (const given of [muted, dark, writes, live]) {
      await becomes(ann, given);
      await waitForValue(() => marks(bob, "Ann"), given, { what: "it to arrive" });
      await come(ann, server);
      await expectGiven(bob, { person: ann, name: "Ann", given });
      await waitFor(() => shows(ann, words.get(given) ?? ""), { what: words.get(given) ?? "" });
    }
    assertEquals(await allComplaints([bob]), []);
  });
}
