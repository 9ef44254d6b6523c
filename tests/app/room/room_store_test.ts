import { assert, assertEquals, assertStrictEquals } from "../../assert.ts";
import { RoomStore } from "../../../app/room/room_store.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { FakeSession, fakeTrack, peer } from "../call/fake_session.ts";

function scene() {
  const session = new FakeSession();
  const clock = new VirtualClock();
  const watched = new Map<MediaStreamTrack, (level: number) => void>();
  const store = new RoomStore(session, {
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    watchLevel(track, onLevel) {
      watched.set(track, onLevel);
      return () => void watched.delete(track);
    },
  });
  const names = () => store.peers.value.map((view) => view.peer.value.name);
  return { session, clock, watched, store, names };
}

Deno.test("peers are there in join order until they leave", () => {
  const { session, names } = scene();
  for (const name of ["Ana", "Kenji", "Noor"]) {
    session.emit({ type: "peer-joined", peer: peer(name) });
  }
  session.emit({ type: "peer-left", peer: peer("Kenji"), reason: "left" });
  assertEquals(names(), ["Ana", "Noor"]);
});

Deno.test("a change reaches the same object, so that a tile is not made anew", () => {
  const { session, store } = scene();
  session.emit({ type: "peer-joined", peer: peer("a", "Ana") });
  const [before] = store.peers.value;
  session.emit({ type: "peer-changed", peer: peer("a", "Anna") });
  assertStrictEquals(store.peers.value[0], before);
  assertEquals(before?.peer.value.name, "Anna");
});

Deno.test("a broken link makes nobody vanish", () => {
  const { session, store, names } = scene();
  session.emit({ type: "peer-joined", peer: peer("a", "Ana") });
  session.emit({ type: "link", peerId: "a", link: { kind: "failed", reason: "no-path" } });
  assertEquals(names(), ["Ana"]);
  assertEquals(store.peers.value[0]?.link.value, { kind: "failed", reason: "no-path" });
});

Deno.test("events about strangers change nothing", () => {
  const { session, store } = scene();
  session.emit({ type: "link", peerId: "x", link: { kind: "connecting" } });
  session.emit({ type: "track", peerId: "x", slot: "camera", track: fakeTrack() });
  session.emit({ type: "peer-left", peer: peer("x"), reason: "lost" });
  assertEquals(store.peers.value, []);
});

Deno.test("tracks come and go in their slots", () => {
  const { session, store } = scene();
  session.emit({ type: "peer-joined", peer: peer("a") });
  const track = fakeTrack();
  session.emit({ type: "track", peerId: "a", slot: "screen", track });
  const tracks = store.peers.value[0]?.tracks;
  assertStrictEquals(tracks?.screen.value, track);
  assertStrictEquals(tracks?.camera.value, null);
  session.emit({ type: "track", peerId: "a", slot: "screen", track: null });
  assertStrictEquals(tracks?.screen.value, null);
});

Deno.test("a person speaks at once and stops 600 ms after the last loud moment", () => {
  const { session, store, watched, clock } = scene();
  session.emit({ type: "peer-joined", peer: peer("a") });
  const track = fakeTrack();
  session.emit({ type: "track", peerId: "a", slot: "microphone", track });
  const speaking = store.peers.value[0]?.speaking;
  const hear = watched.get(track);
  assert(speaking && hear);
  hear(0.1);
  assertEquals(speaking.value, false);
  hear(0.7);
  assertEquals(speaking.value, true);
  clock.advance(500);
  hear(0.7);
  clock.advance(500);
  assertEquals(speaking.value, true);
  clock.advance(100);
  assertEquals(speaking.value, false);
});

Deno.test("a new microphone replaces the old one's meter, and leaving ends it", () => {
  const { session, watched, clock } = scene();
  session.emit({ type: "peer-joined", peer: peer("a") });
  session.emit({ type: "track", peerId: "a", slot: "microphone", track: fakeTrack() });
  const second = fakeTrack();
  session.emit({ type: "track", peerId: "a", slot: "microphone", track: second });
  assertEquals([...watched.keys()], [second]);
  watched.get(second)?.(0.9);
  session.emit({ type: "peer-left", peer: peer("a"), reason: "left" });
  assertEquals([watched.size, clock.waiting], [0, 0]);
});

Deno.test("leaving empties the room, and a closed store hears nothing", () => {
  const { session, store, names } = scene();
  session.enter();
  session.emit({ type: "peer-joined", peer: peer("a") });
  session.become({ kind: "left", room: "attic", reason: "full" });
  assertEquals(names(), []);
  assertEquals(store.state.value, { kind: "left", room: "attic", reason: "full" });
  store.close();
  assertEquals(session.listeners, 0);
});

Deno.test("a refusal shows until the state moves on", () => {
  const { session, store } = scene();
  session.emit({ type: "refused", code: "rooms-rate", message: "later" });
  assertEquals(store.refused.value, "rooms-rate");
  session.enter();
  assertEquals(store.refused.value, undefined);
});
