import { signal } from "@preact/signals-core";
import {
  type Silence,
  type SilenceFacts,
  SilenceStore,
} from "../../../app/talk/silence/silence_store.ts";
import { assertEquals } from "../../assert.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";
import { microtasks } from "../../mesh/link/fake_tasks.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import type { MediaStore } from "../../../app/devices/mod.ts";
import type { RoomStore } from "../../../app/room/mod.ts";

const labels = { own: "Headset", desk: "Desk microphone", same: "Headset (default)" };

function microphone(deviceId: string, label: string, groupId = deviceId): MediaDeviceInfo {
  const info = { deviceId, groupId, label, kind: "audioinput" as const };
  return { ...info, toJSON: () => info };
}

/** A call with a microphone that is on, and three others in the list, two of which are the same. */
function silentCall(track: FakeTrack) {
  const own = signal<ReturnType<MediaStore["source"]>["value"]>({
    kind: "on",
    track,
    deviceId: "own",
  });
  const microphones = [
    microphone("own", labels.own),
    microphone("default", labels.same, "own"),
    microphone("again", labels.same, "own"),
    microphone("desk", labels.desk),
  ];
  const state = signal<RoomStore["state"]["value"]>({
    kind: "joined",
    room: "attic",
    selfId: "0".repeat(32),
    capacity: 16,
  });
  return {
    own,
    muted: signal(false),
    media: {
      source: () => own,
      devices: signal({ cameras: [], microphones, speakers: [] }),
      choose: () => Promise.resolve(),
    },
    room: { state },
  };
}

/** A person in a room; `world.peak`: what the microphone gives. */
function scene({ wasHeard = false, allowed = true } = {}) {
  const clock = new VirtualClock();
  const track = new FakeTrack("audio", { label: labels.own, deviceId: "own" });
  const call = silentCall(track);
  const world: { peak: number | undefined } = { peak: 0 };
  const opened: FakeTrack[] = [];
  const meters = new Map<MediaStreamTrack, (level: number) => void>();
  const facts: SilenceFacts = {
    watchPeak: () => ({ peak: () => world.peak, close() {} }),
    watchLevel: (other, onLevel) => {
      meters.set(other, onLevel);
      return () => void meters.delete(other);
    },
    open: (deviceId) => {
      const other = new FakeTrack("audio", { deviceId });
      if (allowed) opened.push(other);
      return Promise.resolve(allowed ? other : undefined);
    },
    after: (ms, callback) => clock.after(ms, callback),
  };
  const store = new SilenceStore(call, { heard: wasHeard ? track : undefined, facts });
  const kind = () => store.silence.value?.kind;
  const speakElsewhere = () => {
    for (const onLevel of [...meters.values()]) for (let at = 0; at < 12; at++) onLevel(0.6);
  };
  const live = () => opened.filter(({ readyState }) => readyState === "live").length;
  const pass = async (seconds: number) => {
    clock.advance(seconds * 1_000);
    await microtasks();
  };
  return { store, track, world, opened, meters, kind, pass, live, speakElsewhere, ...call };
}

Deno.test("a microphone that its own key mutes is told after three seconds, until it is on again", async () => {
  const { store, track, world, kind, pass } = scene();
  world.peak = 0.1;
  track.muted = true;
  await pass(2.5);
  assertEquals(kind(), undefined);
  await pass(1);
  assertEquals(kind(), "muted");
  track.muted = false;
  await pass(1);
  assertEquals(kind(), undefined);
  store.close();
});

Deno.test("a microphone that gives nothing at all is told soon, one that was heard much later", async () => {
  for (
    const { wasHeard, before, after } of [
      { wasHeard: false, before: 4.5, after: 1 },
      { wasHeard: true, before: 59, after: 2 },
    ]
  ) {
    const { store, kind, pass } = scene({ wasHeard });
    await pass(before);
    assertEquals(kind(), undefined, `after ${before} s`);
    await pass(after);
    assertEquals(kind(), "dead", `after ${before + after} s`);
    store.close();
  }
});

Deno.test("a quiet person is told nothing, and what the browser lets nobody hear is no silence", async () => {
  for (const peak of [1e-4, undefined]) {
    const { store, world, kind, pass } = scene();
    world.peak = peak;
    await pass(600);
    assertEquals(kind(), undefined, `with ${peak}`);
    store.close();
  }
});

Deno.test("another microphone that hears a voice is named, and opened for some seconds only", async () => {
  const { store, world, opened, kind, pass, live, speakElsewhere } = scene();
  world.peak = 1e-4;
  await pass(4.5);
  assertEquals(opened.length, 0);
  await pass(1);
  assertEquals(opened.map((track) => track.getSettings().deviceId), ["desk"], "not itself again");
  await pass(8);
  assertEquals(live(), 0);
  await pass(17);
  assertEquals([opened.length, live()], [2, 1]);
  speakElsewhere();
  const { silence } = store;
  assertEquals<Silence["kind"] | undefined>(silence.value?.kind, "elsewhere");
  assertEquals(silence.value?.other?.label, labels.desk);
  assertEquals(live(), 0);
  world.peak = 0.1;
  await pass(0.25);
  assertEquals(kind(), undefined);
  await pass(600);
  assertEquals(opened.length, 2, "nobody is listened to while the person is heard");
  store.close();
});

Deno.test("what nobody could hear yet counts neither as silence nor as a sound", async () => {
  const { store, world, kind, pass } = scene();
  world.peak = undefined;
  await pass(30);
  world.peak = 0;
  await pass(4.5);
  assertEquals(kind(), undefined);
  await pass(1);
  assertEquals(kind(), "dead");
  store.close();
});

Deno.test("a microphone that is muted after another one was found still names that one", async () => {
  const { store, track, world, pass, speakElsewhere } = scene();
  world.peak = 1e-4;
  await pass(6);
  speakElsewhere();
  assertEquals(store.silence.value?.kind, "elsewhere");
  track.muted = true;
  await pass(4);
  assertEquals<string | undefined>(store.silence.value?.kind, "muted");
  assertEquals(store.silence.value?.other?.label, labels.desk);
  store.close();
});

Deno.test("a dead microphone keeps its word, and names the other one that hears the person", async () => {
  const { store, pass, speakElsewhere } = scene();
  await pass(6);
  assertEquals([store.silence.value?.kind, store.silence.value?.other], ["dead", undefined]);
  speakElsewhere();
  assertEquals(store.silence.value?.kind, "dead");
  assertEquals(store.silence.value?.other?.label, labels.desk);
  store.close();
});

Deno.test("muting, leaving a microphone and closing end everything that is open", async () => {
  for (const end of ["mute", "stop", "close"] as const) {
    const { store, muted, own, pass, live, kind } = scene();
    await pass(6);
    assertEquals([kind(), live()], ["dead", 1]);
    if (end === "mute") muted.value = true;
    else if (end === "stop") own.value = { kind: "off" };
    else store.close();
    assertEquals([kind(), live()], [undefined, 0], end);
    await pass(600);
    assertEquals(live(), 0, end);
    store.close();
  }
});

Deno.test("others are listened to four times at most, and not at all if the browser would ask", async () => {
  const { store, opened, pass, world } = scene();
  world.peak = 1e-4;
  for (let minute = 0; minute < 20; minute++) await pass(60);
  assertEquals(opened.length, 4);
  store.close();
  const asking = scene({ allowed: false });
  await asking.pass(60);
  assertEquals([asking.meters.size, asking.kind()], [0, "dead"]);
  asking.store.close();
});

Deno.test("what is dismissed is not said again of the same microphone, but of the next one", async () => {
  const { store, own, kind, pass } = scene();
  await pass(6);
  store.dismiss();
  assertEquals(kind(), undefined);
  await pass(120);
  assertEquals(kind(), undefined);
  const next = new FakeTrack("audio", { deviceId: "next" });
  own.value = { kind: "on", track: next, deviceId: "next" };
  await pass(6);
  assertEquals(kind(), "dead");
  store.close();
});
