// Small notices over the stage: who comes and goes, what is plugged in, and how they go away.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitFor,
  waitForTiles,
  waitForValue,
} from "../rig/mod.ts";
import { visit } from "./chat_page.ts";

declare global {
  // Put into the page by `fakeDrawer`.
  var __plugged: { kind: MediaDeviceKind; deviceId: string; label: string }[] | undefined;
}

/** Runs in the page: its devices are those of `__plugged`, besides the real ones. */
function fakeDrawer(): void {
  globalThis.__plugged = [];
  const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
  navigator.mediaDevices.enumerateDevices = async () => {
    const real = await list();
    const more = (globalThis.__plugged ?? []).map((device) => ({
      ...device,
      groupId: "",
      toJSON: () => device,
    }));
    return [...real, ...more];
  };
}

/** Plugs a headset in, or pulls it out. */
function plug({ page }: Peer, isIn: boolean): Promise<void> {
  return page.evaluate((isIn) => {
    globalThis.__plugged = isIn
      ? [
        { kind: "audioinput", deviceId: "h1", label: "Blue headset" },
        { kind: "audiooutput", deviceId: "h2", label: "Blue headset" },
      ]
      : [];
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  }, isIn);
}

const toasts = ({ page }: Peer) => () =>
  page.$$eval(".toast strong", (found) => found.map((title) => title.textContent ?? ""));

Deno.test("joins and leaves are shown while no panel is open, and Escape clears them", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await joinByLink(chromium, { server, room: "attic", name: "Ann" });
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitFor(() => ann.page.$("#key-chat"), { what: "the bar" });
  await using bo = await visit(chromium, { server, room: "attic", name: "Bo" });
  await waitForTiles([ann, bo], 1);
  await waitForValue(toasts(ann), ["Bo joined"], { what: "Bo's coming" });
  await bo.close();
  await waitForValue(toasts(ann), ["Bo left"], { what: "Bo's going in its place" });
  // Under the pointer it stays and can be dismissed there, too.
  await ann.page.hover(".toast");
  await ann.page.keyboard.press("Escape");
  await waitForValue(toasts(ann), [], { what: "nothing" });
  await ann.page.keyboard.press("c");
  await waitFor(() => ann.page.$("#chat:not(.unseen)"), { what: "the chat" });
  await using cleo = await visit(chromium, { server, room: "attic", name: "Cleo" });
  await waitForTiles([ann, cleo], 1);
  await waitFor(async () => (await ann.chat()).includes("Cleo joined"), { what: "Cleo" });
  assertEquals(await toasts(ann)(), [], "the open chat says it already");
  assertEquals(await allComplaints([ann]), []);
});

Deno.test("a connected or disconnected device is shown once, and announced", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/`);
  await ann.page.evaluateOnNewDocument(fakeDrawer);
  await ann.page.goto(server.room("attic", { name: "Ann", join: "1" }));
  await ann.page.setViewport({ width: 1280, height: 800 });
  await waitFor(() => ann.page.$("#key-chat"), { what: "the bar" });
  await waitFor(
    () => ann.page.$eval("[data-self] video", (video) => "videoWidth" in video && video.videoWidth),
    { what: "Ann's own picture" },
  );
  await plug(ann, true);
  await waitForValue(toasts(ann), ["Blue headset connected"], { what: "the headset" });
  const said = await ann.page.$$eval(
    ".pills [role=status]",
    (found) => found.map((status) => status.textContent),
  );
  assert(said.some((text) => text?.includes("Blue headset connected")), said.join());
  await plug(ann, false);
  await waitForValue(toasts(ann), ["Blue headset disconnected"], { what: "its going" });
  await ann.page.focus(".toasts .pill-close");
  await ann.page.keyboard.press("Enter");
  await waitForValue(toasts(ann), [], { what: "nothing" });
  await waitForValue(() => ann.page.evaluate(() => document.activeElement?.id), "stage", {
    what: "the focus on the stage",
  });
  assertEquals(await allComplaints([ann]), []);
});
