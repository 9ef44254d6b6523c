// What every page owes its visitor: the right language, a choice that stays, and little to
// download.

import type { Page } from "puppeteer-core";
import { assert, assertEquals, assertLessOrEqual } from "../assert.ts";
import {
  allComplaints,
  holdTimers,
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
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

  await peer.page.select(".language-choice select", "en");
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

/** The scripts a page has fetched so far, by address. */
function watchScripts(page: Page): Map<string, Promise<string>> {
  const scripts = new Map<string, Promise<string>>();
  page.on("response", (response) => {
    if (response.request().resourceType() !== "script") return;
    const text = response.text();
    // Those that come after the last look may find that the page is gone.
    text.catch(() => {});
    scripts.set(response.url(), text);
  });
  return scripts;
}

/** Resolves once no script has come for a second, so that what comes late is in the sum, too. */
async function allScripts(scripts: ReadonlyMap<string, unknown>): Promise<void> {
  let known: number;
  do {
    known = scripts.size;
    await new Promise((resume) => setTimeout(resume, 1_000));
  } while (scripts.size > known);
}

async function gzipSum(scripts: Map<string, Promise<string>>): Promise<number> {
  const texts = await Promise.all(scripts.values());
  assert(texts.length > 2, "the scripts were seen");
  const sizes = await Promise.all(texts.map(gzipBytes));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * The most bytes of gzip before the first picture of a call, and in the whole of it. A link that
 * joins at once brings the code of sealed rooms into open ones too.
 */
const most = [
  { kind: "open", secret: undefined, first: 55_000, total: 122_000 },
  { kind: "sealed", secret: `${"s".repeat(42)}0`, first: 55_000, total: 128_000 },
];

for (const { kind, secret, first, total } of most) {
  Deno.test(`at most ${first / 1_000} kB of script come before the first picture of a call in ${kind} rooms, ${total / 1_000} kB ever`, async () => {
    const sums = await measureCall(secret);
    console.log(
      `script, bytes of gzip: ${sums.first} before the first picture, ${sums.total} in all`,
    );
    assertLessOrEqual(sums.first, first);
    assertLessOrEqual(sums.total, total);
  });
}

async function measureCall(
  secret: string | undefined,
): Promise<{ first: number; total: number }> {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = (query: Record<string, string>) => server.room("attic", query, secret);
  await using ann = await openPeer(chromium, room({ name: "Ann", join: "1" }));
  await waitFor(() => ann.page.$("[data-self]"), { what: "Ann to be there" });
  await using bob = await openPeer(chromium, `${server.url}/healthz`);
  const scripts = watchScripts(bob.page);
  const letTimersGo = await holdTimers(bob.page);
  await bob.page.setCacheEnabled(false);
  await bob.page.goto(room({ name: "Bob", join: "1" }));
  await waitFor(async () => (await bob.media()).some(({ framesDecoded }) => framesDecoded > 0), {
    what: "the first picture",
    every: 20,
  });
  const first = await gzipSum(new Map(scripts));

  await letTimersGo();
  await waitFor(() => bob.page.$("textarea"), { what: "the panels" });
  await bob.press("People");
  await allScripts(scripts);
  await bob.press("Leave");
  await waitFor(() => bob.page.$("::-p-text(You left)"), { what: "the last page" });
  return { first, total: await gzipSum(scripts) };
}

Deno.test("at most 47.75 kB of script load before the own picture on the page before joining", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/healthz`);
  const scripts = watchScripts(ann.page);
  const letTimersGo = await holdTimers(ann.page);
  await ann.page.setCacheEnabled(false);
  await ann.page.goto(server.room("attic"));
  await waitFor(
    () =>
      ann.page.evaluate(() =>
        [...document.querySelectorAll("video")].some(({ videoWidth }) => videoWidth > 0)
      ),
    { what: "the own picture", every: 20 },
  );
  const first = await gzipSum(new Map(scripts));
  console.log(`script, bytes of gzip: ${first} before the own picture`);
  assertLessOrEqual(first, 47_750);
  await letTimersGo();
  await ann.press(/^Join/);
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
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
  await waitFor(async () => await ann.page.$("[data-peer-id]") === null, { what: "no tile" });
});

/** A page whose code comes when it is let, as over a slow line. */
async function openSlowly(peer: Peer, url: string): Promise<() => Promise<unknown>> {
  const { page } = peer;
  const code = Promise.withResolvers<void>();
  await page.setRequestInterception(true);
  page.on("request", async (request) => {
    if (request.url().includes("/_fresh/js/")) await code.promise;
    await request.continue();
  });
  // Not awaited: a document is whole only with its code.
  const gone = page.goto(url);
  return () => {
    code.resolve();
    return gone;
  };
}

Deno.test("a press that is faster than the page's code waits for it", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  const { page } = peer;
  const letCome = await openSlowly(peer, server.room("early", { name: "Ann" }));
  const join = await waitFor(() => page.$('button[type="submit"]'), { what: "the way in" });
  await join.click();
  assertEquals(await page.evaluate(() => location.search), "?name=Ann", "no form was sent");
  await letCome();
  await waitFor(() => page.$("[data-self]"), { what: "the room" });
});

/** Somebody who writes, in the box of that name, before the page's code is there. */
async function writeEarly(
  peer: Peer,
  { url, name, text }: { url: string; name: string; text: string },
): Promise<void> {
  const letCome = await openSlowly(peer, url);
  const box = await waitFor(() => peer.page.$(`input[name="${name}"]`), {
    what: `the box ${name}`,
  });
  await box.click();
  await peer.page.keyboard.type(text);
  await letCome();
}

/** The name that the room page has kept, once one is in the room. */
async function nameInRoom({ page }: Peer): Promise<unknown> {
  await waitFor(() => page.$("[data-self]"), { what: "the room" });
  return await page.evaluate(() => JSON.parse(localStorage.getItem("parley") ?? "{}").name);
}

Deno.test("text typed before the page's code loads is kept and used to join", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  const { page } = peer;
  await writeEarly(peer, { url: server.room("early"), name: "name", text: "Zo" });
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("name"));
  await waitFor(async () => await focused() === "name", {
    what: "the box to have the focus again",
  });
  await page.keyboard.type("e");
  assertEquals(await page.$eval('input[name="name"]', ({ value }) => value), "Zoe");
  await peer.press(/^Join/);
  assertEquals(await nameInRoom(peer), "Zoe");
});

Deno.test("a name and a press that are both early go in together", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  await writeEarly(peer, { url: server.room("early"), name: "name", text: "Zoe\n" });
  assertEquals(await nameInRoom(peer), "Zoe");
});

Deno.test("a room's name that is written early on the first page leads into that room", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  await writeEarly(peer, { url: `${server.url}/`, name: "link", text: "attic\n" });
  await waitFor(() => peer.page.url().endsWith("/r/attic"), { what: "the room's page" });
});

/** Lets go of requests that `fails` holds for, as when the network changes under a page. */
async function failWhile({ page }: Peer, fails: (path: string) => boolean): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    if (fails(new URL(request.url()).pathname)) void request.abort("failed");
    else void request.continue();
  });
}

const scripts = {
  "its start": /<script type="module" src="([^"]+)"/,
  "a part": /"([^"]+RoomIsland[^"]+)"/,
};
for (const [what, pattern] of Object.entries(scripts)) {
  Deno.test(`a page whose code does not come at first, ${what} of it, comes to life by itself`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    await using peer = await openPeer(chromium, `${server.url}/healthz`);
    const html = await (await fetch(server.room("shaky"))).text();
    const script = pattern.exec(html)?.[1];
    let left = 2;
    await failWhile(peer, (path) => path === script && left-- > 0);
    await peer.page.goto(server.room("shaky", { name: "Ann", join: "1" }));
    await waitFor(() => peer.page.$("[data-self]"), { what: "the room" });
    assert(left <= 0, "it was really refused");
    assertEquals(await peer.page.evaluate(() => history.state), null, "the next time is the first");
  });
}

Deno.test("a page whose code never loads says so, and works after a reload", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  const { page } = peer;
  let isAway = true;
  await failWhile(peer, (path) => isAway && path.includes("RoomIsland"));
  // As after so many tries.
  await page.evaluateOnNewDocument(() => history.replaceState({ tries: 6 }, ""));
  await page.goto(server.room("shaky", { name: "Ann", join: "1" }));
  const says = () =>
    page.evaluate(() => {
      const notice = document.querySelector(".unloaded");
      return notice && getComputedStyle(notice).visibility === "visible" && notice.textContent;
    });
  await waitFor(async () => /reload it/.test(await says() || ""), { what: "words" });
  isAway = false;
  await page.reload();
  await waitFor(() => page.$("[data-self]"), { what: "the room" });
  assertEquals(await says(), null);
});

Deno.test("looks that do not come at first come by themselves", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  let left = 1;
  await failWhile(peer, (path) => path.endsWith("/styles.css") && left-- > 0);
  await peer.page.goto(`${server.url}/`);
  const isStyled = () =>
    peer.page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--accent") !== "");
  await waitFor(isStyled, { what: "the page's looks" });
  assert(left <= 0, "they were really refused");
});

/**
 * What stands at the top of the page's island; a second header or main part would be one that
 * nobody has drawn.
 */
const topOf = ({ page }: Peer) =>
  page.evaluate(() => ({
    drawnByServer: document.querySelectorAll("#words, .unloaded").length,
    headers: document.querySelectorAll("body header.page-header").length,
    mains: document.querySelectorAll("main").length,
    notices: document.querySelectorAll(".unloaded-notice").length,
    inside: document.querySelector(".unloaded-notice")?.childNodes.length,
  }));

Deno.test("no page keeps what the server drew and its own code does not", async () => {
  const token = await Deno.makeTempFile();
  await Deno.writeTextFile(token, "a token that is long enough for anybody");
  await using server = await startServer({ args: ["--admin-token-file", token] });
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  await peer.page.evaluateOnNewDocument(() => {
    document.addEventListener("fresh-alive", () => document.documentElement.dataset.alive = "");
  });
  const joined = { join: "1", camera: "0", microphone: "0", name: "Ann" };
  const addresses = ["/", "/r/tea", "/nowhere", "/r/%25", "/admin", "/doctor"]
    .map((path) => server.url + path).concat(server.room("tea", joined));
  for (const address of addresses) {
    await peer.page.goto(address);
    await waitFor(() => peer.page.$("[data-alive]"), { what: `${address} to come alive` });
    const { mains, headers, ...rest } = await topOf(peer);
    assertEquals(rest, { drawnByServer: 0, notices: 1, inside: 0 }, address);
    assert(mains <= 1 && headers <= 1, `${address}: ${mains} main parts, ${headers} headers`);
  }
  await Deno.remove(token);
});
