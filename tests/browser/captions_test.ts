// Captions between two browsers: a recogniser of the test's own in Chromium, none in Firefox.

import { assertEquals, assertMatch } from "../assert.ts";
import {
  allComplaints,
  hear,
  joinByLink,
  launchChromium,
  launchFirefox,
  openPeer,
  type Peer,
  recogniseLocally,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";

function running({ page }: Peer): Promise<number> {
  return page.evaluate(() => Reflect.get(globalThis, "speech").running);
}

/** The caption on the tile of the other. */
function caption({ page }: Peer): Promise<string> {
  return page.evaluate(() =>
    document.querySelector("[data-peer-id] .spoken-line")?.textContent ?? ""
  );
}

async function openCaptions(peer: Peer): Promise<void> {
  await peer.press("More");
  await peer.press("Captions");
  await waitFor(() => peer.page.$(".captions-dialog"), { what: "the dialog" });
}

function words({ page }: Peer, selector: string): Promise<string> {
  return page.evaluate(
    (selector) => document.querySelector<HTMLElement>(selector)?.innerText ?? "",
    selector,
  );
}

/** Presses a key that downloads a text, and returns the text. */
async function saved(peer: Peer, key: string): Promise<string> {
  await peer.page.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob: Blob) => {
      Reflect.set(globalThis, "saved", blob.text());
      return createObjectURL(blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
  });
  await peer.press(key);
  return await peer.page.evaluate(() => Reflect.get(globalThis, "saved"));
}

Deno.test("a speaker agrees, is heard on the device only, and read in a browser that writes none itself", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  await using bob = await openPeer(chromium, `${server.url}/`);
  await bob.page.evaluateOnNewDocument(recogniseLocally);
  await bob.page.goto(server.room("attic", { name: "Bob", join: "1", camera: "0" }));
  await using ann = await joinByLink(firefox, {
    server,
    room: "attic",
    name: "Ann",
    camera: false,
    microphone: false,
  });
  await waitForTiles([ann, bob], 1);

  await openCaptions(ann);
  assertMatch(await words(ann, ".captions-page"), /cannot recognise speech on this device/);
  await ann.page.click('[role="switch"][aria-label="Show captions"]');
  await waitFor(() => bob.page.$("::-p-text(Ann would like captions)"), { what: "the question" });
  assertEquals(await findings(bob.page, "the question"), []);
  await bob.press("Write captions");
  await waitForValue(() => running(bob), 1, { what: "Bob's recogniser" });
  await waitFor(async () => /Bob\s+writes captions/.test(await words(ann, ".captions-writers")), {
    what: "Ann to learn that Bob writes",
  });
  await hear(bob, "good", false);
  await waitForValue(() => caption(ann), "good", { what: "an open line" });
  await hear(bob, "good morning <b>", true);
  await waitForValue(() => caption(ann), "good morning <b>", { what: "its final text" });
  await waitFor(async () => (await words(ann, ".captions-lines")).includes("good morning"), {
    what: "the transcript",
  });
  assertMatch(await saved(ann, "Save as text"), /\[00:00\] Bob: good morning <b>/);
  assertMatch(await saved(ann, "Save as WebVTT"), /^WEBVTT[^]*<v Bob>good morning &lt;b&gt;/);

  await ann.page.keyboard.press("Escape");
  await openCaptions(bob);
  assertMatch(await words(bob, ".captions-page"), /What you say is being written/);
  assertEquals(await findings(bob.page, "captions"), []);
  await bob.page.keyboard.press("Escape");
  await bob.press("Mute");
  await waitForValue(() => running(bob), 0, { what: "a muted microphone to be left alone" });
  await bob.press("Unmute");
  await waitForValue(() => running(bob), 1, { what: "the recogniser again" });
  await openCaptions(ann);
  await ann.page.click('[role="switch"][aria-label="Show captions"]');
  await waitForValue(() => running(bob), 0, { what: "the end with the last who wants them" });
  assertEquals(await allComplaints([ann, bob]), []);
});
