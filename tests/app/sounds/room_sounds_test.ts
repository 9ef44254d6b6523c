import { signal } from "@preact/signals-core";
import { watchRoom, watchSwitches } from "../../../app/sounds/room_sounds.ts";
import { RoomStore } from "../../../app/room/room_store.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import { assertEquals } from "../../assert.ts";
import { FakeSession, peer } from "../call/fake_session.ts";

/** A room with Ana in it, which the person enters; both kinds of sound are on. */
function scene({ isHeard = true, wanted = { peopleSound: true, handSound: true } } = {}) {
  const session = new FakeSession();
  const watchLevel = () => () => {};
  const after = () => () => {};
  const room = new RoomStore(session, { watchLevel, after, now: () => 0 });
  const book = new PreferenceBook(undefined);
  book.change(wanted);
  const played: string[] = [];
  const time = { now: 0 };
  const call = { session, room, book, media: { speakerId: signal("") } };
  const undo = watchRoom(call, {
    play: (sound) => void played.push(sound),
    isHeard: () => isHeard,
    now: () => time.now += 2_000,
  });
  session.emit({ type: "peer-joined", peer: peer("ana") });
  session.enter();
  const raise = (peerId: string, hand: boolean) => {
    const { state, ...rest } = peer(peerId);
    session.emit({ type: "peer-changed", peer: { ...rest, state: { ...state, hand } } });
  };
  return { session, book, call, played, time, raise, undo };
}

Deno.test("people who come and go are heard, and those who were there first are not", () => {
  const { session, played, undo } = scene();
  assertEquals(played, []);
  session.emit({ type: "peer-joined", peer: peer("bo") });
  session.emit({ type: "peer-left", peer: peer("ana"), reason: "left" });
  assertEquals(played, ["joined", "left"]);
  undo();
  session.emit({ type: "peer-left", peer: peer("bo"), reason: "left" });
  assertEquals(played.length, 2);
});

Deno.test("a hand is heard when it goes up, not when it goes down or was up on entering", () => {
  const { session, played, raise, undo } = scene();
  raise("ana", true);
  raise("ana", false);
  const { state, ...rest } = peer("bo");
  session.emit({ type: "peer-joined", peer: { ...rest, state: { ...state, hand: true } } });
  assertEquals(played, ["hand", "joined"]);
  undo();
});

Deno.test("the end of the own visit and the next one make no sound for the people there", () => {
  const { session, played, undo } = scene();
  session.leave();
  session.emit({ type: "peer-joined", peer: peer("ana") });
  session.emit({ type: "peer-joined", peer: peer("bo") });
  session.enter();
  assertEquals(played, []);
  undo();
});

Deno.test("a lost connection alone makes no sound", () => {
  const { session, played, undo } = scene();
  session.become({ kind: "reconnecting", room: "attic", selfId: "me", since: 0 });
  session.enter();
  assertEquals(played, []);
  undo();
});

Deno.test("people who come together are one sound", () => {
  const { session, played, time, undo } = scene();
  for (const name of ["bo", "cy", "di"]) {
    time.now -= 1_900;
    session.emit({ type: "peer-joined", peer: peer(name) });
  }
  assertEquals(played, ["joined"]);
  undo();
});

Deno.test("nothing is heard that is not wanted, nor in a page that plays no sound", () => {
  for (
    const options of [
      { wanted: { peopleSound: false, handSound: false } },
      { isHeard: false },
    ]
  ) {
    const { session, played, raise, undo } = scene(options);
    session.emit({ type: "peer-joined", peer: peer("bo") });
    raise("ana", true);
    assertEquals(played, []);
    undo();
  }
});

Deno.test("all sounds are off at first, and one that is turned on is heard as an example", () => {
  const { peopleSound, handSound } = new PreferenceBook(undefined).current.value;
  assertEquals([peopleSound, handSound], [false, false]);
  const { call, book, undo } = scene({ wanted: { peopleSound: false, handSound: false } });
  const played: string[] = [];
  const unwatch = watchSwitches(call, (sound) => void played.push(sound));
  book.change({ handSound: true });
  book.change({ peopleSound: true });
  book.change({ peopleSound: false });
  assertEquals(played, ["hand", "joined"]);
  unwatch();
  undo();
});
