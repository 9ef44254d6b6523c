// Who was here, from when to when.

import { assertEquals } from "../../assert.ts";
import { powerLimits } from "../../../protocol/mod.ts";
import { StayList } from "../../../signaling/core/attendance.ts";
import { hour, Life, sealedRoom } from "./life.ts";

Deno.test("an owner gets the list of who was here, with the newest names", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join({ name: "Bob" })];
  life.at += 1_000;
  bob.say({ type: "rename", name: "Bo" });
  bob.say({ type: "leave" });
  life.at += 1_000;
  life.join({ name: "Cyn" });
  ann.say({ type: "ask-attendance" });
  const { stays, ...rest } = ann.last("attendance") ?? { stays: [] };
  assertEquals(
    stays.map(({ name, from, to }) => [name, from - hour, to === null ? to : to - hour]),
    [["Ann", 0, null], ["Bo", 0, 1_000], ["Cyn", 2_000, null]],
  );
  assertEquals(rest, { type: "attendance", isCut: false, at: hour + 2_000 });
});

Deno.test("who was lost left when the grace was over, and who resumed never did", () => {
  const life = new Life(hour);
  const [ann, bob, cyn] = [life.join(), life.join(), life.join()];
  bob.lose();
  cyn.lose();
  life.join({ resume: cyn.token });
  life.tick(20_000);
  ann.say({ type: "ask-attendance" });
  const ends = ann.last("attendance")?.stays.map(({ to }) => to);
  assertEquals(ends, [null, hour + 20_000, null]);
});

Deno.test("a sealed room has a list without names", () => {
  const [life, ann] = sealedRoom();
  life.join({ sealed: {} });
  ann.say({ type: "ask-attendance" });
  assertEquals(ann.last("attendance")?.stays.map(({ name }) => name), ["", ""]);
});

Deno.test("the list is bounded, and forgets who has left first", () => {
  const list = new StayList();
  list.begin({ peerId: "ann", name: "Ann" }, 0);
  for (let at = 1; at <= powerLimits.staysKept; at++) {
    list.begin({ peerId: `p${at}`, name: "Guest" }, at);
    list.end(`p${at}`, at);
  }
  const { stays, isCut } = list.record;
  assertEquals([stays.length, isCut], [powerLimits.staysKept, true]);
  assertEquals(stays.slice(0, 2).map(({ peerId }) => peerId), ["ann", "p2"]);
});
