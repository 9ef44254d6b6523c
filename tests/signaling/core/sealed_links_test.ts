// Who may join a sealed room: links that fit, links that have changed, and ids that clients choose.

import { assert, assertEquals } from "../../assert.ts";
import { serverLimits } from "../../../protocol/mod.ts";
import { hour, Life, sealedRoom, type Visitor } from "./life.ts";

function changeDoor(owner: Visitor, from: string, to: string): void {
  owner.say({ type: "change-door", from, to });
}

Deno.test("a member of a sealed room has the id that it proposes", () => {
  const [life] = sealedRoom();
  const peerId = "a".repeat(32);
  assertEquals(life.join({ sealed: { peerId } }).peerId, peerId);
  assertEquals(life.join({ sealed: { peerId } }).refused, "state-gap");
});

Deno.test("the first who joins a room decides whether it is sealed, and the others need such a link", () => {
  const [life, ann] = sealedRoom();
  const open = life.join();
  assertEquals([open.refused, open.last("error")?.message.includes("k=")], ["sealed", true]);
  const old = life.join({ sealed: { door: "d1" } });
  assertEquals([old.refused, old.last("error")?.message.includes("ask")], ["link-changed", true]);
  assertEquals(life.members, [ann.peerId]);

  const other = new Life(hour);
  other.join();
  const sealed = other.join({ sealed: {} });
  assertEquals([sealed.refused, sealed.last("error")?.message.includes("open")], [
    "unsealed",
    true,
  ]);
});

Deno.test("an owner of a sealed room needs its present link, too", () => {
  const [life, ann] = sealedRoom();
  const { key } = ann;
  assertEquals(life.join({ sealed: { door: "d1" }, ownerKey: key }).refused, "link-changed");
  assertEquals(life.join({ ownerKey: key }).refused, "sealed");
  assert(life.join({ sealed: {}, ownerKey: key }).isOwner);
});

Deno.test("a room that all have left is sealed or open as the next one wants", () => {
  const [life, ann] = sealedRoom();
  ann.say({ type: "leave" });
  const bob = life.join();
  assertEquals([bob.refused, bob.last("welcome")?.door], [undefined, undefined]);
  bob.say({ type: "leave" });
  assertEquals(life.join({ sealed: { door: "d9" } }).last("welcome")?.door, "d9");
  assertEquals(life.kept.size, 0, "nothing is decided");
});

Deno.test("a page of the SkyRTC dialect is refused at a sealed room", () => {
  const [life] = sealedRoom();
  const page = life.join({}, "skyrtc");
  assertEquals([page.refused, page.last("error")?.code], ["sealed", "sealed"]);
});

Deno.test("an owner changes the link: everybody is told, and newcomers need the new one", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  changeDoor(ann, "d0", "d1");
  const told = { type: "door-changed", by: ann.peerId, door: "d1" } as const;
  assertEquals([bob.last("door-changed"), ann.last("door-changed")], [told, told]);
  assertEquals(life.join({ sealed: { door: "d0" } }).refused, "link-changed");
  assertEquals(life.join({ sealed: { door: "d1" } }).last("welcome")?.door, "d1");
});

Deno.test("of two owners who change the link at once, the second is told that it has changed", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {}, ownerKey: ann.key });
  changeDoor(ann, "d0", "d1");
  const seen = ann.during(() => changeDoor(bob, "d0", "d2"));
  assertEquals([bob.last("error")?.code, bob.refused, seen], ["door", undefined, []]);
  changeDoor(bob, "d1", "d2");
  assertEquals(ann.last("door-changed")?.door, "d2");
});

Deno.test("only an owner changes the link", () => {
  const [life] = sealedRoom();
  const bob = life.join({ sealed: {} });
  changeDoor(bob, "d0", "d1");
  assertEquals([bob.last("error")?.code, bob.last("door-changed")], ["not-owner", undefined]);
  assertEquals(life.join({ sealed: {} }).refused, undefined);
});

Deno.test("a member that was away when the link changed comes back by its token, and is told", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  bob.lose();
  changeDoor(ann, "d0", "d1");
  const back = life.join({ resume: bob.token, sealed: { hello: "h1", card: "c1" } });
  assertEquals([back.peerId, back.last("welcome")?.door], [bob.peerId, "d1"]);
  back.say({ type: "leave" });
  assertEquals(life.join({ resume: back.token, sealed: {} }).refused, "link-changed");
});

Deno.test("old links stay refused after everybody has left, and after a restart", () => {
  const [life, ann] = sealedRoom();
  changeDoor(ann, "d0", "d1");
  ann.say({ type: "leave" });
  const visits = (place: Life) => {
    place.tick(1);
    assertEquals(place.join({ sealed: { door: "d0" }, ownerKey: ann.key }).refused, "link-changed");
    assertEquals(place.join({ sealed: { door: "d0" }, resume: ann.token }).refused, "link-changed");
    assertEquals(place.join({}).refused, "sealed");
    const visitor = place.join({ sealed: { door: "d1" } });
    assertEquals([visitor.refused, visitor.isOwner], [undefined, false]);
    visitor.say({ type: "leave" });
  };
  visits(life);
  const after = life.restart(hour);
  visits(after);
  assertEquals(after.kept.get("tea")?.door, "d1");
});

Deno.test("a change of the link is kept while the room has members, and in the next process", () => {
  const [life, ann] = sealedRoom();
  changeDoor(ann, "d0", "d1");
  const after = life.restart(1_000);
  assertEquals(after.join({ sealed: { door: "d0" } }).refused, "link-changed");
  const back = after.join({ resume: ann.token, sealed: { door: "d1" } });
  assertEquals([back.peerId, back.last("welcome")?.door], [ann.peerId, "d1"]);
});

Deno.test("what interrupted an earlier founding loses its rules, and its link stays", () => {
  const first = sealedRoom()[1];
  const after = new Life(hour + 1_000);
  const stranger = after.join({ sealed: { door: "d5" } });
  changeDoor(stranger, "d5", "d6");
  // A member from before the restart, whose new link somebody has given it.
  const back = after.join({ resume: first.token, sealed: { door: "d6" } });
  assertEquals([back.refused, stranger.isOwner], [undefined, false]);
  assertEquals(after.join({ sealed: { door: "d5" } }).refused, "link-changed");
});

Deno.test("a sealed knock shows the id, hello and card, and an old link ends it", () => {
  const [life, ann] = sealedRoom();
  ann.say({ type: "set-rules", knocking: true });
  const bob = life.join({ sealed: {} });
  const { knocks = [] } = ann.last("knocks") ?? {};
  const sealed = { hello: "h1", card: "c1" };
  assertEquals(knocks, [{ knockId: "1".padStart(32, "0"), name: "", sealed }]);
  assertEquals(life.join().refused, "sealed");
  const cem = life.join({ sealed: {} });
  ann.say({ type: "answer-knock", knockId: knocks[0]?.knockId ?? "", admit: true });
  assert(bob.isInside);
  assertEquals(knocks.map(({ knockId }) => knockId), [bob.peerId]);
  changeDoor(ann, "d0", "d1");
  assertEquals([cem.refused, ann.last("knocks")?.knocks], ["link-changed", []]);
});

Deno.test("those who wait for an empty room are refused when it opens for another link", () => {
  const [life, ann] = sealedRoom();
  ann.say({ type: "set-rules", knocking: true });
  ann.say({ type: "make-invite", role: "member", lifetimeMs: hour });
  const { invite = "" } = ann.last("invites")?.invites[0] ?? {};
  ann.say({ type: "leave" });
  life.tick(1);
  const [open, fitting] = [life.join(), life.join({ sealed: { door: "d7" } })];
  assertEquals([open.refused, fitting.refused], [undefined, undefined]);
  life.join({ invite, sealed: { door: "d7" } });
  assertEquals([open.refused, fitting.refused], ["sealed", undefined]);
});

Deno.test("nobody comes back as a peer whose id it chose later", () => {
  const [life] = sealedRoom();
  const bob = life.join({ sealed: {} });
  const { peerId } = bob;
  bob.say({ type: "leave" });
  life.tick(1);
  let thief = life.join({ sealed: { peerId } });
  assertEquals(thief.peerId, peerId, "an id without a trace is free");
  for (let n = 0; n < 5; n++) thief = life.join({ sealed: { peerId }, resume: thief.token });
  thief.say({ type: "leave" });
  const back = life.join({ sealed: { peerId }, resume: bob.token });
  assertEquals(back.peerId, peerId);
  const again = life.join({ sealed: {}, resume: thief.token });
  assertEquals([back.refused, again.peerId === peerId], [undefined, false]);
});

Deno.test("an id with kept lines, or of somebody removed, is not chosen again without its token", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  const { peerId, token } = bob;
  bob.say({ type: "sealed-line", ref: "r1", text: "sealed" });
  bob.say({ type: "leave" });
  assertEquals(life.join({ sealed: { peerId } }).refused, "state-gap");
  const back = life.join({ sealed: { peerId }, resume: token });
  assertEquals(back.peerId, peerId);
  const cem = life.join({ sealed: {} });
  ann.say({ type: "remove", peerId: cem.peerId, ban: false });
  assertEquals(life.join({ sealed: { peerId: cem.peerId } }).refused, "state-gap");
});

Deno.test("no chosen id gets into an open room", () => {
  const [life] = sealedRoom();
  const peerId = "b".repeat(32);
  const bob = life.join({ sealed: { peerId } });
  const { token } = bob;
  bob.say({ type: "join", room: "coffee", name: "Bob" });
  assert(bob.peerId !== peerId);
  const back = life.join({ resume: token, sealed: {} });
  assertEquals(back.peerId, peerId);
  back.say({ type: "join", room: "coffee", name: "Bob" });
  assert(back.peerId !== peerId);
  for (const visitor of life.visitors) visitor.lose();
  life.tick(serverLimits.awayMs);
  assert(life.join({ resume: back.token }).peerId !== peerId, "nor by its token");
});
