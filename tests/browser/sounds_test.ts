// What a call tells by sounds, and what it tells of one that nobody hears.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type Peer,
  shows,
  silenceFile,
  startServer,
  waitFor,
  waitForChunk,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";
import { isLong } from "../seeds.ts";
import { visit } from "./chat_page.ts";

declare global {
  // Put into the page by `collectTones`.
  var __heard: number[] | undefined;
}

/** Runs in the page: notes the pitch of every tone that starts. */
function collectTones(): void {
  const heard: number[] = [];
  globalThis.__heard = heard;
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (at) {
    heard.push(Math.round(this.frequency.value));
    start.call(this, at);
  };
}

const tonesOf = ({ page }: Peer) => () => page.evaluate(() => globalThis.__heard ?? []);

async function forget({ page }: Peer): Promise<void> {
  await page.evaluate(() => void globalThis.__heard?.splice(0));
}

const [joined, left, hand] = [[392, 523], [523, 392], [784, 988, 1_175]];

Deno.test("sounds for people and hands are off at first, distinct, and remembered", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const room = "attic";
  await using ann = await visit(chromium, { server, room, name: "Ann" });
  await ann.page.evaluateOnNewDocument(collectTones);
  await ann.page.reload();
  await ann.page.setViewport({ width: 1280, height: 800 });
  const tones = tonesOf(ann);
  {
    await using bo = await visit(chromium, { server, room, name: "Bo" });
    await waitForTiles([ann, bo], 1);
  }
  await waitForTiles([ann], 0);
  assertEquals(await tones(), []);

  await ann.press("Chat options");
  await ann.press("Sound when people join or leave");
  await waitForValue(tones, joined, { what: "an example" });
  await ann.press("Sound for raised hands");
  await waitForValue(tones, [...joined, ...hand], { what: "the other example" });

  await ann.page.reload();
  await waitForChunk(ann, "app/sounds/extra.ts");
  await forget(ann);
  await using bo = await visit(chromium, { server, room, name: "Bo" });
  await waitForValue(tones, joined, { what: "somebody to come" });
  await bo.page.setViewport({ width: 1280, height: 800 });
  await bo.press("Hand");
  await waitForValue(tones, [...joined, ...hand], { what: "a hand" });
  await bo.close();
  await waitForValue(tones, [...joined, ...hand, ...left], { what: "somebody to leave" });
  assertEquals(await allComplaints([ann]), []);
});

Deno.test({
  name: "a microphone that is on and gives nothing is told to its owner, and not when it is muted",
  ignore: !isLong,
  async fn() {
    await using server = await startServer();
    await using silence = await silenceFile();
    await using chromium = await launchChromium({
      flags: [`--use-file-for-fake-audio-capture=${silence.path}`],
    });
    await using ann = await joinByLink(chromium, {
      server,
      room: "dead",
      name: "Ann",
      camera: false,
    });
    await ann.page.setViewport({ width: 1280, height: 800 });
    await waitFor(() => shows(ann, "Others hear nothing from you"), { what: "words of it" });
    await waitFor(() => shows(ann, "Nothing at all comes from"), { what: "the cause" });
    assertEquals(await findings(ann.page, "a silent microphone"), []);
    await ann.press("Mute");
    await waitForValue(() => shows(ann, "Others hear nothing from you"), false, {
      what: "the words to go",
    });
    assertEquals(await allComplaints([ann]), []);
  },
});
