import { actAsDevice, deviceOf } from "../../../mesh/processing/device_track.ts";
import { assert, assertEquals, assertStrictEquals } from "../../assert.ts";
import { FakeTrack } from "../link/fake_track.ts";

function scene() {
  const device = new FakeTrack("audio", { label: "Headset", deviceId: "mic-1" });
  const source = new FakeTrack("audio", { label: "MediaStreamAudioDestinationNode" });
  const events: string[] = [];
  const track = actAsDevice(source, { device, release: () => events.push("release") });
  for (const type of ["ended", "mute", "unmute"]) {
    track.addEventListener(type, () => events.push(type));
  }
  return { device, track, events };
}

Deno.test("stopping a made track stops its device, frees what made it once, and fires nothing", () => {
  const { device, track, events } = scene();
  track.stop();
  assertEquals([device.readyState, track.readyState], ["ended", "ended"]);
  track.stop();
  device.dispatchEvent(new Event("ended"));
  assertEquals(events, ["release"]);
});

Deno.test("a made track ends with its device, and says so", () => {
  const { device, track, events } = scene();
  device.end();
  assertEquals([track.readyState, events], ["ended", ["release", "ended"]]);
});

Deno.test("a made track has its device's name, settings and constraints, and is muted with it", async () => {
  const { device, track, events } = scene();
  assertEquals([track.label, track.getSettings().deviceId], ["Headset", "mic-1"]);
  await track.applyConstraints({ noiseSuppression: false });
  assertEquals(device.constraints, { noiseSuppression: false });
  assertEquals(track.getConstraints(), { noiseSuppression: false });
  device.muted = true;
  device.dispatchEvent(new Event("mute"));
  assertEquals<boolean>(track.muted, true);
  device.muted = false;
  device.dispatchEvent(new Event("unmute"));
  assertEquals<boolean>(track.muted, false);
  assertEquals(events, ["mute", "unmute"]);
});

Deno.test("a copy of a made track hears the device while the track is muted by the person", () => {
  const { device, track } = scene();
  track.enabled = false;
  assert(device.enabled);
  track.clone().stop();
  assertEquals(device.readyState, "live");
});

Deno.test("the device of a made track is known, and any other track is its own", () => {
  const { device, track } = scene();
  assertStrictEquals(deviceOf(track), device);
  assertStrictEquals(deviceOf(device), device);
});
