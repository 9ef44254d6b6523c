// Two tabs of one browser: what is chosen in one holds in the other, and neither undoes the other.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  freePort,
  joinByLink,
  launchChromium,
  launchFirefox,
  openPeer,
  Peer,
  startServer,
  waitFor,
  waitForPictures,
  waitForValue,
} from "../rig/mod.ts";

/** A second tab beside the first, with the same storage. */
async function openBeside(peer: Peer, url: string): Promise<Peer> {
  const page = await peer.page.browserContext().newPage();
  await page.goto(url, { waitUntil: "load" });
  return new Peer(page, () => page.close());
}

/**
 * A press as by a script: the tab behind draws no frames in Firefox, for which a real one would
 * wait.
 */
async function pressIn({ page }: Peer, name: string): Promise<void> {
  const press = (name: string) => {
    const key = [...document.querySelectorAll("button")].find((button) =>
      (button.getAttribute("aria-label") ?? button.textContent.trim()) === name
    );
    key?.click();
    return key !== undefined;
  };
  await waitFor(() => page.evaluate(press, name), { what: `a button named ${name}` });
}

const look = ({ page }: Peer) =>
  page.evaluate(() => {
    const { lang, dataset } = document.documentElement;
    return [lang, dataset.theme];
  });
const stored = ({ page }: Peer) =>
  page.evaluate(() => JSON.parse(localStorage.getItem("parley") ?? "{}"));
const isHere = ({ page }: Peer) =>
  waitFor(() => page.$(".page-switches button[aria-pressed]"), { what: "the page's code" });

for (const [name, launch] of [["chromium", launchChromium], ["firefox", launchFirefox]] as const) {
  Deno.test(`${name}: language, theme, name and rooms chosen in two tabs are all kept, and seen in both`, async () => {
    await using server = await startServer();
    await using browser = await launch();
    await using one = await openPeer(browser, `${server.url}/`);
    await isHere(one);
    await using other = await openBeside(one, `${server.url}/`);
    await isHere(other);
    await pressIn(other, "Dark");
    // Browsers pass on what a tab stores a moment later, on a busy machine a long one.
    await waitFor(async () => (await stored(one)).theme === "dark", { what: "the theme stored" });
    await one.page.select(".language-choice select", "zh-CN");
    for (const tab of [one, other]) {
      await waitForValue(() => look(tab), ["zh-CN", "dark"], { what: "both choices in both tabs" });
      await waitFor(() => tab.page.$("::-p-text(一个链接)"), { what: "the words of the language" })
        .catch(() => waitFor(() => tab.page.$("::-p-text(链接)"), { what: "Chinese words" }));
    }
    await other.page.select(".language-choice select", "en");
    await waitForValue(() => look(one), ["en", "dark"], { what: "the way back" });
    await other.page.goto(server.room("attic"));
    await one.page.goto(server.room("tea"));
    for (const [tab, name] of [[other, "Ann"], [one, undefined]] as const) {
      const field = await waitFor(() => tab.page.$('input[name="name"]'), { what: "the name" });
      if (name !== undefined) await field.type(name);
      await pressIn(tab, "Text only");
      await waitFor(() => tab.page.$("[data-self]"), { what: "the room" });
      await waitFor(async () => (await stored(one)).name === "Ann", { what: "the name stored" });
    }
    const { name, theme, language, visits } = await stored(one);
    assertEquals({ name, theme, language }, { name: "Ann", theme: "dark", language: "en" });
    assertEquals(visits.map(({ room }: { room: string }) => room), ["tea", "attic"]);
    assertEquals(await allComplaints([one, other]), []);
  });
}

Deno.test("relays only, switched on in one tab, holds for who joins the other tab's call, and its links go on", async () => {
  // Nobody runs this relay: it only matters that there is one to choose.
  const relay = [{ urls: `turn:127.0.0.1:${freePort()}`, username: "u", credential: "c" }];
  await using server = await startServer({ args: ["--ice-servers", JSON.stringify(relay)] });
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann" });
  await using bob = await joinByLink(chromium, { server, room: "tea", name: "Bob" });
  await waitForPictures([ann, bob]);
  await using beside = await openBeside(ann, server.room("attic", { name: "Ann", join: "1" }));
  await beside.page.setViewport({ width: 1440, height: 900 });
  await pressIn(beside, "Connections");
  const relays = await waitFor(() => beside.page.$('#links input[role="switch"]'), {
    what: "the switch",
  });
  await relays.click();
  await waitForValue(async () => (await stored(ann)).relayOnly, true, { what: "the choice" });
  const policies = () =>
    ann.page.evaluate(() =>
      (globalThis.__rtc ?? []).map(({ connection }) => [
        connection.getConfiguration().iceTransportPolicy,
        connection.connectionState,
      ])
    );
  await waitForValue(policies, [["relay", "connected"]], { what: "the policy of the link" });
  const called = await ann.page.evaluate(() => globalThis.__rtc?.[0]?.calls.length);
  await using cem = await joinByLink(chromium, { server, room: "tea", name: "Cem" });
  await waitFor(() => cem.page.$("[data-self]"), { what: "Cem" });
  await waitFor(async () => (await policies()).length === 2, { what: "a link to Cem" });
  assertEquals((await policies()).map(([policy]) => policy), ["relay", "relay"]);
  assertEquals(await ann.page.evaluate(() => globalThis.__rtc?.[0]?.calls.length), called);
  // The address of nobody's machine is in what Ann told Cem.
  const told = await ann.page.evaluate(() =>
    globalThis.__rtc?.[1]?.connection.localDescription?.sdp ?? ""
  );
  assertEquals(/typ (host|srflx)/.test(told), false);
});
