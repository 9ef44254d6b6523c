// The hours in which people may come in, and the end of a call.

import { assert, assertEquals } from "../../assert.ts";
import { isOpenAt, opensAfter } from "../../../signaling/core/hours.ts";
import { hour, Life, sealedRoom, type Visitor } from "./life.ts";

const minute = 60_000;
/** Monday. */
const start = Date.parse("2026-11-30T00:00:00Z");
const evening = { day: 0, from: 18 * 60, to: 20 * 60 };
const knockOf = (owner: Visitor) => owner.last("knocks")?.knocks[0]?.knockId ?? "";
const at = (text: string) => Date.parse(`2026-${text}Z`);

Deno.test("hours are those of the clocks in the room's zone, over midnight and the end of the week", () => {
  const berlin = { zone: "Europe/Berlin", spans: [evening] };
  assertEquals([
    isOpenAt(berlin, at("11-30T16:59:59")),
    isOpenAt(berlin, at("11-30T17:00:00")),
    isOpenAt(berlin, at("11-30T18:59:59")),
    isOpenAt(berlin, at("11-30T19:00:00")),
  ], [false, true, true, false]);
  const night = { zone: "UTC", spans: [{ day: 6, from: 23 * 60, to: 26 * 60 }] };
  assertEquals([
    isOpenAt(night, at("12-06T22:59:00")),
    isOpenAt(night, at("12-06T23:00:00")),
    isOpenAt(night, at("12-07T01:59:00")),
    isOpenAt(night, at("12-07T02:00:00")),
  ], [false, true, true, false]);
  assert(!isOpenAt({ zone: "UTC", spans: [] }, start), "no span is never");
});

Deno.test("the next opening is found, also over a change of the clocks", () => {
  const berlin = { zone: "Europe/Berlin", spans: [evening] };
  assertEquals(opensAfter(berlin, at("11-30T12:34:56")), at("11-30T17:00:00"));
  assertEquals(opensAfter(berlin, at("11-30T19:00:00")), at("12-07T17:00:00"));
  // Summer time begins on 29 March 2026.
  assertEquals(opensAfter(berlin, at("03-27T12:00:00")), at("03-30T16:00:00"));
  assertEquals(opensAfter({ zone: "UTC", spans: [] }, start), undefined);
});

Deno.test("outside the hours strangers are told when to come, former members and owners come in", () => {
  const life = new Life(start + 20 * hour - 2 * minute);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "set-hours", hours: { zone: "UTC", spans: [evening] } });
  assertEquals(ann.last("times")?.hours?.spans, [evening]);
  assertEquals(life.join().refused, undefined, "within them");
  life.at += 4 * minute;
  const late = life.join();
  assertEquals(late.refused, "locked", "which older pages know");
  assertEquals(late.last("outside-hours")?.opens, start + 7 * 24 * hour + 18 * hour);
  bob.say({ type: "leave" });
  assertEquals(life.join({ resume: bob.token }).refused, undefined, "a former member");
  ann.say({ type: "make-invite", role: "member", lifetimeMs: hour });
  const invite = ann.last("invites")?.invites[0]?.invite;
  assertEquals(life.join({ invite }).refused, "locked", "an invite opens no closed room");
  assert(life.join({ ownerKey: ann.key }).isOwner, "an owner");
  ann.say({ type: "set-hours", hours: null });
  assertEquals(life.join().refused, "full", "but for its places it is open");
});

Deno.test("hours outlive the members and a restart: nobody opens the room outside them", () => {
  const life = new Life(start + 18 * hour);
  const ann = life.join();
  ann.say({ type: "set-hours", hours: { zone: "UTC", spans: [evening] } });
  ann.say({ type: "leave" });
  const next = life.restart(6 * hour);
  assertEquals(next.join().refused, "locked");
  const owner = next.join({ ownerKey: ann.key });
  assertEquals(owner.last("times")?.hours?.zone, "UTC");
  assertEquals(next.core.inside("tea", next.at), undefined, "the entry page shows nobody");
});

Deno.test("who waits in the lobby is sent away by new hours, but not from an owner who lets them in", () => {
  const life = new Life(start + 18 * hour);
  const ann = life.join();
  ann.say({ type: "set-rules", knocking: true });
  const bob = life.join();
  ann.say({ type: "set-hours", hours: { zone: "UTC", spans: [{ ...evening, from: 19 * 60 }] } });
  assertEquals(bob.refused, "locked");
  ann.say({ type: "set-hours", hours: { zone: "UTC", spans: [evening] } });
  const cyn = life.join();
  life.at += 3 * hour;
  ann.say({ type: "answer-knock", knockId: knockOf(ann), admit: true });
  assertEquals(cyn.isInside, true, "but by an owner's word");
});

Deno.test("the end is told ten and two minutes before, once each, and then closes the room", () => {
  const life = new Life(start);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "set-end", inMs: 30 * minute });
  assertEquals(bob.last("times")?.end, start + 30 * minute);
  const heard = (ms: number) =>
    bob.during(() => {
      life.tick(ms);
      life.tick(1_000);
    }).filter((type) => type !== "tick");
  assertEquals(heard(19 * minute), []);
  assertEquals(heard(minute), ["ending"]);
  assertEquals(bob.last("ending")?.leftMs, 10 * minute - 1_000);
  assertEquals(heard(minute), []);
  assertEquals(heard(7 * minute), ["ending"]);
  assertEquals(heard(2 * minute), ["ended", "peer-left", "rules", "error"]);
  assertEquals([ann.refused, bob.refused, life.members], ["closed", "closed", []]);
  const again = life.join();
  assertEquals([again.refused, again.last("times")?.end], [undefined, undefined]);
});

Deno.test("an end that is near is not told as further away, and can be taken back", () => {
  const life = new Life(start);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "set-end", inMs: 5 * minute });
  assertEquals(bob.during(() => life.tick(minute)).filter((type) => type !== "tick"), []);
  life.tick(2 * minute);
  assertEquals(bob.last("ending")?.leftMs, 2 * minute);
  ann.say({ type: "set-end", inMs: null });
  life.tick(hour);
  assertEquals([bob.last("times")?.end, bob.isInside], [null, true]);
});

Deno.test("an end outlives the members; one that has passed meanwhile counts no longer", () => {
  const life = new Life(start);
  const ann = life.join();
  ann.say({ type: "set-end", inMs: 20 * minute });
  ann.say({ type: "leave" });
  life.at += minute;
  const bob = life.join();
  assertEquals(bob.last("times")?.end, start + 20 * minute);
  bob.say({ type: "leave" });
  life.at += hour;
  assertEquals(life.join().last("times"), undefined);
  life.tick(minute);
  assertEquals(life.members.length, 1);
});

Deno.test("sealed rooms have hours and ends too", () => {
  const [life, ann] = sealedRoom();
  ann.say({ type: "set-hours", hours: { zone: "UTC", spans: [] } });
  assertEquals(life.join({ sealed: {} }).refused, "locked");
  ann.say({ type: "set-end", inMs: minute });
  life.tick(2 * minute);
  assertEquals([ann.last("ended"), life.members], [{ type: "ended" }, []]);
});
