// What stands over a tile fits into it in every language and size, and its name plate covers none.

import type { JSX } from "preact";
import { renderToString } from "preact-render-to-string";
import { FailedLink } from "../../app/links/FailedLink.tsx";
import { ReconnectingLink } from "../../app/links/ReconnectingLink.tsx";
import type { LinkPair } from "../../app/links/link_pairs.ts";
import type { Call } from "../../app/call/mod.ts";
import type { ShownTrust } from "../../app/trust/mod.ts";
import { SoundOnlyScreen } from "../../app/stage/SoundOnly.tsx";
import { TrustOverlay } from "../../app/trust/TrustOverlay.tsx";
import { languages, wordsOf } from "../../app/ui/words/catalogue.ts";
import { speakLate } from "../../app/ui/words/late/late_catalogue.ts";
import { WordsContext } from "../../app/ui/words.ts";
import { assert, assertEquals } from "../assert.ts";
import { launchChromium, openPeer, startServer, waitFor } from "../rig/mod.ts";

const name = "Konstantin";
const pair: LinkPair = {
  ...{ ends: ["a", "b"], state: "failed", path: "unknown", protocol: "unknown", rung: "unknown" },
  ...{ rtt: null, loss: null, kbps: null, cause: null, causeAt: undefined, since: 0 },
};

// Nothing is pressed here.
const call: Call = Object.create(null);

/** By name, what a tile can show in place of a picture. */
const overlays: Readonly<Record<string, JSX.Element>> = {
  "no way": (
    <FailedLink
      {...{ peerId: "a", name, pair, reason: "no-path", onRetry: () => {}, onWhy: () => {} }}
    />
  ),
  "no relay": (
    <FailedLink
      {...{ peerId: "a", name, pair, reason: "relay-unreachable" }}
      {...{ onRetry: () => {}, onWhy: () => {} }}
    />
  ),
  "sound only": <SoundOnlyScreen call={call} of="a" />,
  reconnecting: <ReconnectingLink name={name} since={0} />,
  ...Object.fromEntries(
    (["no-hello", "wrong-secret", "unconfirmed"] as const)
      .map((doubt) => [doubt, distrust({ kind: "unverified", doubt })]),
  ),
  ...Object.fromEntries(
    (["altered", "replayed", "withheld", "unsealed", "fingerprint"] as const)
      .map((alarm) => [alarm, distrust({ kind: "alarm", alarm })]),
  ),
};

function distrust(shown: ShownTrust): JSX.Element {
  return <TrustOverlay call={call} name={name} shown={shown} link="https://talk.example/r/tea" />;
}

/** CSS pixels: tiles of a grid, of portrait phones, and of the strip beside a large tile. */
const sizes = [
  ...[[720, 405], [480, 270], [396, 223], [330, 186], [250, 141], [240, 260]],
  ...[[200, 112], [166, 190], [160, 90], [130, 160], [112, 150], [112, 63], [66, 74]],
] as const;

Deno.test("what a tile says in place of a picture fits, in every language", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/healthz`);
  // So that this test may write HTML into the page.
  await ann.page.setBypassCSP(true);
  await ann.page.goto(server.room("tea", { name: "Ann", join: "1" }));
  await waitFor(() => ann.page.evaluate(isStyled), { what: "the late style sheet" });
  const found: string[] = [];
  let seen = 0;
  for (const language of languages) {
    await speakLate(language);
    for (const [what, overlay] of Object.entries(overlays)) {
      const html = renderToString(
        <WordsContext.Provider value={wordsOf(language)}>{overlay}</WordsContext.Provider>,
      );
      const { shown, outside } = await ann.page.evaluate(tryTiles, { html, name, sizes });
      seen += shown;
      found.push(...outside.map((words) => `${language}, ${what}, ${words}`));
    }
  }
  assert(seen > languages.length * 30, `${seen} parts were shown`);
  assertEquals(found, []);
});

/** In the page: whether the styles of these parts have been loaded. */
function isStyled(): boolean {
  const part = document.createElement("div");
  part.className = "overlay overlay-trust";
  document.body.append(part);
  const { position, textAlign } = getComputedStyle(part);
  part.remove();
  return position === "absolute" && textAlign === "center";
}

/** In the page: what is cut off or covered in a tile of each size, and how much was shown. */
function tryTiles({ html, name, sizes }: {
  html: string;
  name: string;
  sizes: readonly (readonly [number, number])[];
}): { shown: number; outside: string[] } {
  const outside: string[] = [];
  let shown = 0;
  for (const [width, height] of sizes) {
    const tile = document.createElement("article");
    // As app/stage/Tile.tsx does.
    tile.className = `tile${width < 240 ? " compact" : ""}${width < 120 ? " tiny" : ""}`;
    tile.style.cssText = `left: 0; top: 0; width: ${width}px; height: ${height}px`;
    tile.innerHTML = `${html}<span class="plate tile-plate"><span class="tile-name"></span></span>`;
    const label = tile.querySelector(".tile-name");
    if (label !== null) label.textContent = name;
    document.querySelector(".stage-area")?.append(tile);
    const { left, right, top } = tile.getBoundingClientRect();
    const bottom = tile.querySelector(".tile-plate")?.getBoundingClientRect().top ?? 0;
    const before = shown;
    for (const part of tile.querySelectorAll<HTMLElement>(".overlay > :not(div), .stage-button")) {
      const place = part.getBoundingClientRect();
      if (place.width === 0) continue;
      shown++;
      const fits = place.top >= top && place.bottom <= bottom && place.left >= left &&
        place.right <= right;
      if (!fits) outside.push(`${width}x${height}: ${part.innerText ?? part.tagName}`);
    }
    if (shown === before) outside.push(`${width}x${height}: nothing is shown`);
    tile.remove();
  }
  return { shown, outside };
}
