import { assert, assertEquals } from "../../assert.ts";
import { LocalMedia } from "../../../mesh/mod.ts";
import { Call } from "../../../app/call/call.ts";
import { KeyRing } from "../../../app/ui/key_ring.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { FakeSession, peer } from "./fake_session.ts";
import { newSecret } from "../../../mesh/sealing/new_secret.ts";

const both = { camera: true, microphone: true };
const silent = { camera: false, microphone: false };

function scene(keys = new KeyRing(undefined)) {
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
    keys,
    watchLevel: () => () => {},
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    date: () => clock.date(),
  });
  const join = (wish = both) => call.join({ room: "attic", name: "Mira", wish });
  const kinds = () =>
    (["camera", "microphone", "screen"] as const).map((one) => call.media.source(one).value.kind);
  return { session, clock, devices, book, call, join, kinds };
}

/** Lets everything that needs no time happen. */
async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve();
}

Deno.test("joining waits for no device; tracks follow when they arrive", async () => {
  const { session, devices, call, join } = scene();
  const gate = Promise.withResolvers<void>();
  devices.gate = gate.promise;
  join();
  assertEquals(session.asked[0], "join attic as Mira");
  assert(!session.asked.includes("a track in camera"));
  gate.resolve();
  await settle();
  assert(session.asked.includes("a track in camera"));
  assert(session.asked.includes("a track in microphone"));
  call.close();
});

Deno.test("a refused permission never keeps anybody out", async () => {
  const { session, devices, call, join, kinds } = scene();
  devices.errors.set("video", "NotAllowedError").set("audio", "NotFoundError");
  join();
  await settle();
  assertEquals(session.asked[0], "join attic as Mira");
  assertEquals(kinds(), ["failed", "failed", "off"]);
  call.close();
});

Deno.test("text only asks for no device, and lets go of those of the preview", async () => {
  const { devices, call, join, kinds } = scene();
  call.devices.preview(both);
  await settle();
  assertEquals(kinds(), ["on", "on", "off"]);
  join(silent);
  assertEquals(kinds(), ["off", "off", "off"]);
  assert(devices.tracks.every(({ readyState }) => readyState === "ended"));
  call.close();
});

Deno.test("muting keeps the microphone; unmuting without one starts it", async () => {
  const { session, devices, call, join } = scene();
  join({ camera: false, microphone: true });
  await settle();
  call.toggleMicrophone();
  assertEquals([call.muted.value, session.asked.at(-1)], [true, "mute"]);
  assert(devices.tracks.some(({ readyState }) => readyState === "live"));
  call.toggleMicrophone();
  assertEquals(call.muted.value, false);
  call.media.stop("microphone");
  call.toggleMicrophone();
  await settle();
  assertEquals(call.media.source("microphone").value.kind, "on");
  call.close();
});

Deno.test("stopping the camera releases it", async () => {
  const { devices, call, join, kinds } = scene();
  join();
  await settle();
  call.toggleCamera();
  assertEquals(kinds()[0], "off");
  const [camera] = devices.tracks.filter(({ kind }) => kind === "video");
  assertEquals(camera?.readyState, "ended");
  call.close();
});

Deno.test("leaving lets go of every device and remembers who stayed and how long it was", async () => {
  const { session, clock, devices, call, join } = scene();
  join();
  session.enter();
  session.emit({ type: "peer-joined", peer: peer("a", "Ana") });
  await settle();
  clock.advance(90_000);
  call.session.leave();
  assertEquals(call.ending, { names: ["Ana"], ms: 90_000 });
  assertEquals(call.joinedAt.value, undefined);
  assert(devices.tracks.every(({ readyState }) => readyState === "ended"));
  call.close();
});

Deno.test("a return after a brief loss keeps the call's clock", () => {
  const { session, clock, call, join } = scene();
  join(silent);
  session.enter();
  clock.advance(5_000);
  session.become({ kind: "reconnecting", room: "attic", selfId: "me", since: 0 });
  session.enter();
  assertEquals(call.joinedAt.value, 0);
  call.close();
});

Deno.test("rejoining uses the devices that were on at the end", async () => {
  const { session, call, join, kinds } = scene();
  join();
  session.enter();
  await settle();
  call.toggleCamera();
  call.session.leave();
  call.rejoin();
  await settle();
  assertEquals(session.asked.filter((asked) => asked.startsWith("join")).length, 2);
  assertEquals(kinds(), ["off", "on", "off"]);
  call.close();
});

Deno.test("a visit is remembered", () => {
  const { book, clock, call, join } = scene();
  join(silent);
  assertEquals(book.current.value.visits, [{ room: "attic", at: clock.date() }]);
  call.close();
});

Deno.test("a chosen device is remembered by id and label, and used at once if it is on", async () => {
  const { devices, book, call, join } = scene();
  devices.plug("videoinput", "second");
  join();
  await settle();
  await call.media.choose("camera", { deviceId: "second", label: "label of second" });
  const state = call.media.source("camera").value;
  assertEquals(state.kind === "on" && state.deviceId, "second");
  assertEquals(book.current.value.camera, { deviceId: "second", label: "label of second" });
  call.close();
});

Deno.test("a closed call listens to nothing and leaves no timer", async () => {
  const { session, clock, call, join } = scene();
  join();
  await settle();
  call.close();
  assertEquals([session.listeners, clock.waiting], [0, 0]);
  assertEquals(session.asked.at(-1), "close");
});

Deno.test("the secret of a link goes to the session and never into what it sends", () => {
  const keys = new KeyRing(undefined);
  const { session, call, join } = scene(keys);
  const secret = newSecret();
  call.showKeys("attic", { secret, invite: "i" });
  assertEquals([call.secret.value, keys.of("attic").secret], [secret, secret]);
  const visit = { room: "attic", name: "Mira", secret, credentials: { invite: "i" } };
  join(silent);
  assertEquals(session.visit, visit);
  session.become({ kind: "left", room: "attic", reason: "password" });
  call.rejoin({ password: "two sugars" });
  assertEquals(session.visit, { ...visit, credentials: { invite: "i", password: "two sugars" } });
  session.become({ kind: "left", room: "attic", reason: "locked" });
  call.showKeys("attic", { secret, ownerKey: "k" });
  assertEquals(session.visit, { ...visit, credentials: { invite: "i", ownerKey: "k" } });
  session.become({ kind: "joining", room: "attic" });
  call.showKeys("attic");
  assertEquals([session.visit?.secret, session.visit?.credentials], [secret, { invite: "i" }]);
  call.close();
});

Deno.test("a link that an owner has changed is the one that is shown, kept and joined again", () => {
  const keys = new KeyRing(undefined);
  const [first, second] = [newSecret(), `${newSecret()}.1`];
  keys.keep("attic", { secret: first });
  const { session, call, join } = scene(keys);
  join(silent);
  session.enter();
  session.emit({ type: "secret", secret: second, by: "a" });
  assertEquals([call.secret.value, keys.of("attic").secret], [second, second]);
  session.become({ kind: "left", room: "attic", reason: "left" });
  call.rejoin();
  assertEquals(session.visit?.secret, second);
  session.emit({ type: "secret", secret: undefined });
  assertEquals(keys.of("attic").secret, second);
  call.close();
});

Deno.test("a room that this browser knows as sealed is never joined open; others are", () => {
  const keys = new KeyRing(undefined);
  const secret = newSecret();
  keys.keep("attic", { secret });
  const sealed = scene(keys);
  sealed.join(silent);
  assertEquals([sealed.session.visit?.secret, sealed.call.secret.value], [secret, secret]);
  sealed.call.close();
  const open = scene();
  open.join(silent);
  assertEquals([open.session.visit?.secret, open.call.secret.value], [undefined, undefined]);
  open.call.close();
});
