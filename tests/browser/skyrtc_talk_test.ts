// Text and files between pages of the origin and pages of ours, over data channels.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  givePlace,
  joinByLink,
  keptFiles,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  makeFile,
  offerFiles,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForCard,
  waitForChat,
  waitForLines,
} from "../rig/mod.ts";
import { prepareSkyrtcData, prepareSkyrtcReceiving, prepareSkyrtcSending } from "./skyrtc_data.ts";
import { joinSkyrtcRoom, prepareSkyrtcCalls } from "./skyrtc_page.ts";

const room = "mixed-talk";
const text = { camera: false, microphone: false };

async function joinAsSkyrtc(browser: LaunchedBrowser, server: RunningServer): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/healthz`);
  await peer.page.evaluate(prepareSkyrtcData);
  await peer.page.evaluate(prepareSkyrtcReceiving);
  await peer.page.evaluate(prepareSkyrtcSending);
  await peer.page.evaluate(prepareSkyrtcCalls, false);
  await peer.page.evaluate(joinSkyrtcRoom, room);
  return peer;
}

/** What the channels of a page of the origin have brought, sorted. */
async function skyTexts({ page }: Peer, count: number): Promise<string[]> {
  const read = () =>
    page.evaluate(() => globalThis.__skyrtcData?.texts.map(({ text }) => text) ?? []);
  const texts = await waitFor(async () => {
    const now = await read();
    return now.length >= count ? now : undefined;
  }, { what: `${count} texts at a page of the origin` });
  return texts.toSorted();
}

async function waitForChannels(skies: readonly Peer[], count: number): Promise<void> {
  for (const { page } of skies) {
    await waitFor(() =>
      page.evaluate(
        (count) =>
          [...globalThis.__skyrtcData?.channels.values() ?? []]
            .filter(({ readyState }) => readyState === "open").length === count,
        count,
      ), { what: `${count} open channels at a page of the origin` });
  }
}

async function broadcast({ page }: Peer, text: string): Promise<void> {
  await page.evaluate((text) => globalThis.__skyrtcData?.broadcast(text), text);
}

for (const first of ["the origin's", "ours"]) {
  Deno.test(`three pages of the origin and three of ours write to each other, ${first} being there first`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    const skies: Peer[] = [];
    const ours: Peer[] = [];
    const origin = async () => {
      for (let n = 0; n < 3; n++) skies.push(await joinAsSkyrtc(chromium, server));
    };
    const native = async () => {
      for (const name of ["Ann", "Bob", "Cid"]) {
        ours.push(await joinByLink(chromium, { server, room, name, ...text }));
      }
    };
    if (first === "ours") {
      await native();
      await origin();
    } else {
      await origin();
      await native();
    }
    await waitForChannels(skies, 5);
    await waitForChat(ours);

    const said = ["line a", "line b", "line c", "line d", "line e", "line f"];
    for (const [n, peer] of ours.entries()) await peer.say(said[n] ?? "");
    await waitForLines(ours, 3);
    for (const [n, peer] of skies.entries()) await broadcast(peer, said[n + 3] ?? "");
    for (const lines of await waitForLines(ours, 6)) assertEquals(lines.toSorted(), said);
    for (const [n, sky] of skies.entries()) {
      const others = said.filter((text) => text !== said[n + 3]);
      assertEquals(await skyTexts(sky, 5), others, "each once");
    }
    assertEquals(await allComplaints(ours), []);
    for (const peer of [...ours, ...skies]) await peer.close();
  });
}

for (const launch of [launchChromium, launchFirefox]) {
  for (const first of ["the origin's", "ours"]) {
    Deno.test(`files go both ways in ${launch.name.slice(6)}, ${first} page being there first`, async () => {
      await using server = await startServer();
      await using chromium = await launchChromium();
      await using other = launch === launchChromium ? undefined : await launch();
      const native = () => joinByLink(other ?? chromium, { server, room, name: "Ann", ...text });
      const origin = () => joinAsSkyrtc(chromium, server);
      const inside = first === "ours" ? await native() : await origin();
      const [ann, sky] = first === "ours" ? [inside, await origin()] : [await native(), inside];
      await waitForChannels([sky], 1);
      await waitForChat([ann]);
      await givePlace(ann, { kind: "kept" });

      const digest = await sky.page.evaluate(() =>
        globalThis.__skyrtcData?.share("from-origin.bin", 200_001)
      );
      await waitForCard(ann, { says: /from-origin\.bin .*Accept Decline/ });
      await ann.press("Accept: from-origin.bin");
      await waitForCard(ann, { says: /complete/i, timeout: 60_000 });
      assertEquals(Object.values(await keptFiles(ann)), [[digest ?? ""]]);

      await using file = await makeFile("from-ann.bin", 1_000_003);
      await offerFiles(ann, [file.path]);
      await waitForCard(ann, { says: /from-ann\.bin .*Waiting for an answer/ });
      await waitFor(() => sky.page.evaluate(() => globalThis.__skyrtcData?.asks.length === 1), {
        what: "the question at the page of the origin",
      });
      await sky.page.evaluate(() => globalThis.__skyrtcData?.answer("accept", "from-ann.bin"));
      await waitForCard(ann, { says: /Complete/, timeout: 60_000 });
      const got = await waitFor(
        () => sky.page.evaluate(() => globalThis.__skyrtcData?.files["from-ann.bin"]),
        { what: "the whole file at the page of the origin" },
      );
      assertEquals([got], file.digests);
      assertEquals(await allComplaints([ann]), []);
      for (const peer of [ann, sky]) await peer.close();
    });
  }
}

Deno.test("files are declined on both sides, and too large ones are explained", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using sky = await joinAsSkyrtc(chromium, server);
  await using ann = await joinByLink(chromium, { server, room, name: "Ann", ...text });
  await waitForChannels([sky], 1);
  await waitForChat([ann]);
  await using small = await makeFile("small.bin", 100);
  await offerFiles(ann, [small.path]);
  await waitFor(() => sky.page.evaluate(() => globalThis.__skyrtcData?.asks.length === 1), {
    what: "the question at the page of the origin",
  });
  await sky.page.evaluate(() => globalThis.__skyrtcData?.answer("refuse", "small.bin"));
  await waitForCard(ann, { says: /Declined/ });

  await using big = await makeFile("big.bin", 16_000_001);
  await offerFiles(ann, [big.path]);
  await waitForCard(ann, { says: /big\.bin .*at most 16 MB/ });

  const fate = (name: string) =>
    waitFor(
      () => sky.page.evaluate((name) => globalThis.__skyrtcData?.sent[name]?.[0], name),
      { what: `what became of ${name}` },
    );
  await sky.page.evaluate(() => globalThis.__skyrtcData?.share("unwanted.bin", 100));
  await ann.press("Decline: unwanted.bin");
  assertEquals(await fate("unwanted.bin"), "refused");
  await sky.page.evaluate(() => globalThis.__skyrtcData?.share("huge.bin", 16_000_001));
  assertEquals(await fate("huge.bin"), "refused");
  await waitForCard(ann, { says: /huge\.bin .*at most 16 MB/ });
  assertEquals(await sky.page.evaluate(() => globalThis.__skyrtcData?.asks.length), 1);
  assertEquals(await allComplaints([ann]), []);
});
