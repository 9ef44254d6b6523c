// Any interface of the browser may fail at any call: the pages come to life all the same, and so
// does the call.

import { assertEquals } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { isLong } from "../seeds.ts";
import { breakBrowser, failures, together } from "./throwing_page.ts";

const room = "tea";
/** Each run breaks every sixth interface alone, and `deno task test:long` all of them. */
const slices = 6;
const slice = Math.floor(Math.random() * slices);

/**
 * Everything that went wrong unseen in the page; what a refused interface says in the console is
 * the browser's.
 */
function uncaught({ complaints }: Peer): string[] {
  return complaints.filter(({ kind }) => kind === "exception").map(({ text }) => text);
}

async function talk(ann: Peer, bob: Peer, word: string): Promise<void> {
  await waitForTiles([ann, bob], 1);
  await waitFor(async () => (await ann.media()).every(({ link }) => link === "connected"), {
    what: "the link",
  });
  await ann.say(`line ${word}-ann`);
  await waitFor(async () => (await bob.chat()).includes(`line ${word}-ann`), {
    what: "Ann's line",
  });
  await bob.say(`line ${word}-bob`);
  await waitFor(async () => (await ann.chat()).includes(`line ${word}-bob`), {
    what: "Bob's line",
  });
}

/**
 * Home, the page before joining, a call of two with chat; where `whole`, also panels, the way out
 * and back in.
 */
async function visit(
  { browser, server, bob, names, whole }: {
    browser: LaunchedBrowser;
    server: RunningServer;
    bob: Peer;
    names: readonly string[];
    whole: boolean;
  },
): Promise<void> {
  const word = names.join("-").replace(/\W+/g, "-").slice(0, 40);
  await using ann = await openPeer(browser, `${server.url}/healthz`);
  const { page } = ann;
  await page.evaluateOnNewDocument(breakBrowser, names.flatMap((name) => failures[name] ?? []));
  await page.goto(`${server.url}/`);
  await ann.press("Dark");
  await waitForValue(() => page.evaluate(() => document.documentElement.dataset.theme), "dark", {
    what: "the home page to act",
  });
  await page.goto(server.room(room, { camera: "0" }));
  const field = await waitFor(() => page.$('input[name="name"]'), { what: "the name" });
  await field.type("Ann");
  await ann.press(/^Join|^Just listen|^Listen/);
  await talk(ann, bob, `${word}-1`);
  if (whole) {
    await ann.press(/^(Mute|Unmute)$/);
    await ann.press("People");
    await ann.press(/^Invite/);
    await ann.press(/^Copy/);
    await ann.press("Leave");
    await waitFor(() => page.$("::-p-text(You left)"), { what: "the last page" });
    await ann.press("Rejoin");
    await talk(ann, bob, `${word}-2`);
  }
  await ann.press("Leave");
  await waitForTiles([bob], 0);
  assertEquals(uncaught(ann), []);
}

for (const [name, launch] of [["chromium", launchChromium], ["firefox", launchFirefox]] as const) {
  Deno.test(`${name}: pages and a call of two go on, whichever interface of the browser fails`, async (t) => {
    await using server = await startServer();
    await using browser = await launch();
    await using bob = await joinByLink(browser, { server, room, name: "Bob", camera: false });
    // Firefox takes its time; what it does with one that fails alone is shown by storage.
    const all = Object.keys(failures);
    const some = name === "chromium" ? all : all.filter((it) => /torage|Item/.test(it));
    const alone = some.filter((_, index) => isLong || index % slices === slice);
    for (const names of [...together, ...alone.map((it) => [it])]) {
      const title = names.length > 1 ? `${names.length} together, as ${names[0]}` : names[0] ?? "";
      const whole = names.length > 1 || /torage|Item|locks/.test(title);
      await t.step(title, () => visit({ browser, server, bob, names, whole }));
    }
  });
}
