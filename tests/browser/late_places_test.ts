// What comes late has its place from the start: nobody presses what has just moved away.

import { assert, assertEquals } from "../assert.ts";
import { joinByLink, launchChromium, openPeer, startServer, waitFor } from "../rig/mod.ts";

Deno.test("what comes late before joining moves no key", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using _ann = await joinByLink(chromium, { server, room: "tea", name: "Ann" });
  for (const [width, height] of [[1440, 900], [820, 1180], [360, 740]] as const) {
    await using bob = await openPeer(chromium, `${server.url}/away.html`);
    await bob.page.setViewport({ width, height });
    await bob.page.evaluateOnNewDocument(collectKeyTops);
    await bob.page.goto(server.room("tea"));
    await waitFor(() => bob.page.$(".take-key"), { what: "the last that comes" });
    await waitFor(() => bob.page.$('[aria-label="Your picture"]'), { what: "its own picture" });
    const tops = await bob.page.evaluate((): [string, number[]][] =>
      Object.entries(Reflect.get(globalThis, "keyTops"))
    );
    assertEquals(tops.filter(([, places]) => places.length > 1), [], `${width} pixels wide`);
    assert(tops.some(([name]) => name === "Text only"), "the ways in were seen");
  }
});

/** In the page: where each key has ever stood, as `keyTops`. */
function collectKeyTops(): void {
  const tops: Record<string, number[]> = {};
  Reflect.set(globalThis, "keyTops", tops);
  const look = () => {
    // A page of which a part has come is in nobody's hand.
    const keys = document.readyState === "loading" ? "none" : "main button:not(.take-key)";
    for (const key of document.querySelectorAll(keys)) {
      const name = key.getAttribute("aria-label") ?? key.textContent;
      const top = Math.round(key.getBoundingClientRect().top);
      const places = tops[name] ??= [];
      if (!places.includes(top)) places.push(top);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
