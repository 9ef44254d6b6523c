// A device that is there and does not start: another one is used, both are named, and the browser
// is not pestered.

import { assertEquals, assertLessOrEqual } from "../assert.ts";
import { launchChromium, openPeer, type Peer, shows, startServer, waitFor } from "../rig/mod.ts";

const launch = () =>
  launchChromium({ flags: ["--use-fake-device-for-media-stream=device-count=2"] });

/**
 * Devices whose label is in this tab's `broken` fail as it says, while the browser tells all the
 * time that devices changed.
 */
function breakDevices(): void {
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia.bind(mediaDevices);
  Reflect.set(globalThis, "asked", 0);
  mediaDevices.getUserMedia = async (constraints = {}) => {
    Reflect.set(globalThis, "asked", Reflect.get(globalThis, "asked") + 1);
    const stream = await real(constraints);
    const broken: Record<string, string> = JSON.parse(sessionStorage.getItem("broken") ?? "{}");
    const [track] = stream.getTracks();
    const fault = broken[track?.label ?? ""];
    if (fault === undefined) return stream;
    track?.stop();
    if (fault === "hangs") return await new Promise(() => {});
    throw new DOMException(fault, fault);
  };
  setInterval(() => mediaDevices.dispatchEvent(new Event("devicechange")), 50);
}

async function openWithChoice(stack: AsyncDisposableStack) {
  const server = stack.use(await startServer());
  const chromium = stack.use(await launch());
  const ann = stack.use(await openPeer(chromium, `${server.url}/away.html`));
  await ann.page.evaluateOnNewDocument(breakDevices);
  const url = server.room("tea");
  await ann.page.goto(url);
  for (const kind of ["Camera", "Microphone"]) {
    const select = `select[aria-label="${kind}"]:enabled`;
    const value = await waitFor(
      () => ann.page.$eval(select, (list) => [...list.querySelectorAll("option")].at(-1)?.value),
      { what: `a ${kind} to choose` },
    );
    await ann.page.select(select, value);
  }
  await waitFor(
    () => ann.page.evaluate(() => (localStorage.getItem("parley") ?? "").includes('microphone":{')),
    { what: "the choice to be kept" },
  );
  const chosen = await ann.page.evaluate(() => {
    const { camera, microphone } = JSON.parse(localStorage.getItem("parley") ?? "{}");
    return { camera: String(camera.label), microphone: String(microphone.label) };
  });
  const breakAll = (broken: Record<string, string>) =>
    ann.page.evaluate(
      (broken) => sessionStorage.setItem("broken", JSON.stringify(broken)),
      broken,
    );
  return { server, ann, chosen, breakAll };
}

const asked = ({ page }: Peer) => page.evaluate(() => Number(Reflect.get(globalThis, "asked")));

function waitForInstead(ann: Peer, label: string): Promise<unknown> {
  return waitFor(() => shows(ann, `${label} could not start, so `), { what: `words of ${label}` });
}

for (const fault of ["NotReadableError", "AbortError", "OverconstrainedError", "hangs"]) {
  Deno.test(`a remembered camera that exists and does not start (${fault}) is replaced with a word`, async () => {
    await using stack = new AsyncDisposableStack();
    const { server, ann, chosen, breakAll } = await openWithChoice(stack);
    await breakAll({ [chosen.camera]: fault });
    await ann.page.reload();
    await waitForInstead(ann, chosen.camera);
    await waitFor(() => ann.page.$(".preview video"), { what: "the local picture" });
    assertLessOrEqual(await asked(ann), 1 + 5);
    await ann.page.goto(server.room("tea", { name: "Ann", join: "1" }));
    await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
    // What is sent may change once more after the words are there, if the machine is slow.
    await waitFor(async () => {
      const label = await ann.page.$eval(
        "[data-self] video",
        (video) =>
          video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream
            ? video.srcObject.getVideoTracks()[0]?.label
            : undefined,
      );
      return label !== undefined && await shows(ann, `${chosen.camera} could not start, so `) &&
        await shows(ann, `so ${label} is used instead`);
    }, { what: "words of both cameras", every: 50 });
    const kept = await ann.page.evaluate(() => localStorage.getItem("parley") ?? "");
    assertEquals(
      JSON.parse(kept).camera.label,
      chosen.camera,
      "the choice stays for the next time",
    );
  });
}

Deno.test("if no device starts, the page says so, stops asking, and joining still works", async () => {
  await using stack = new AsyncDisposableStack();
  const { ann, breakAll } = await openWithChoice(stack);
  const labels = await ann.page.evaluate(async () =>
    (await navigator.mediaDevices.enumerateDevices()).map(({ label }) => label)
  );
  await breakAll(Object.fromEntries(labels.map((label) => [label, "NotReadableError"])));
  await ann.page.reload();
  await waitFor(() => shows(ann, "Another program is using the camera"), { what: "words" });
  await waitFor(() => shows(ann, "Microphone is in use elsewhere"), { what: "words" });
  const before = await asked(ann);
  assertLessOrEqual(before, 2 * 5);
  // Twenty more events of devices.
  await ann.page.evaluate(() =>
    new Promise<void>((resume) => {
      let left = 20;
      navigator.mediaDevices.addEventListener("devicechange", () => --left === 0 && resume());
    })
  );
  assertEquals(await asked(ann), before);
  await ann.press("Join and listen");
  await waitFor(() => ann.page.$("[data-self]"), { what: "the room" });
  assertEquals(await asked(ann), before);
});
