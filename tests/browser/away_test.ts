// The page for no network: it keeps the whole address, and the page comes back by itself.

import { assertEquals } from "../assert.ts";
import {
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openProfilePeer,
  type Peer,
  startRestartable,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";

const query = { name: "Ann", join: "1", camera: "0", microphone: "0" };
const fragment = "#invite=a.b";

/** Text of the heading that shows. */
function heading({ page }: Peer): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("h1")].find((h1) => h1.offsetParent !== null)
      ?.innerText ?? ""
  );
}

/** Opens the home page and waits until its worker has what it needs without a network. */
async function openKept(browser: LaunchedBrowser, url: string): Promise<Peer> {
  const peer = await openProfilePeer(browser, url);
  await waitFor(
    () =>
      peer.page.evaluate(async () => {
        const worker = (await navigator.serviceWorker.getRegistration())?.active?.state;
        const kept = await (await caches.open("parley away")).keys();
        return worker === "activated" && navigator.serviceWorker.controller && kept.length >= 5;
      }),
    { what: "the worker to be ready" },
  );
  return peer;
}

/** The invite that the browser keeps for the room. */
async function invite({ page }: Peer): Promise<unknown> {
  const rooms = await page.evaluate(() => localStorage.getItem("parley.keys"));
  return new Map<string, { invite?: unknown }>(JSON.parse(rooms ?? "[]")).get("tea")?.invite;
}

function address({ page }: Peer): Promise<string> {
  return page.evaluate(() => location.pathname + location.search + location.hash);
}

const browsers = { Chromium: launchChromium, Firefox: launchFirefox };

for (const [name, launch] of Object.entries(browsers)) {
  for (const base of ["", "/talk"]) {
    Deno.test(`${name} says that the server is away, keeps the address, and comes back by itself${base && ", below a base path"}`, async () => {
      await using server = await startRestartable({ args: base ? ["--base-path", base] : [] });
      await using browser = await launch();
      await using ann = await openKept(browser, `${server.current.url}/`);
      const { page } = ann;
      const wanted = `${base}/r/tea?${new URLSearchParams(query)}${fragment}`;
      await server.current.stop();
      await page.goto(server.current.room("tea", query) + fragment);
      await waitForValue(() => heading(ann), "Parley cannot be reached", { what: "its words" });
      assertEquals(await address(ann), wanted);

      const loadedAt = () => page.evaluate(() => performance.timeOrigin);
      const before = await loadedAt();
      await ann.press("Try again");
      await waitFor(async () => await loadedAt() !== before, { what: "another try" });
      await waitForValue(() => heading(ann), "Parley cannot be reached", { what: "its words" });
      assertEquals(await address(ann), wanted, "nothing of the address is lost");

      await server.startAgain();
      await waitFor(() => page.$("[data-self]"), { what: "the room, without anybody's doing" });
      assertEquals(await invite(ann), "a.b", "the invite came along");
      assertEquals(await page.evaluate(() => location.hash), "");
    });
  }
}

Deno.test("another link to the same room is tried from the page for no network", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await openKept(chromium, `${server.current.url}/`);
  const { page } = ann;
  await server.current.stop();
  await page.goto(server.current.room("tea", query));
  await waitForValue(() => heading(ann), "Parley cannot be reached", { what: "its words" });
  await page.evaluate((fragment) => void (location.hash = fragment), fragment);
  await server.startAgain();
  await waitForValue(() => invite(ann), "a.b", { what: "the invite to be taken" });
});

Deno.test("the page for no network loads nothing anew where it is looked at under its own address", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  await using ann = await openProfilePeer(chromium, `${server.current.url}/away.html`);
  await ann.page.evaluate(() => {
    dispatchEvent(new Event("online"));
    document.dispatchEvent(new Event("visibilitychange"));
    Reflect.set(globalThis, "stays", true);
  });
  await waitForValue(() => heading(ann), "Parley cannot be reached", { what: "its words" });
  assertEquals(await ann.page.evaluate(() => Reflect.get(globalThis, "stays")), true);
});
