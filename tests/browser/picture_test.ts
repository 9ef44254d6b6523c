// The own picture turned, and blurred around the person, as it arrives at others: real encoders,
// Chromium and Firefox both ways.

import { assert, assertEquals, assertLess } from "../assert.ts";
import {
  allComplaints,
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  personPhoto,
  type RunningServer,
  showCamera,
  type Shown,
  startServer,
  waitFor,
  waitForPictures,
  waitForValue,
} from "../rig/mod.ts";

/** Opens a room with a camera that shows this. */
async function open(
  browser: LaunchedBrowser,
  { server, query, shown }: {
    server: RunningServer;
    query: Record<string, string>;
    shown: Shown;
  },
): Promise<Peer> {
  const peer = await openPeer(browser, server.url);
  await peer.page.evaluateOnNewDocument(showCamera, shown);
  await peer.page.goto(server.room("mirror", query), { waitUntil: "load" });
  return peer;
}

const joining = (name: string) => ({ name, join: "1", camera: "1", microphone: "0" });
const corners: Shown = { kind: "corners" };

/** Of another person, of the own picture in the room, and before joining. */
const pictures = {
  theirs: "[data-peer-id]:not([data-self]) video",
  own: "[data-self] video",
  preview: ".preview video",
} as const;

/** The colours of the four corners, the upper row first, after the size; "" without a picture. */
function cornersOf({ page }: Peer, which: keyof typeof pictures): Promise<string> {
  return page.evaluate((selector) => {
    const video = document.querySelector<HTMLVideoElement>(selector);
    if (video === null || video.videoWidth === 0) return "";
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext("2d");
    context?.drawImage(video, 0, 0, 64, 64);
    const colours = [[16, 16], [48, 16], [16, 48], [48, 48]].map(([x = 0, y = 0]) => {
      const [red = 0, green = 0, blue = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
      if (Math.min(red, green, blue) > 150) return "white";
      return red > 150 ? "red" : green > 150 ? "green" : blue > 150 ? "blue" : "none";
    });
    const { videoWidth, videoHeight } = video;
    return `${videoWidth > videoHeight ? "wide" : "high"}: ${colours.join(" ")}`;
  }, pictures[which]);
}

const straight = "wide: red green blue white";
const quarter = "high: blue red white green";
const half = "wide: white blue green red";

async function turn(peer: Peer): Promise<void> {
  await peer.press("Turn by 90°");
}

Deno.test("a picture is turned for everybody by its sender, in both browsers, and stays turned", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using firefox = await launchFirefox();
  await using ann = await open(chromium, { server, query: joining("Ann"), shown: corners });
  await using bob = await open(firefox, { server, query: joining("Bob"), shown: corners });
  await waitForPictures([ann, bob]);
  for (const [sender, receiver] of [[ann, bob], [bob, ann]] as const) {
    const theirs = (expected: string) =>
      waitForValue(() => cornersOf(receiver, "theirs"), expected, { what: "the turned picture" });
    await theirs(straight);
    await sender.press("Camera settings");
    await turn(sender);
    await theirs(quarter);
    await turn(sender);
    await theirs(half);
    assertEquals(await cornersOf(sender, "own"), half);
    const transform = await sender.page.$eval(
      pictures.own,
      (video) => getComputedStyle(video).transform,
    );
    assertEquals(transform, "matrix(-1, 0, 0, 1, 0, 0)", "mirrored for its owner only");
    await sender.page.reload({ waitUntil: "load" });
    await theirs(half);
  }
  await bob.press("Camera settings");
  await turn(bob);
  await turn(bob);
  await waitForValue(() => cornersOf(ann, "theirs"), straight, { what: "the straight picture" });
  assertEquals(await allComplaints([ann, bob]), []);
});

/** How much changes from each pixel to the fourth one after it: in the stripes, and in the face. */
interface Detail {
  readonly stripes: number;
  readonly face: number;
}

/** For page.evaluate. Undefined without a picture. */
function detailOf(selector: string): Detail | undefined {
  const video = document.querySelector<HTMLVideoElement>(selector);
  if (video === null || video.videoWidth === 0) return undefined;
  const context = new OffscreenCanvas(640, 360).getContext("2d");
  context?.drawImage(video, 0, 0, 640, 360);
  const measure = (x: number, y: number, width: number, height: number) => {
    const { data = new Uint8ClampedArray() } = context?.getImageData(x, y, width, height) ?? {};
    let sum = 0;
    for (let at = 0; at + 17 < data.length; at += 4) {
      sum += Math.abs((data[at + 17] ?? 0) - (data[at + 1] ?? 0));
    }
    return sum * 4 / data.length;
  };
  return { stripes: measure(8, 20, 96, 320), face: measure(280, 110, 90, 110) };
}

for (const launch of [launchChromium, launchFirefox]) {
  Deno.test(`what is behind a person never leaves ${launch.name.slice(6)} once it is to be blurred`, async () => {
    await using server = await startServer();
    await using chromium = await launchChromium();
    await using browser = await launch();
    const shown: Shown = { kind: "person", photo: await personPhoto() };
    await using bob = await openPeer(
      chromium,
      server.room("mirror", { ...joining("Bob"), camera: "0" }),
    );
    // From the first picture on.
    await bob.page.evaluate(
      (selector, source) => {
        const detail: typeof detailOf = new Function(`return (${source})`)();
        const seen: Detail[] = [];
        Reflect.set(globalThis, "seen", seen);
        setInterval(() => {
          const found = detail(selector);
          if (found !== undefined) seen.push(found);
        }, 50);
      },
      pictures.theirs,
      String(detailOf),
    );
    await using ann = await open(browser, { server, query: { name: "Ann" }, shown });
    const preview = () => ann.page.evaluate(detailOf, pictures.preview);
    const plain = await waitFor(async () => {
      const found = await preview();
      return found !== undefined && found.stripes > 100 ? found : undefined;
    }, { what: "stripes in the preview" });
    await ann.press("Your picture");
    await ann.page.locator("::-p-text(Blurred strongly)").click();
    const isBlurred = (found: Detail | undefined) => found !== undefined && found.stripes < 20;
    await waitFor(async () => isBlurred(await preview()), { what: "a blurred preview" });
    await ann.page.keyboard.press("Escape");
    await ann.press(/^Join/);
    const seen = await waitFor(async () => {
      const seen = await bob.page.evaluate((): Detail[] => Reflect.get(globalThis, "seen"));
      return seen.length > 20 ? seen : undefined;
    }, { what: "Ann's picture at Bob's" });
    for (const { stripes } of seen) assertLess(stripes, 20, "stripes at Bob's");
    const { face = 0 } = seen.at(-1) ?? {};
    assert(face > plain.face * 0.6, `${face} of a detail of ${plain.face} in the face`);
    await ann.press("Camera settings");
    await ann.page.locator("::-p-text(Visible)").click();
    await waitFor(async () => {
      const found = await bob.page.evaluate(detailOf, pictures.theirs);
      return found !== undefined && found.stripes > 60;
    }, { what: "the background again, as Ann wants" });
    assertEquals(await allComplaints([ann, bob]), []);
  });
}

Deno.test("a camera whose blur fails is off until the person chooses", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const shown: Shown = { kind: "person", photo: await personPhoto() };
  await using ann = await openPeer(chromium, server.url);
  await ann.page.evaluateOnNewDocument(showCamera, shown);
  await ann.page.evaluateOnNewDocument(() => {
    const Started = Worker;
    globalThis.Worker = class extends Started {
      constructor(...given: ConstructorParameters<typeof Started>) {
        super(...given);
        Reflect.set(globalThis, "painter", this);
      }
    };
  });
  await ann.page.goto(server.room("mirror", joining("Ann")), { waitUntil: "load" });
  await using bob = await openPeer(
    chromium,
    server.room("mirror", { ...joining("Bob"), camera: "0" }),
  );
  const theirs = () => bob.page.evaluate(detailOf, pictures.theirs);
  const seesBackground = async () => ((await theirs())?.stripes ?? 0) > 60;
  await waitFor(seesBackground, { what: "the background" });
  await ann.press("Camera settings");
  await ann.page.locator("::-p-text(Blurred lightly)").click();
  await waitFor(async () => ((await theirs())?.stripes ?? 255) < 30, { what: "a blurred picture" });
  await ann.page.keyboard.press("Escape");
  await ann.page.evaluate(() => {
    const painter: Worker = Reflect.get(globalThis, "painter");
    painter.dispatchEvent(new ErrorEvent("error", { message: "it was meant to" }));
  });
  await waitFor(
    () => ann.page.$eval(".pills", (pills) => pills.textContent?.includes("no longer be blurred")),
    { what: "the words about it" },
  );
  await waitFor(() => ann.page.$("[aria-label='Start video'], ::-p-text(Start video)"), {
    what: "a camera that is off",
  });
  await ann.press("Show my background");
  await waitFor(seesBackground, { what: "the background again, as Ann wants" });
  assertEquals(await allComplaints([ann, bob]), []);
});
