// Who may join by the rules of the owners, and what the rules forbid to members.

import { assert, assertEquals } from "../../assert.ts";
import { limits, serverLimits, silentState } from "../../../protocol/mod.ts";
import { hour, Life, type Visitor } from "./life.ts";

const right = { kind: "right", password: "kept" } as const;

/** A room with its owner in it, and some rules. */
function room(rules: Parameters<typeof decide>[1] = {}): [life: Life, owner: Visitor] {
  const life = new Life(hour);
  const owner = life.join();
  decide(owner, rules);
  return [life, owner];
}

function decide(
  owner: Visitor,
  rules: Omit<Extract<Parameters<Visitor["say"]>[0], { type: "set-rules" }>, "type">,
): void {
  owner.say({ type: "set-rules", ...rules });
}

Deno.test("a password is wanted from newcomers, not from those who were here, nor from owners", () => {
  const [life, ann] = room();
  const bob = life.join();
  decide(ann, { password: "kept" });
  assertEquals(life.join().refused, "password");
  assertEquals(life.join({ guess: { kind: "wrong" } }).refused, "password");
  assertEquals(life.join({ guess: { kind: "too-soon" } }).refused, "guesses");
  assertEquals(
    life.join({ guess: { kind: "right", password: "an older one" } }).refused,
    "password",
  );
  bob.say({ type: "leave" });
  assertEquals(life.join({ resume: bob.token }).refused, undefined);
  ann.say({ type: "leave" });
  assert(life.join({ ownerKey: ann.key }).isOwner);
  assertEquals(life.join({ guess: right }).refused, undefined);
  assertEquals(
    life.core.sentRules("tea")?.password,
    true,
    "all know that there is one, and nothing more",
  );
});

Deno.test("a password is kept while the room is empty and over a restart, and goes when it is removed", () => {
  const [life, ann] = room({ password: "kept" });
  ann.say({ type: "leave" });
  assertEquals(life.join().refused, "password");
  const after = life.restart(hour);
  assertEquals(after.join().refused, "password");
  const visitor = after.join({ guess: right });
  assert(visitor.isInside && !visitor.isOwner, "who opens it again owns nothing");
  const owner = after.join({ ownerKey: ann.key });
  decide(owner, { password: "" });
  assertEquals(after.join().refused, undefined);
  assertEquals(after.kept.size, 0, "nothing is decided");
});

Deno.test("what is kept of empty rooms is forgotten in time", () => {
  const [life, ann] = room({ password: "kept" });
  ann.say({ type: "leave" });
  life.tick(serverLimits.emptyRoomKeptMs - 1);
  assertEquals([life.kept.size, life.core.sizes().kept], [1, 1]);
  life.tick(1);
  assertEquals([life.kept.size, life.core.sizes().kept], [0, 0]);
  assert(life.join().isOwner, "a new founding");
});

Deno.test("so many empty rooms are remembered, then the longest empty one gives way", () => {
  const life = new Life(hour);
  const visit = (room: string) => {
    const visitor = life.join({ address: undefined }, "parley", room);
    decide(visitor, { locked: false, password: "kept" });
    visitor.say({ type: "leave" });
  };
  for (let n = 0; n < serverLimits.emptyRoomsKept; n++) visit(`room-${n}`);
  assertEquals([life.kept.size, life.kept.has("room-0")], [serverLimits.emptyRoomsKept, true]);
  visit("one-more");
  assertEquals([life.kept.size, life.kept.has("room-0")], [serverLimits.emptyRoomsKept, false]);
  assert(life.kept.has("room-1") && life.kept.has("one-more"));
});

Deno.test("who knocks waits, owners see it, and their word decides", () => {
  const [life, ann] = room({ knocking: true });
  const bob = life.join({ name: "Bob" });
  assertEquals([bob.last("knocking")?.heard, bob.isInside], [true, false]);
  const [knock] = ann.last("knocks")?.knocks ?? [];
  assertEquals(knock?.name, "Bob");
  ann.say({ type: "answer-knock", knockId: knock?.knockId ?? "", admit: true });
  assert(bob.isInside);
  assertEquals(ann.last("knocks")?.knocks, []);

  const cem = life.join({ name: "Cem" });
  const [other] = ann.last("knocks")?.knocks ?? [];
  ann.say({ type: "answer-knock", knockId: other?.knockId ?? "", admit: false });
  assertEquals(cem.refused, "refused");
  assertEquals(bob.last("knocks"), undefined, "only owners are told");
});

Deno.test("who knocks when no owner is there is told so, and heard when one comes", () => {
  const [life, ann] = room({ knocking: true });
  ann.say({ type: "leave" });
  const bob = life.join({ name: "Bob" });
  assertEquals([bob.last("knocking")?.heard, life.members.length], [false, 0]);
  life.tick(serverLimits.joinMs * 3);
  assertEquals(bob.refused, undefined, "it may wait for long");
  const owner = life.join({ ownerKey: ann.key });
  assertEquals(bob.last("knocking")?.heard, true);
  assertEquals(owner.last("knocks")?.knocks.map(({ name }) => name), ["Bob"]);
  decide(owner, { knocking: false });
  assert(bob.isInside, "the door is open");
});

Deno.test("a knock ends with its socket, with leaving and with a lock", () => {
  const [life, ann] = room({ knocking: true });
  const [bob, cem, dan] = [life.join(), life.join(), life.join()];
  assertEquals(life.core.sizes().waiting, 3);
  bob.lose();
  cem.say({ type: "leave" });
  assertEquals(ann.last("knocks")?.knocks.length, 1);
  decide(ann, { locked: true });
  assertEquals([dan.refused, ann.last("knocks")?.knocks, life.core.sizes().waiting], [
    "locked",
    [],
    0,
  ]);
});

Deno.test("so many may knock at a room, and nobody is let into a full one", () => {
  const [life, ann] = room({ knocking: true, capacity: 2 });
  const waiting = Array.from({ length: limits.knocksPerRoom }, () => life.join());
  assertEquals(life.join().refused, "full");
  const ids = () => ann.last("knocks")?.knocks.map(({ knockId }) => knockId) ?? [];
  const [first = "", second = ""] = ids();
  ann.say({ type: "answer-knock", knockId: first, admit: true });
  ann.say({ type: "answer-knock", knockId: second, admit: true });
  assertEquals(ann.last("error")?.code, "too-many");
  assertEquals(waiting.filter(({ isInside }) => isInside).length, 1);
  assertEquals(life.core.sizes().waiting, limits.knocksPerRoom - 1);
  waiting[2]?.lose();
  assertEquals(life.join().refused, "full", "there is no place for one more");
});

Deno.test("an invite opens the door past password and knocking, not past a lock or a ban", () => {
  const [life, ann] = room({ password: "kept", knocking: true });
  ann.say({ type: "make-invite", role: "member", lifetimeMs: hour });
  const [{ invite = "", inviteId = -1 } = {}] = ann.last("invites")?.invites ?? [];
  const bob = life.join({ invite, address: "192.0.2.9" });
  assert(bob.isInside && !bob.isOwner && bob.last("invites") === undefined);
  decide(ann, { locked: true });
  assertEquals(life.join({ invite }).refused, "locked");
  decide(ann, { locked: false });
  ann.say({ type: "remove", peerId: bob.peerId, ban: true });
  assertEquals(life.join({ invite, address: "192.0.2.9" }).refused, "banned");
  ann.say({ type: "revoke-invite", inviteId });
  assertEquals(ann.last("invites")?.invites, []);
  assertEquals(life.join({ invite }).refused, "password");
});

Deno.test("an invite carries its role, ends in its time, and outlives a restart", () => {
  const [life, ann] = room({ password: "kept" });
  ann.say({ type: "make-invite", role: "owner", lifetimeMs: hour });
  const { invite = "" } = ann.last("invites")?.invites[0] ?? {};
  const bob = life.join({ invite });
  assert(bob.isOwner && bob.key !== undefined);
  assertEquals(bob.last("invites")?.invites.length, 1, "owners see them all");
  const after = life.restart(hour - 1);
  const cem = after.join({ invite });
  assert(cem.isOwner);
  after.tick(1);
  assertEquals(cem.last("invites")?.invites, []);
  assertEquals(after.join({ invite }).refused, "password");
});

Deno.test("a room has so many invites at once", () => {
  const [, ann] = room();
  const make = () => ann.say({ type: "make-invite", role: "member", lifetimeMs: hour });
  for (let n = 0; n < limits.invitesPerRoom; n++) make();
  assertEquals(ann.last("error"), undefined);
  make();
  assertEquals(ann.last("error")?.code, "too-many");
  const { inviteId = -1 } = ann.last("invites")?.invites[3] ?? {};
  ann.say({ type: "revoke-invite", inviteId });
  make();
  const ids = ann.last("invites")?.invites.map(({ inviteId }) => inviteId) ?? [];
  assertEquals([ids.length, new Set(ids).size], [limits.invitesPerRoom, limits.invitesPerRoom]);
  assert(!ids.includes(inviteId), "no number is used twice");
});

Deno.test("what owners reserve to themselves, others cannot do", () => {
  const [life, ann] = room();
  const sharing = { ...silentState, screen: true };
  const bob = life.join({ state: sharing });
  assertEquals(ann.last("peer-joined")?.peer.state.screen, true);
  decide(ann, { chat: "owners", screen: "owners" });
  assertEquals(ann.last("peer-changed")?.state.screen, false, "it is seen no more at once");
  bob.say({ type: "state", state: sharing });
  assertEquals(ann.last("peer-changed")?.state.screen, false);
  bob.say({ type: "chat", ref: "r1", text: "hello" });
  bob.say({ type: "chat", ref: "r2", text: "hello", to: ann.peerId });
  const { code, about } = bob.last("error") ?? {};
  assertEquals([code, about, ann.last("chat")], ["not-allowed", "r2", undefined]);
  ann.say({ type: "chat", ref: "r3", text: "only I" });
  assertEquals(bob.last("chat")?.line.text, "only I");
  decide(ann, { chat: "everyone" });
  bob.say({ type: "chat", ref: "r4", text: "me too" });
  assertEquals(ann.last("chat")?.line.text, "me too");
});

Deno.test("a line is not changed in a silent room, but may be taken back", () => {
  const [life, ann] = room();
  const bob = life.join();
  bob.say({ type: "chat", ref: "r1", text: "first" });
  decide(ann, { chat: "owners" });
  bob.say({ type: "edit", ref: "r1", text: "second" });
  assertEquals(bob.last("error")?.code, "not-allowed");
  bob.say({ type: "edit", ref: "r1", text: null });
  assertEquals(ann.last("chat")?.line.text, null);
});

Deno.test("a room has the places its owner gives it, never more than the server allows", () => {
  const [life, ann] = room({ capacity: 2 });
  assertEquals(life.join().refused, undefined);
  assertEquals(life.join().refused, "full");
  decide(ann, { capacity: 16 });
  assertEquals(life.core.sentRules("tea")?.capacity, 3);
  assertEquals([life.join().refused, life.join().refused], [undefined, "full"]);
});

Deno.test("everybody else is asked to be silent", () => {
  const [life, ann] = room();
  const bob = life.join();
  ann.say({ type: "mute-all" });
  assertEquals([bob.last("mute-request")?.from, ann.last("mute-request")], [
    ann.peerId,
    undefined,
  ]);
});

Deno.test("of two who knock as one the newest waits, and the older is told", () => {
  const [life, ann] = room({ knocking: true });
  // Bob knocks here from another room; a copy of his tab resumes there with his token, and follows.
  const bob = life.join({}, "parley", "coffee");
  const { token } = bob;
  bob.say({ type: "leave" });
  bob.say({ type: "join", room: "tea", name: "Bob" });
  const copy = life.join({ resume: token }, "parley", "coffee");
  assertEquals(copy.peerId, bob.peerId);
  copy.say({ type: "join", room: "tea", name: "Bob" });
  assertEquals([bob.refused, copy.refused], ["replaced", undefined]);
  assertEquals(ann.last("knocks")?.knocks.length, 1);
  ann.say({ type: "answer-knock", knockId: bob.peerId, admit: true });
  assert(copy.isInside);
});
