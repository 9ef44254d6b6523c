// Every way back into a room: as silent and dark as the moment before.

import { effect } from "@preact/signals-core";
import { assert, assertEquals } from "../../assert.ts";
import { LocalMedia } from "../../../mesh/mod.ts";
import { embed, type FramedWindow } from "../../../app/call/embedded.ts";
import { Call } from "../../../app/call/call.ts";
import { readJoinLink } from "../../../app/enter/join_link.ts";
import { IntentMemory, tabStorage } from "../../../app/devices/intent.ts";
import { KeyRing } from "../../../app/ui/key_ring.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { FakeSession } from "./fake_session.ts";

const both = { camera: true, microphone: true };

/** `tab`: what outlives the page, to be handed to the next one. */
function scene(tab = newTab()) {
  const intent = new IntentMemory(tabStorage(tab), "attic");
  const session = new FakeSession();
  const clock = new VirtualClock();
  const devices = new FakeDevices();
  devices.plug("videoinput", "cam");
  devices.plug("audioinput", "mic");
  const book = new PreferenceBook(undefined);
  const call = new Call({
    session,
    media: new LocalMedia({ mediaDevices: devices, secure: true }),
    book,
    keys: new KeyRing(undefined),
    watchLevel: () => () => {},
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    date: () => clock.date(),
    intent,
  });
  const join = (wish = both) => call.join({ room: "attic", name: "Mira", wish });
  const kinds = () =>
    (["camera", "microphone", "screen"] as const).map((one) => call.media.source(one).value.kind);
  /** As the island does when its page is loaded. */
  const arrive = (link = "?join=1", isBack = true) => {
    const { wish, returns } = intent.recall(readJoinLink(link), isBack);
    const from = returns ? "before" : "link";
    if (link.includes("join=1")) call.join({ room: "attic", name: "Mira", wish, from });
    else call.devices.preview(wish, returns);
  };
  return { session, clock, devices, book, call, join, kinds, arrive };
}

function newTab() {
  const items = new Map<string, string>();
  const sessionStorage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
  };
  return { sessionStorage, name: "" };
}

type Scene = ReturnType<typeof scene>;

/** What leaves this page: the state of its camera, and whether its microphone is heard. */
function given({ call, session, devices }: Scene): string {
  const live = devices.tracks.filter(({ readyState }) => readyState === "live");
  const isSeen = live.some(({ kind }) => kind === "video");
  const hasSound = live.some(({ kind }) => kind === "audio");
  const isMuted = session.asked.findLast((asked) => /^(un)?mute$/.test(asked)) === "mute";
  assertEquals(call.muted.value, isMuted, "the page and the room say the same");
  return `${isSeen ? "seen" : "dark"}, ${!hasSound ? "no sound" : isMuted ? "muted" : "heard"}`;
}

/** Lets everything that needs no time happen. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}

/** What somebody does in a room, and how the others have them from then on. */
const deeds: [what: string, deed: (scene: Scene) => void, then: string, link?: string][] = [
  ["does nothing", () => {}, "seen, heard"],
  ["mutes", ({ call }) => call.toggleMicrophone(), "seen, muted"],
  ["stops the camera", ({ call }) => call.toggleCamera(), "dark, heard"],
  ["is muted by an owner", ({ session }) => {
    session.emit({ type: "mute-request", from: "ann" });
  }, "seen, muted"],
  [
    "unmutes after a link without microphone, and mutes",
    ({ call }) => {
      call.toggleMicrophone();
      call.setMuted(true);
    },
    "seen, muted",
    "?join=1&microphone=0",
  ],
  [
    "starts what the link left off",
    ({ call }) => {
      call.toggleMicrophone();
      call.toggleCamera();
    },
    "seen, heard",
    "?join=1&microphone=0&camera=0",
  ],
  ["only writes", () => {}, "dark, no sound", "?join=1&microphone=0&camera=0"],
  ["holds a key to talk while muted", ({ call }) => {
    call.toggleMicrophone();
    call.speak();
  }, "seen, muted"],
  ["mutes, and changes the microphone", ({ call, devices }) => {
    devices.plug("audioinput", "second");
    call.toggleMicrophone();
    void call.media.choose("microphone", { deviceId: "second", label: "label of second" });
  }, "seen, muted"],
  ["stops the camera, and chooses another", ({ call, devices }) => {
    devices.plug("videoinput", "second");
    call.toggleCamera();
    void call.media.choose("camera", { deviceId: "second", label: "label of second" });
  }, "dark, heard"],
  ["mutes, and loses the microphone to a cable", ({ call, devices }) => {
    call.toggleMicrophone();
    devices.plug("audioinput", "second");
    devices.unplug("mic");
  }, "seen, muted"],
];

for (const [what, deed, then, link] of deeds) {
  Deno.test(`a person who ${what} comes back so, by every way`, async () => {
    const tab = newTab();
    const first = scene(tab);
    first.arrive(link, false);
    first.session.enter();
    await settle();
    assertEquals(first.call.devices.returned.value, undefined);
    deed(first);
    await settle();

    // The page is gone without a goodbye, then comes again by itself.
    const reloaded = scene(tab);
    reloaded.arrive(link);
    await settle();
    assertEquals(given(reloaded), then, "after a reload");
    assert(reloaded.call.devices.returned.value !== undefined, "it is said");
    reloaded.call.close();

    for (const reason of ["left", "replaced", "restart"] as const) {
      if (reason === "left") first.call.session.leave();
      else first.session.become({ kind: "left", room: "attic", reason });
      assertEquals(given(first).startsWith("dark, no sound"), true);
      // A key that was held is let go with the page of the room.
      if (what.includes("holds")) first.call.setMuted(true);
      first.call.rejoin();
      first.session.enter();
      await settle();
      assertEquals(given(first), then, reason);
      assert(first.call.devices.returned.value !== undefined, "it is said");
    }
    // The browser hides the page before our own goodbye: by then the devices are off.
    first.session.leave();
    first.call.session.leave();
    first.call.rejoin();
    first.session.enter();
    await settle();
    assertEquals(given(first), then, "after Back");
    first.call.close();
  });
}

Deno.test("the notice of a return shows until the person changes it or leaves", async () => {
  const { session, call, join } = scene();
  join();
  session.enter();
  await settle();
  call.toggleMicrophone();
  call.session.leave();
  assertEquals(call.devices.returned.value, undefined);
  call.rejoin();
  assertEquals(call.devices.returned.value, { camera: true, microphone: true, muted: true });
  call.toggleCamera();
  assertEquals(call.devices.returned.value, undefined);
  call.close();
});

Deno.test("a wrong password while joining does not count as a return", () => {
  const { session, call, join } = scene();
  join();
  session.become({ kind: "left", room: "attic", reason: "password" });
  call.rejoin({ password: "two sugars" });
  session.enter();
  assertEquals(call.devices.returned.value, undefined);
  call.close();
});

Deno.test("the page before joining shows what is off as before, and trying again turns on nothing else", async () => {
  const tab = newTab();
  const first = scene(tab);
  first.arrive("", false);
  await settle();
  assertEquals(first.kinds(), ["on", "on", "off"]);
  first.call.devices.turn("microphone", false);
  first.call.close();
  const again = scene(tab);
  again.devices.errors.set("video", "NotAllowedError");
  again.arrive("");
  await settle();
  assertEquals(again.kinds(), ["failed", "off", "off"]);
  assertEquals(again.call.devices.returned.value, {
    camera: true,
    microphone: false,
    muted: false,
  });
  again.devices.errors.clear();
  again.call.devices.retry();
  await settle();
  assertEquals(again.kinds(), ["on", "off", "off"]);
  again.join({ camera: true, microphone: false });
  again.call.close();
  const muted = scene(tab);
  muted.arrive("?join=1");
  await settle();
  assertEquals(given(muted), "seen, no sound");
  muted.call.close();
});

Deno.test("a person who was muted in the room finds the microphone off on the page before it", async () => {
  const tab = newTab();
  const inside = scene(tab);
  inside.join();
  inside.session.enter();
  inside.call.toggleMicrophone();
  inside.call.close();
  const before = scene(tab);
  before.arrive("");
  await settle();
  assertEquals(before.kinds(), ["on", "off", "off"]);
  before.call.close();
});

Deno.test("a microphone that starts late is muted if an owner asked for it meanwhile", async () => {
  const { session, devices, call, join, kinds } = scene();
  devices.errors.set("audio", "NotAllowedError");
  join();
  session.enter();
  await settle();
  assertEquals(kinds()[1], "failed");
  session.emit({ type: "mute-request", from: "ann" });
  devices.errors.clear();
  await call.media.start("microphone");
  assertEquals([kinds()[1], call.muted.value], ["on", true]);
  call.close();
});

Deno.test("the page around silences and darkens at any time, and who then comes in is silent and dark", async () => {
  const command = (call: Call, what: string) => {
    const listeners: ((event: MessageEvent) => void)[] = [];
    const frame: FramedWindow = {
      parent: self,
      addEventListener: (_type, listener) => void listeners.push(listener),
      removeEventListener: () => {},
    };
    const end = embed(call, { frame, post: () => {}, runs: effect });
    const event = new MessageEvent("message", { source: null, data: { parley: what } });
    Object.defineProperty(event, "source", { value: self });
    for (const listener of listeners) listener(event);
    end();
  };
  const waiting = scene();
  waiting.arrive("", false);
  await settle();
  command(waiting.call, "mute");
  command(waiting.call, "stop-camera");
  assertEquals(waiting.kinds(), ["off", "off", "off"], "before joining");
  waiting.call.close();

  const inside = scene();
  inside.join();
  inside.session.become({ kind: "joining", room: "attic" });
  command(inside.call, "mute");
  inside.session.enter();
  command(inside.call, "stop-camera");
  await settle();
  assertEquals(given(inside), "dark, muted", "on the way in and inside");
  inside.call.session.leave();
  inside.call.rejoin();
  await settle();
  assertEquals(given(inside), "dark, muted");
  inside.call.close();
});

Deno.test("a microphone that is still starting is asked for once, however often its key is pressed", async () => {
  const { session, devices, call, join } = scene();
  const gate = Promise.withResolvers<void>();
  devices.gate = gate.promise;
  join({ camera: false, microphone: true });
  session.enter();
  for (let press = 0; press < 5; press++) call.toggleMicrophone();
  gate.resolve();
  await settle();
  assertEquals(
    [devices.asked.length, call.muted.value],
    [1, true],
    "who mutes it then is not heard",
  );
  call.close();
});
