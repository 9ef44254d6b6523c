import { LocalMedia } from "../../../mesh/media/local_media.ts";
import { ScreenSource, type ScreenUse } from "../../../mesh/media/screen.ts";
import type { SourceState } from "../../../mesh/mod.ts";
import { assert, assertEquals, assertNotStrictEquals, assertStrictEquals } from "../../assert.ts";
import { FakeDevices } from "./fake_devices.ts";
import { microtasks } from "../link/fake_tasks.ts";

function newScreen() {
  const devices = new FakeDevices();
  const media = new LocalMedia({ mediaDevices: devices, secure: true });
  const states: SourceState["kind"][] = [];
  const ended: (SourceState["kind"] | undefined)[] = [];
  const carried: [slot: string, track: MediaStreamTrack | null][] = [];
  const screen = new ScreenSource({
    capture: (options) => media.captureScreen(options),
    changed: ({ kind }) => states.push(kind),
    ended: () => ended.push(states.at(-1)),
    setTrack: (slot, track) => carried.push([slot, track]),
  });
  const last = (wanted: string) => carried.findLast(([slot]) => slot === wanted)?.[1];
  return { devices, screen, states, ended, carried, last };
}

Deno.test("a screen comes with its sound; the browser's bar ends both", async () => {
  const { devices, screen, states, last } = newScreen();
  assertEquals((await screen.start("text")).kind, "on");
  assertEquals(last("screen-audio")?.kind, "audio");
  assertStrictEquals(screen.sound, last("screen-audio") ?? null);
  devices.tracks[0]?.end();
  assertEquals(screen.state, { kind: "off" });
  assertEquals([last("screen"), last("screen-audio"), screen.sound], [null, null, null]);
  assertEquals(devices.live, 0);
  assertEquals(states, ["starting", "on", "off"]);
  screen.close();
});

Deno.test("a share that ends by itself is told from one that the person stops or changes", async () => {
  const { devices, screen, ended } = newScreen();
  await screen.start("text");
  await screen.start("text");
  devices.tracks[0]?.end();
  screen.stop();
  assertEquals(ended, []);
  await screen.start("text");
  devices.tracks.findLast(({ kind }) => kind === "video")?.end();
  assertEquals(ended, ["off"], "after the share has ended");
  screen.close();
});

Deno.test("a screen's sound may end alone", async () => {
  const { devices, screen, last } = newScreen();
  await screen.start("text");
  devices.tracks[1]?.end();
  assertEquals([screen.state.kind, last("screen-audio")], ["on", null]);
  screen.close();
});

Deno.test("closing the picker keeps the present share, or says denied", async () => {
  const { devices, screen, carried, last } = newScreen();
  devices.errors.set("screen", "NotAllowedError");
  assertEquals(await screen.start("text"), { kind: "failed", failure: "denied" });
  devices.errors.clear();
  await screen.start("text");
  devices.errors.set("screen", "NotAllowedError");
  assertEquals((await screen.start("text")).kind, "on");
  devices.errors.clear();
  devices.screenHasAudio = false;
  await screen.start("text");
  const [first, second] = carried.filter(([slot]) => slot === "screen");
  assertNotStrictEquals(first?.[1], second?.[1]);
  assertEquals(last("screen-audio"), null);
  assertEquals(devices.live, 1);
  screen.close();
});

Deno.test("tracks that arrive after a stop, or twice, are stopped", async () => {
  const { devices, screen, carried } = newScreen();
  const gate = Promise.withResolvers<void>();
  devices.gate = gate.promise;
  const stopped = screen.start("text");
  screen.stop();
  const [older, newer] = [screen.start("text"), screen.start("text")];
  gate.resolve();
  await Promise.all([stopped, older, newer]);
  assertEquals(carried.filter(([slot]) => slot === "screen").length, 1);
  assertEquals(devices.live, 2, "one picture and its sound");
  screen.close();
  screen.close();
  assertEquals(devices.live, 0);
  assertEquals((await screen.start("text")).kind, "off");
});

Deno.test("the call's tab cannot be chosen, and the sound of a tab is not processed", async () => {
  const { devices, screen } = newScreen();
  await screen.start("text");
  const [asked] = devices.pickers;
  assert(asked);
  assertEquals(Reflect.get(asked, "selfBrowserSurface"), "exclude");
  assertEquals(Reflect.get(asked, "surfaceSwitching"), "include");
  assertEquals(Reflect.get(asked, "systemAudio"), "include");
  assertEquals(asked.audio, {
    echoCancellation: false,
    noiseSuppression: false,
    autoGainControl: false,
  });
  screen.close();
});

Deno.test("text is sharp and slow, motion is smooth, and a change needs no new picker", async () => {
  const { devices, screen, carried } = newScreen();
  const look = () => {
    const [track] = devices.tracks;
    return [track?.contentHint, track?.constraints.frameRate];
  };
  const change = async (use: ScreenUse) => {
    await screen.setUse(use);
    return look();
  };
  await screen.start("text");
  await microtasks();
  assertEquals(look(), ["detail", { min: 0, max: 15 }]);
  assertEquals(await change("motion"), ["motion", { min: 0, max: 30 }]);
  assertEquals(await change("text"), ["detail", { min: 0, max: 15 }]);
  assertEquals(devices.pickers.length, 1);
  const told = carried.filter(([slot]) => slot === "screen").map(([, track]) => track);
  assertEquals(told.length, 3, "told again, for the senders' sake");
  assertEquals(new Set(told).size, 1);
  screen.close();
});

Deno.test("a track whose limits are rejected is still shared, with its hint", async () => {
  const { devices, screen } = newScreen();
  await screen.start("text");
  const [track] = devices.tracks;
  assert(track);
  track.refuses = true;
  await screen.setUse("motion");
  assertEquals([screen.state.kind, track.contentHint], ["on", "motion"]);
  screen.close();
});
