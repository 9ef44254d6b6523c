// What every page owes its visitor: the right language, a choice that stays, and little to download.

import type { Page } from "puppeteer-core";
import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  openPeer,
  startServer,
  waitFor,
} from "../rig/mod.ts";

async function gzipBytes(text: string): Promise<number> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(packed).arrayBuffer()).byteLength;
}

/** Language and heading as soon as the heading is in a script the pattern describes. */
async function headingLike(page: Page, pattern: RegExp): Promise<string> {
  return await waitFor(async () => {
    const [lang, heading = ""] = await page.evaluate(() => [
      document.documentElement.lang,
      document.querySelector("h1")?.textContent ?? "",
    ]);
    return pattern.test(heading) ? lang : undefined;
  }, { what: `a heading like ${pattern}` });
}

Deno.test("a page speaks the browser's language until a person chooses, and then that one", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/`);
  await peer.page.setExtraHTTPHeaders({ "accept-language": "zh-CN,zh;q=0.9" });
  await peer.page.reload();
  assertEquals(await headingLike(peer.page, /链接/), "zh-CN");
  assertEquals(await peer.page.$("#words"), null, "the words' carrier goes once it is read");

  await peer.press("English");
  assertEquals(await headingLike(peer.page, /One link/), "en");
  await peer.press(/^(Dark|深色)$/);
  await peer.page.goto(server.room("attic"));
  await headingLike(peer.page, /attic/);
  await waitFor(() => peer.page.$("::-p-text(Your name)"), { what: "the chosen language" });
  const look = await peer.page.evaluate(() => [
    document.documentElement.lang,
    document.documentElement.dataset.theme,
    document.cookie,
  ]);
  assertEquals(look, ["en", "dark", ""]);
  assertEquals(await allComplaints([peer]), []);
});

/** Addresses of `scripts` that those matching `start` import, and so on; not what is loaded when it is used. */
function needed(scripts: ReadonlyMap<string, string>, start: RegExp): Set<string> {
  const found = new Set([...scripts.keys()].filter((address) => start.test(address)));
  for (const address of found) {
    const imports = scripts.get(address)?.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g) ?? [];
    for (const [, path = ""] of imports) found.add(new URL(path, address).href);
  }
  return found;
}

Deno.test("the script that a call waits for is at most 40 kB gzip", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/`);
  const scripts = new Map<string, Promise<string>>();
  peer.page.on("response", (response) => {
    if (response.request().resourceType() === "script") {
      scripts.set(response.url(), response.text());
    }
  });
  await peer.page.setCacheEnabled(false);
  await peer.page.goto(server.room("attic", { name: "Ann", join: "1" }));
  await waitFor(() => peer.page.$("[data-self]"), { what: "the room" });
  const texts = new Map(
    await Promise.all([...scripts].map(async ([url, text]) => [url, await text] as const)),
  );
  const first = [...needed(texts, /boot|RoomIsland/)].map((address) => texts.get(address) ?? "");
  assert(first.length > 2 && !first.includes(""), "the scripts were seen");
  const sizes = await Promise.all(first.map(gzipBytes));
  assertLessOrEqual(sizes.reduce((sum, size) => sum + size, 0), 40_000);
});

Deno.test("leaving the page leaves the room at once", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "attic", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "attic", name: "Bob" });
  await waitFor(() => ann.page.$("[data-peer-id]"), { what: "Bob's tile" });
  await bob.page.goto("about:blank");
  // "left" and not "lost": an unexplained loss would first get its grace.
  await waitFor(async () => (await ann.chat()).includes("Bob left"), { what: "Bob to have left" });
  assertEquals(await ann.page.$("[data-peer-id]"), null);
});
