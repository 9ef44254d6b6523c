// Parley below a path of its site, in a real browser: from the home page into a call and out again.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  openPeer,
  openProfilePeer,
  startRestartable,
  waitFor,
  waitForFullMesh,
  waitForValue,
} from "../rig/mod.ts";

Deno.test("below a base path: start a room, be called, leave, and come home", async () => {
  await using server = await startRestartable({ args: ["--base-path", "/talk"] });
  await using chromium = await launchChromium();
  await using ann = await openProfilePeer(chromium, `${server.current.url}/`);
  const { page } = ann;
  const path = () => page.evaluate(() => location.pathname);
  await ann.press(/^Start/);
  await waitForValue(async () => /^\/talk\/r\/[\w-]+$/.test(await path()), true, {
    what: "the new room's page",
  });
  const room = (await path()).split("/").at(-1) ?? "";
  await ann.press(/^Join/);
  const [, keys] = await page.evaluate(() =>
    JSON.parse(localStorage.getItem("parley.keys") ?? "[[]]")[0]
  );
  const link = server.current.room(room, { name: "Bob", join: "1" });
  await using bob = await openPeer(chromium, `${link}#k=${keys.secret}`);
  await waitForFullMesh([ann, bob]);
  const scope = await waitFor(
    () => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.scope),
    { what: "the service worker" },
  );
  assertEquals(new URL(scope).pathname, "/talk/");
  await page.evaluate(async () => void await navigator.serviceWorker.ready);
  await bob.press("Leave");
  await ann.press("Leave");
  await waitFor(() => page.$(".to-start"), { what: "the page after leaving" });
  await page.click(".to-start");
  await waitForValue(path, "/talk/", { what: "the home page" });
  assertEquals(await allComplaints([ann, bob]), []);

  const away = () => page.evaluate(async () => (await caches.match("/talk/away.html"))?.text());
  const kept = await waitFor(away, { what: "the page for no network to be kept" });
  assertEquals([...kept.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, address]) => address), [
    "/talk/boot.js",
    "/talk/away.js",
    "/talk/favicon.svg",
    "/talk/styles.css",
    "/talk/",
    "/talk/favicon.svg",
  ]);
  await server.current.stop();
  await page.goto(`${server.current.url}/r/${room}`);
  await waitForValue(
    () => page.evaluate(() => document.querySelector(":not([hidden]) > h1")?.textContent),
    "Parley cannot be reached",
    { what: "the page for no network" },
  );
});
