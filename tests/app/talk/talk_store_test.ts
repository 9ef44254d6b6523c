import { effect, signal } from "@preact/signals-core";
import { assert, assertEquals } from "../../assert.ts";
import { LocalMedia } from "../../../mesh/mod.ts";
import { Call } from "../../../app/call/call.ts";
import { KeyRing } from "../../../app/ui/key_ring.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import type { Rules } from "../../../protocol/mod.ts";
import { TalkStore } from "../../../app/talk/talk_store.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";
import { microtasks } from "../../mesh/link/fake_tasks.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { FakeSession } from "../call/fake_session.ts";

const openRules: Rules = {
  type: "rules",
  locked: false,
  knocking: false,
  password: false,
  chat: "everyone",
  screen: "everyone",
  files: "everyone",
  capacity: 8,
  owners: ["ana"],
};

async function scene() {
  const session = new FakeSession();
  const clock = new VirtualClock();
  const devices = new FakeDevices();
  devices.plug("audioinput", "mic");
  const book = new PreferenceBook(undefined);
  const meters = new Map<MediaStreamTrack, (level: number) => void>();
  const parts = {
    session,
    media: new LocalMedia({ mediaDevices: devices, secure: true, clock }),
    book,
    keys: new KeyRing(undefined),
    watchLevel(track: MediaStreamTrack, onLevel: (level: number) => void) {
      meters.set(track, onLevel);
      return () => void meters.delete(track);
    },
    after: (ms: number, callback: () => void) => clock.after(ms, callback),
    now: () => clock.now(),
    date: () => clock.date(),
  };
  const call = new Call(parts);
  const talk = new TalkStore(call, { ...parts, signal, effect });
  call.join({ room: "attic", name: "Mira", wish: { camera: false, microphone: true } });
  session.enter();
  await microtasks();
  const close = () => {
    talk.close();
    call.close();
  };
  return { session, clock, devices, book, meters, call, talk, close };
}

Deno.test("a screen is shared in its slot, with its sound, and stops with the visit", async () => {
  const { session, devices, call, talk, close } = await scene();
  assertEquals(talk.shareSound, undefined);
  await talk.share();
  assertEquals(call.media.source("screen").value.kind, "on");
  assert(session.asked.includes("a track in screen"));
  assertEquals(talk.shareSound, true);
  talk.setShareSound(false);
  const sound = devices.tracks.find(({ kind, label }) => kind === "audio" && label === "");
  assertEquals([talk.shareSound, sound?.enabled], [false, false]);
  call.session.leave();
  assertEquals(call.media.source("screen").value.kind, "off");
  assertEquals(devices.live, 0);
  close();
});

Deno.test("a share says what ended it, unless it was the person's own key", async () => {
  const { session, devices, talk, close } = await scene();
  const endPicture = () => devices.tracks.findLast(({ kind }) => kind === "video")?.end();
  const rule = (screen: Rules["screen"]) => session.emit({ ...openRules, screen });
  await talk.share();
  talk.stopSharing();
  assertEquals(talk.shareEnd.value, undefined);
  await talk.share();
  endPicture();
  assertEquals(talk.shareEnd.value, "browser");
  await talk.share();
  assertEquals(talk.shareEnd.value, undefined);
  rule("owners");
  assertEquals(talk.shareEnd.value, "owners");
  rule("everyone");
  await talk.share();
  assertEquals(talk.shareEnd.value, undefined);
  talk.stopSharing();
  rule("owners");
  assertEquals(talk.shareEnd.value, undefined, "nothing was shared");
  close();
});

Deno.test("what a share is best for changes at once, and is remembered for the next", async () => {
  const { session, devices, book, talk, close } = await scene();
  await talk.share();
  const [video] = devices.tracks.filter(({ kind }) => kind === "video");
  assertEquals(video?.contentHint, "detail");
  const told = session.asked.length;
  await talk.setMotion(true);
  assertEquals([video?.contentHint, book.current.value.shareMotion], ["motion", true]);
  assertEquals(session.asked.slice(told), ["a track in screen"], "the senders have another rule");
  talk.stopSharing();
  await talk.share();
  assertEquals(devices.tracks.findLast(({ kind }) => kind === "video")?.contentHint, "motion");
  assertEquals(devices.pickers.length, 2);
  close();
});

Deno.test("voice switches go to the running track, or the microphone is asked for anew", async () => {
  const { devices, book, talk, close } = await scene();
  const all = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  assertEquals(devices.asked, [{ audio: all }]);
  await talk.setProcessing({ noiseSuppression: false });
  assertEquals(devices.tracks[0]?.constraints, { ...all, noiseSuppression: false });
  assertEquals(devices.asked.length, 1);
  const [track] = devices.tracks;
  assert(track);
  track.refuses = true;
  await talk.setProcessing({ echoCancellation: false });
  assertEquals(devices.asked.at(-1), {
    audio: { ...all, noiseSuppression: false, echoCancellation: false },
  });
  assertEquals(book.current.value.processing.echoCancellation, false);
  assertEquals(devices.live, 1);
  close();
});

Deno.test("the muted microphone is listened to in a room only, only if one may, and only while muted", async () => {
  const { session, devices, book, call, close } = await scene();
  const copies = () =>
    devices.tracks[0]?.clones.filter(({ readyState }) => readyState === "live").length;
  assertEquals(copies(), 0);
  call.setMuted(true);
  assertEquals(copies(), 1);
  book.change({ mutedHint: false });
  assertEquals(copies(), 0);
  book.change({ mutedHint: true });
  assertEquals(copies(), 1);
  call.setMuted(false);
  assertEquals(copies(), 0);
  call.setMuted(true);
  session.become({ kind: "joining", room: "attic" });
  assertEquals(copies(), 0);
  session.enter();
  assertEquals(copies(), 1);
  call.session.leave();
  assertEquals(copies(), 0);
  close();
});

Deno.test("a speaker with a raised hand gets a hint, until the hand is down", async () => {
  const { session, clock, devices, meters, talk, close } = await scene();
  const raise = (hand: boolean) => {
    const state = { microphone: true, camera: false, screen: false, hand };
    session.emit({ type: "self", name: "Mira", state });
  };
  const [track] = devices.tracks;
  assert(track);
  const speak = (ms: number) => {
    for (let at = 0; at < ms; at += 50) {
      clock.advance(50);
      meters.get(track)?.(0.9);
    }
  };
  speak(6_000);
  assertEquals(talk.handForgotten.value, false);
  clock.advance(1_000);
  raise(true);
  speak(2_000);
  clock.advance(3_000);
  assertEquals(talk.handForgotten.value, false, "a remark is not the floor");
  speak(4_100);
  assertEquals(talk.handForgotten.value, true);
  raise(false);
  assertEquals(talk.handForgotten.value, false);
  close();
});

Deno.test("reactions come from the session and go to it", async () => {
  const { session, talk, close } = await scene();
  assert(talk.react("heart"));
  assertEquals(session.asked.at(-1), "react heart");
  session.emit({ type: "reaction", peerId: "me", reaction: "heart" });
  assertEquals(talk.reactions.shown.value.map(({ reaction }) => reaction), ["heart"]);
  close();
  session.emit({ type: "reaction", peerId: "me", reaction: "heart" });
  assertEquals(talk.reactions.shown.value.length, 1);
});

Deno.test("an owner's mute request mutes an open microphone, says who asked, and does nothing else", async () => {
  const { session, call, talk, close } = await scene();
  // A person who has just come in has only the call itself.
  talk.close();
  const ask = () => session.emit({ type: "mute-request", from: "ana" });
  ask();
  assertEquals([call.muted.value, call.mutedBy.value], [true, "ana"]);
  call.setMuted(false);
  assertEquals(call.mutedBy.value, undefined, "the member's own action counts");
  call.setMuted(true);
  ask();
  assertEquals([call.muted.value, call.mutedBy.value], [true, undefined], "it was off already");
  close();
});

Deno.test("a wish for silence counts for a microphone that is still starting, and for none that is off", async () => {
  const { session, devices, call, close } = await scene();
  const ask = () => session.emit({ type: "mute-request", from: "ana" });
  call.media.stop("microphone");
  ask();
  assertEquals(call.muted.value, false);
  const gate = Promise.withResolvers<void>();
  devices.gate = gate.promise;
  call.media.start("microphone");
  ask();
  gate.resolve();
  await microtasks();
  assertEquals(call.media.source("microphone").value.kind, "on");
  assertEquals([call.muted.value, call.mutedBy.value], [true, "ana"]);
  close();
});

Deno.test("a share ends, and none begins, while owners keep sharing to themselves", async () => {
  const { session, devices, call, talk, close } = await scene();
  await talk.share();
  const rules: Rules = { ...openRules, screen: "owners" };
  session.emit(rules);
  assertEquals(call.media.source("screen").value.kind, "off");
  await talk.share();
  assertEquals([call.media.source("screen").value.kind, devices.pickers.length], ["off", 1]);
  session.emit({ ...rules, screen: "everyone" });
  await talk.share();
  assertEquals(call.media.source("screen").value.kind, "on");
  close();
});
