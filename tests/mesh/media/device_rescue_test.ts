import { LocalMedia, type SourceState } from "../../../mesh/mod.ts";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { FakeDevices } from "./fake_devices.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { VirtualClock } from "../virtual_clock.ts";

/** The most requests of one start. */
const most = 5;

function newMedia(pause: () => void | Promise<void> = () => {}) {
  const devices = new FakeDevices();
  devices.plug("videoinput", "desk");
  devices.plug("videoinput", "lid");
  devices.plug("audioinput", "mic");
  const media = new LocalMedia({
    mediaDevices: devices,
    secure: true,
    clock: new VirtualClock(),
    pause: async () => await pause(),
  });
  return { devices, media };
}

const desk = { deviceId: "desk", label: "label of desk" };

/** The requested ids, in order; "any" if the browser chose. */
function askedFor({ asked }: FakeDevices): string[] {
  return asked.map(({ audio, video }) => {
    const wanted = video ?? audio;
    const id = typeof wanted === "object" ? wanted.deviceId : undefined;
    return typeof id === "object" && !Array.isArray(id) ? String(id.exact) : "any";
  });
}

function told(state: SourceState): string {
  if (state.kind === "failed") return `failed: ${state.failure}`;
  if (state.kind !== "on") return state.kind;
  const { deviceId, insteadOf } = state;
  return insteadOf === undefined ? deviceId : `${deviceId} instead of ${insteadOf}`;
}

Deno.test("a camera that does not start is tried once more, then another one is used and both are named", async () => {
  for (const fault of ["NotReadableError", "AbortError", "OverconstrainedError", "EncodingError"]) {
    const { devices, media } = newMedia();
    devices.broken.set("desk", fault);
    assertEquals(told(await media.startCamera(desk)), "lid instead of label of desk", fault);
    assertEquals(askedFor(devices), ["desk", "desk", "lid"], fault);
    media.close();
    assertEquals(devices.live, 0);
  }
});

Deno.test("the same holds for a microphone, and for the browser's choice", async () => {
  const { devices, media } = newMedia();
  devices.plug("audioinput", "headset");
  devices.broken.set("mic", "NotReadableError");
  assertEquals(told(await media.startMicrophone()), "headset instead of label of mic");
  assertEquals(askedFor(devices), ["any", "any", "headset"]);
  media.close();
});

Deno.test("a camera that is free again a moment later is used without a notice", async () => {
  const { devices, media } = newMedia(() => void devices.broken.clear());
  devices.broken.set("desk", "NotReadableError");
  assertEquals(told(await media.startCamera(desk)), "desk");
  assertEquals(askedFor(devices), ["desk", "desk"]);
  media.close();
});

Deno.test("if no other camera starts either, or there is none, the failure says why", async () => {
  const cases: [fault: string, failure: string][] = [
    ["NotReadableError", "failed: busy"],
    ["AbortError", "failed: busy"],
    ["OverconstrainedError", "failed: unknown"],
    ["EncodingError", "failed: unknown"],
  ];
  for (const [fault, failure] of cases) {
    for (const others of [0, 1, 9]) {
      const { devices, media } = newMedia();
      devices.devices.splice(1, 1);
      for (let other = 0; other < others; other++) devices.plug("videoinput", `other-${other}`);
      for (const { deviceId } of devices.devices) devices.broken.set(deviceId, fault);
      assertEquals(told(await media.startCamera(desk)), failure, fault);
      assertLessOrEqual(devices.asked.length, most);
      media.close();
    }
  }
});

Deno.test("a device that the person refuses is requested once", async () => {
  for (const fault of ["NotAllowedError", "SecurityError", "NotSupportedError"]) {
    const { devices, media } = newMedia();
    devices.broken.set("desk", fault);
    await media.startCamera(desk);
    assertEquals(askedFor(devices), ["desk"], fault);
    media.close();
  }
  const { devices, media } = newMedia();
  devices.broken.set("desk", "NotReadableError").set("lid", "NotAllowedError");
  assertEquals(told(await media.startCamera(desk)), "failed: denied");
  assertEquals(askedFor(devices), ["desk", "desk", "lid"]);
  media.close();
});

Deno.test("a camera that is known only by its label is tried once more, too", async () => {
  const { devices, media } = newMedia();
  devices.broken.set("desk", "NotReadableError");
  const state = await media.startCamera({ deviceId: "old-id", label: "label of desk" });
  assertEquals(told(state), "lid instead of label of desk");
  assertEquals(askedFor(devices), ["old-id", "desk", "desk", "lid"]);
  media.close();
});

Deno.test("a camera that is gone is replaced without a notice, also if the first one is broken", async () => {
  const { devices, media } = newMedia();
  assertEquals(told(await media.startCamera({ deviceId: "old-id", label: "gone" })), "desk");
  media.stop("camera");
  devices.broken.set("desk", "NotReadableError");
  const state = await media.startCamera({ deviceId: "old-id", label: "gone" });
  assertEquals(told(state), "lid instead of label of desk");
  assertLessOrEqual(devices.asked.length, 2 + most);
  media.close();
});

Deno.test("the same device under the system's id is not another one", async () => {
  const { devices, media } = newMedia();
  devices.devices.splice(0);
  for (const deviceId of ["default", "mic", "headset"]) devices.plug("audioinput", deviceId);
  const { enumerateDevices } = devices;
  devices.enumerateDevices = async () =>
    (await enumerateDevices.call(devices)).map((device) => ({
      ...device,
      groupId: device.deviceId === "headset" ? "usb" : "built-in",
      toJSON: () => device,
    }));
  devices.broken.set("default", "NotReadableError").set("mic", "NotReadableError");
  assertEquals(told(await media.startMicrophone()), "headset instead of label of default");
  assertEquals(askedFor(devices), ["any", "any", "headset"]);
  media.close();
});

Deno.test("before a permission, when no device has an id, the browser may choose another one", async () => {
  const { devices, media } = newMedia();
  devices.enumerateDevices = () => Promise.resolve([]);
  devices.broken.set("lid", "NotReadableError");
  const state = await media.startCamera({ deviceId: "lid", label: "label of lid" });
  assertEquals(told(state), "desk instead of label of lid");
  assertEquals(askedFor(devices), ["lid", "lid", "any"]);
  media.close();
});

Deno.test("devices that come and go meanwhile cause few requests, and none after a stop", async () => {
  const { devices, media } = newMedia(() => {
    for (let round = 0; round < 50; round++) {
      devices.dispatchEvent(new Event("devicechange"));
      devices.plug("videoinput", `flapping-${round}`);
      devices.unplug(`flapping-${round}`);
    }
  });
  for (const id of ["desk", "lid"]) devices.broken.set(id, "NotReadableError");
  await media.startCamera(desk);
  assertLessOrEqual(devices.asked.length, most);
  media.close();

  const later = newMedia(() => later.media.stop("camera"));
  later.devices.broken.set("desk", "NotReadableError");
  await later.media.startCamera(desk);
  assertEquals(askedFor(later.devices), ["desk"]);
  assertEquals([later.media.camera.kind, later.devices.live], ["off", 0]);
  later.media.close();
});

Deno.test("a newer request wins over a retry", async () => {
  let second: Promise<SourceState> | undefined;
  const { devices, media } = newMedia(() => {
    second ??= media.startCamera({ deviceId: "lid" });
  });
  devices.broken.set("desk", "NotReadableError");
  await media.startCamera(desk);
  assert(second !== undefined);
  assertEquals(told(await second), "lid");
  assertEquals([told(media.camera), devices.live], ["lid", 1]);
  media.close();
});

Deno.test("a camera that fails in the call is tried again and replaced, with a notice", async () => {
  const { devices, media } = newMedia();
  const clock = new VirtualClock();
  const call = new LocalMedia({
    mediaDevices: devices,
    secure: true,
    clock,
    pause: () => Promise.resolve(),
  });
  await call.startCamera(desk);
  clock.advance(60_000);
  devices.broken.set("desk", "NotReadableError");
  const instead = Promise.withResolvers<string>();
  call.subscribe((event) => {
    if (event.type === "source" && event.state.kind === "on") instead.resolve(told(event.state));
  });
  devices.tracks[0]?.end();
  assertEquals(await instead.promise, "lid instead of label of desk");
  call.close();
  media.close();
});

/** Runs `work` with a Permissions API that answers `state`. */
async function withPermission(state: "granted" | "prompt", work: () => Promise<void>) {
  const permissions = { query: () => Promise.resolve({ state }) };
  Object.defineProperty(navigator, "permissions", { value: permissions, configurable: true });
  try {
    await work();
  } finally {
    Reflect.deleteProperty(navigator, "permissions");
  }
}

Deno.test("a camera that ends right after its start is busy if its permission is granted, else denied", async () => {
  for (const [permission, told] of [["granted", "busy"], ["prompt", "denied"]] as const) {
    await withPermission(permission, async () => {
      const { devices, media } = newMedia();
      await media.startCamera(desk);
      assertEquals(await failureOfEnd({ devices, media }), told);
      assertEquals(askedFor(devices), ["desk"], "it does not start again");
      media.close();
    });
  }
  const { devices, media } = newMedia();
  await media.startCamera(desk);
  assertEquals(await failureOfEnd({ devices, media }), "denied", "the browser does not say");
  media.close();
});

Deno.test("a camera that is stopped while the browser is asked about its permission stays off", async () => {
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<void>();
  const query = async () => {
    asked.resolve();
    await answered.promise;
    return { state: "granted" };
  };
  Object.defineProperty(navigator, "permissions", { value: { query }, configurable: true });
  try {
    const { devices, media } = newMedia();
    await media.startCamera(desk);
    devices.tracks[0]?.end();
    await asked.promise;
    media.stop("camera");
    answered.resolve();
    await microtasks();
    assertEquals([media.camera.kind, devices.asked.length], ["off", 1]);
    media.close();
  } finally {
    Reflect.deleteProperty(navigator, "permissions");
  }
});

/** Ends the first track, and resolves with the failure that follows. */
function failureOfEnd({ devices, media }: ReturnType<typeof newMedia>): Promise<string> {
  return new Promise((resolve) => {
    media.subscribe((event) => {
      if (event.type === "source" && event.state.kind === "failed") resolve(event.state.failure);
    });
    devices.tracks[0]?.end();
  });
}

function hanging() {
  const devices = new FakeDevices();
  devices.plug("videoinput", "desk");
  devices.plug("videoinput", "lid");
  devices.broken.set("desk", "hangs");
  const clock = new VirtualClock();
  const pause = () => Promise.resolve();
  const media = new LocalMedia({ mediaDevices: devices, secure: true, clock, pause });
  return { devices, clock, media };
}

Deno.test("a camera that hangs is replaced by another one, and stopped when it starts at last", async () => {
  await withPermission("granted", async () => {
    const { devices, clock, media } = hanging();
    const start = media.startCamera(desk);
    clock.advance(10_000);
    assertEquals(told(await start), "lid instead of label of desk");
    assertEquals(askedFor(devices), ["desk", "lid"], "the same would only hang behind it");
    devices.endHanging();
    await microtasks();
    assertEquals(devices.tracks.map(({ readyState }) => readyState), ["live", "ended"]);
    assertEquals(clock.waiting, 0);
    media.close();
  });
});

Deno.test("a camera is not replaced while the browser still asks the person", async () => {
  await withPermission("prompt", async () => {
    const { devices, clock, media } = hanging();
    const start = media.startCamera(desk);
    clock.advance(600_000);
    await microtasks();
    assertEquals([media.camera.kind, devices.asked.length], ["starting", 1]);
    devices.endHanging();
    assertEquals(told(await start), "desk");
    media.close();
  });
});
