// Loaded here, so that the late import in the code under test needs microtasks only.
import "../../../mesh/media/device_rescue.ts";
import { LocalMedia, type LocalMediaEvent } from "../../../mesh/media/local_media.ts";
import type { MediaFailure } from "../../../mesh/media/media_failure.ts";
import { assert, assertEquals, assertStrictEquals } from "../../assert.ts";
import { FakeDevices } from "./fake_devices.ts";
import { FakeTrack } from "../link/fake_track.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { VirtualClock } from "../virtual_clock.ts";

function newMedia() {
  const devices = new FakeDevices();
  devices.plug("videoinput", "cam-1");
  devices.plug("videoinput", "cam-2");
  devices.plug("audioinput", "mic-1");
  devices.plug("audiooutput", "out-1");
  const clock = new VirtualClock();
  const media = new LocalMedia({
    mediaDevices: devices,
    secure: true,
    clock,
    pause: () => Promise.resolve(),
  });
  const events: LocalMediaEvent[] = [];
  media.subscribe((event) => events.push(event));
  const tracks = (slot: string) =>
    events.flatMap((event) => event.type === "track" && event.slot === slot ? [event.track] : []);
  return { devices, media, clock, events, tracks };
}

Deno.test("camera and microphone start and stop separately", async () => {
  const { devices, media, tracks } = newMedia();
  const camera = await media.startCamera();
  assertEquals(camera.kind === "on" && camera.deviceId, "cam-1");
  assertEquals(media.microphone.kind, "off");
  await media.startMicrophone();
  media.stop("camera");
  assertEquals([media.camera.kind, media.microphone.kind], ["off", "on"]);
  assertEquals(tracks("camera").map((track) => track?.kind ?? null), ["video", null]);
  assertEquals(tracks("microphone").length, 1);
  assertEquals(devices.live, 1);
  media.close();
});

Deno.test("the camera is requested with 1280×720 at 30, the microphone without constraints", async () => {
  const { devices, media } = newMedia();
  await media.startCamera();
  await media.startMicrophone();
  assertEquals(devices.asked, [
    { video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } } },
    { audio: {} },
  ]);
  media.close();
});

Deno.test("constraints of the microphone hold until there are new ones", async () => {
  const { devices, media } = newMedia();
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  await media.startMicrophone({ deviceId: "mic-1" }, plain);
  await media.startMicrophone();
  assertEquals(devices.asked, [
    { audio: { ...plain, deviceId: { exact: "mic-1" } } },
    { audio: plain },
  ]);
  media.close();
});

Deno.test("every failure has its reason, and the other source continues", async () => {
  const reasons: [string, MediaFailure][] = [
    ["NotAllowedError", "denied"],
    ["SecurityError", "denied"],
    ["NotFoundError", "missing"],
    ["NotReadableError", "busy"],
    ["AbortError", "busy"],
    ["NotSupportedError", "unsupported"],
    ["EncodingError", "unknown"],
  ];
  for (const [name, failure] of reasons) {
    const { devices, media, tracks } = newMedia();
    devices.errors.set("video", name);
    assertEquals(await media.startCamera(), { kind: "failed", failure });
    assertEquals((await media.startMicrophone()).kind, "on");
    assertEquals(tracks("camera"), []);
    media.close();
  }
});

Deno.test("a page without access, and a browser without devices, say so", async () => {
  const insecure = new LocalMedia({ mediaDevices: new FakeDevices(), secure: false });
  assertEquals(await insecure.startCamera(), { kind: "failed", failure: "insecure" });
  const without = new LocalMedia({ mediaDevices: undefined, secure: true });
  assertEquals(await without.startMicrophone(), { kind: "failed", failure: "unsupported" });
  assertEquals(await without.captureScreen({}), { ok: false, failure: "unsupported" });
  assertEquals((await without.refreshDevices()).cameras, []);
  insecure.close();
  without.close();
});

Deno.test("a device is chosen by id, else by its label, else any", async () => {
  const { media } = newMedia();
  const idOf = async (choice: { deviceId?: string; label?: string }) => {
    const state = await media.startCamera(choice);
    return state.kind === "on" ? state.deviceId : state.kind;
  };
  assertEquals(await idOf({ deviceId: "cam-2" }), "cam-2");
  assertEquals(await idOf({ deviceId: "old-id", label: "label of cam-2" }), "cam-2");
  assertEquals(await idOf({ deviceId: "old-id", label: "gone" }), "cam-1");
  media.close();
});

Deno.test("changing the device stops the old one and reports one new track", async () => {
  const { devices, media, tracks } = newMedia();
  await media.startCamera();
  await media.startCamera({ deviceId: "cam-2" });
  assertEquals(tracks("camera").length, 2);
  assertEquals(devices.tracks.map(({ readyState }) => readyState), ["ended", "live"]);
  media.close();
});

Deno.test("the newest request wins; a track of an older one is stopped", async () => {
  const { devices, media, tracks } = newMedia();
  const gate = Promise.withResolvers<void>();
  devices.gate = gate.promise;
  const first = media.startCamera({ deviceId: "cam-1" });
  const second = media.startCamera({ deviceId: "cam-2" });
  gate.resolve();
  await Promise.all([first, second]);
  assertEquals(media.camera.kind === "on" && media.camera.deviceId, "cam-2");
  assertEquals(tracks("camera").length, 1);
  assertEquals(devices.live, 1);
  media.close();
  assertEquals(devices.live, 0);
});

Deno.test("a stop during the start leaves nothing on", async () => {
  const { devices, media, tracks } = newMedia();
  const gate = Promise.withResolvers<void>();
  devices.gate = gate.promise;
  const starting = [media.startMicrophone(), media.startCamera()];
  media.stop("microphone");
  media.stop("camera");
  gate.resolve();
  await Promise.all(starting);
  assertEquals([media.microphone.kind, media.camera.kind, devices.live], ["off", "off", 0]);
  assertEquals([tracks("microphone"), tracks("camera")], [[], []]);
  media.close();
});

Deno.test("an unplugged device falls back to another, once", async () => {
  const { devices, media, tracks } = newMedia();
  await media.startCamera({ deviceId: "cam-2" });
  devices.unplug("cam-2");
  await microtasks();
  assertEquals(media.camera.kind === "on" && media.camera.deviceId, "cam-1");
  devices.unplug("cam-1");
  await microtasks();
  assertEquals(media.camera, { kind: "failed", failure: "missing" });
  assertEquals(tracks("camera").map((track) => track === null), [false, false, true]);
  assertEquals(devices.asked.length, 3);
  media.close();
});

Deno.test("an interrupted device is started once more, because it is back after a sleep", async () => {
  const { devices, media, clock, tracks } = newMedia();
  await media.startMicrophone();
  clock.advance(60_000);
  devices.tracks[0]?.end();
  await microtasks();
  assertEquals(media.microphone.kind === "on" && media.microphone.deviceId, "mic-1");
  assertStrictEquals(tracks("microphone").at(-1), devices.tracks[1]);
  devices.tracks[1]?.end();
  await microtasks();
  assertEquals(media.microphone, { kind: "failed", failure: "denied" }, "not again and again");
  assertEquals(devices.asked.length, 2);
  media.close();
});

Deno.test("a permission withdrawn in a long call is reported after the new request", async () => {
  const { devices, media, clock } = newMedia();
  await media.startCamera();
  clock.advance(60_000);
  devices.errors.set("video", "NotAllowedError");
  devices.tracks[0]?.end();
  await microtasks();
  assertEquals(media.camera, { kind: "failed", failure: "denied" });
  media.close();
});

Deno.test("a permission withdrawn at once is reported, without a new request", async () => {
  const { devices, media, tracks } = newMedia();
  await media.startMicrophone();
  devices.tracks[0]?.end();
  await microtasks();
  assertEquals(media.microphone, { kind: "failed", failure: "denied" });
  assertEquals(tracks("microphone").at(-1), null);
  assertEquals(devices.asked.length, 1);
  media.close();
});

Deno.test("the device list follows plugging, and gets its labels with the first permission", async () => {
  const { devices, media, events } = newMedia();
  await media.startCamera();
  await microtasks();
  assertEquals(media.devices.cameras.map(({ deviceId }) => deviceId), ["cam-1", "cam-2"]);
  devices.plug("audioinput", "mic-2");
  await microtasks();
  assertEquals(media.devices.microphones.length, 2);
  const last = events.findLast((event) => event.type === "devices");
  assert(last?.type === "devices");
  assertStrictEquals(last.devices, media.devices);
  assertEquals(media.devices.speakers.length, 1);
  media.close();
});

Deno.test("closing stops every track and every listener", async () => {
  const { devices, media, events } = newMedia();
  await Promise.all([media.startCamera(), media.startMicrophone()]);
  media.close();
  media.close();
  const told = events.length;
  assertEquals([devices.live, devices.listeners], [0, 0]);
  assertEquals((await media.startCamera()).kind, "off");
  assertEquals(events.length, told);
});

Deno.test("a processed device gives the processed track, and one that was stopped meanwhile none", async () => {
  const { devices, media, tracks } = newMedia();
  const made: FakeTrack[] = [];
  let gate = Promise.resolve();
  media.setProcess("camera", async (track) => {
    await gate;
    const processed = new FakeTrack("video");
    processed.stop = () => {
      processed.readyState = "ended";
      track.stop();
    };
    made.push(processed);
    return processed;
  });
  await media.startCamera();
  await media.startMicrophone();
  assertEquals(tracks("camera"), made);
  assertEquals(tracks("microphone"), devices.tracks.slice(1));

  const late = Promise.withResolvers<void>();
  gate = late.promise;
  const starting = media.startCamera();
  await microtasks();
  media.stop("camera");
  // The device is off at once, also if the processing never ends.
  assertEquals(devices.live, 1);
  late.resolve();
  assertEquals((await starting).kind, "off");
  assertEquals(made.map(({ readyState }) => readyState), ["ended", "ended"]);
  assertEquals(devices.live, 1);
  assertEquals(tracks("camera"), [...made.slice(0, 1), null]);

  media.setProcess("camera", undefined);
  await media.startCamera();
  assertStrictEquals(tracks("camera").at(-1), devices.tracks.at(-1));
  media.close();
});
