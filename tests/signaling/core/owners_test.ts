// The rights of owners: who has them, what they do, what outlives a lost connection and a restart.

import { assert, assertEquals } from "../../assert.ts";
import { type OwnerMessage, serverLimits } from "../../../protocol/mod.ts";
import { hour, Life, tokens } from "./life.ts";

Deno.test("who opens a room owns it, gets a key, and all are told", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  assert(ann.key !== undefined && ann.isOwner);
  assertEquals([bob.key, bob.isOwner], [undefined, false]);
  assertEquals([life.owners, life.locked], [[ann.peerId], false]);
});

Deno.test("a page of the origin, which cannot keep a key, owns nothing", () => {
  const life = new Life(hour);
  assertEquals(life.join({}, "skyrtc").key, undefined);
  assertEquals(life.owners, []);
});

Deno.test("nobody else can lock, remove or close, whatever name they have", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  const attempts: OwnerMessage[] = [
    { type: "set-rules", locked: true },
    { type: "remove", peerId: ann.peerId, ban: true },
    { type: "answer-knock", knockId: "somebody", admit: true },
    { type: "mute-all" },
    { type: "make-invite", role: "owner", lifetimeMs: hour },
    { type: "revoke-invite", inviteId: 0 },
    { type: "close-room" },
  ];
  for (const attempt of attempts) {
    bob.say(attempt);
    assertEquals(bob.last("error")?.code, "not-owner");
    bob.heard.length = 1;
  }
  assertEquals([life.locked, life.members], [false, [ann.peerId, bob.peerId]]);
});

Deno.test("a key makes its bearer an owner too, at the door and inside", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  assert(life.join({ ownerKey: ann.key }).isOwner);
  bob.say({ type: "join", room: "tea", name: "Bob", ownerKey: ann.key ?? "" });
  assert(bob.isOwner);
  assertEquals(life.owners.length, 3);
});

Deno.test("a key is good in its own room only, not when damaged, and not for ever", () => {
  const life = new Life(hour);
  const { key = "" } = life.join();
  assert(!life.join({ ownerKey: `${key.slice(0, -2)}AA` }).isOwner);
  const { founded = 0 } = tokens.ownerKey.read(key, hour) ?? {};
  const other = tokens.ownerKey.mint({ room: "coffee", founded, expires: 2 * hour });
  assert(!life.join({ ownerKey: other }).isOwner);
  const late = new Life(hour);
  late.join();
  late.at += serverLimits.ownerKeyMs;
  assert(!late.join({ ownerKey: key }).isOwner);
});

Deno.test("a locked room takes nobody new, but those who were here, and its owners", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "set-rules", locked: true });
  assertEquals(life.join().refused, "locked");
  bob.say({ type: "leave" });
  assertEquals(life.join({ resume: bob.token }).refused, undefined, "who was here");
  ann.say({ type: "leave" });
  const owner = life.join({ ownerKey: ann.key });
  assert(owner.isOwner, "its owner");
  owner.say({ type: "set-rules", locked: false });
  assertEquals(life.join().refused, undefined);
});

Deno.test("an owner has a place even in a full room, one at most", () => {
  const life = new Life(hour);
  const ann = life.join();
  life.join();
  ann.say({ type: "leave" });
  life.join();
  life.join();
  assertEquals(life.join().refused, "full");
  assert(life.join({ ownerKey: ann.key }).isOwner);
  assertEquals(life.join({ ownerKey: ann.key }).refused, "full");
});

Deno.test("who is removed may come again as a stranger; who is banned may not, nor their address", () => {
  const life = new Life(hour);
  const ann = life.join();
  const bob = life.join({ address: "192.0.2.2" });
  ann.say({ type: "remove", peerId: bob.peerId, ban: false });
  assertEquals(bob.refused, "kicked");
  assertEquals(life.members, [ann.peerId]);
  const again = life.join({ address: "192.0.2.2", resume: bob.token });
  assertEquals([again.refused, again.peerId === bob.peerId], [undefined, false], "a new peer");

  ann.say({ type: "remove", peerId: again.peerId, ban: true });
  assertEquals(again.refused, "banned");
  assertEquals(life.join({ address: "192.0.2.2" }).refused, "banned", "the address");
  assertEquals(life.join({ resume: again.token }).refused, "banned", "the tab");
  assertEquals(life.join({ address: "192.0.2.3" }).refused, undefined, "others");
  assert(life.join({ address: "192.0.2.2", ownerKey: ann.key }).isOwner, "an owner always");
});

Deno.test("who is removed from a locked room stays out of it", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "set-rules", locked: true });
  ann.say({ type: "remove", peerId: bob.peerId, ban: false });
  assertEquals(life.join({ resume: bob.token }).refused, "locked");
});

Deno.test("a member that is away can be removed too", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  bob.lose();
  ann.say({ type: "remove", peerId: bob.peerId, ban: false });
  assertEquals(life.members, [ann.peerId]);
  assert(life.join({ resume: bob.token }).peerId !== bob.peerId);
});

Deno.test("owners can remove neither themselves nor strangers", () => {
  const life = new Life(hour);
  const ann = life.join();
  for (const peerId of [ann.peerId, "nobody"]) {
    ann.say({ type: "remove", peerId, ban: false });
    const { code, about } = ann.last("error") ?? {};
    assertEquals([code, about], ["no-such-peer", peerId]);
  }
});

Deno.test("closing the room takes everybody out, and it is nobody's until it is opened again", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "close-room" });
  assertEquals([ann.refused, bob.refused], ["closed", "closed"]);
  assertEquals(life.members, []);
  life.at += hour;
  const cem = life.join();
  assert(cem.isOwner, "who opens it owns it");
  assert(!life.join({ ownerKey: ann.key }).isOwner, "an older key is for another founding");
});

Deno.test("an owner that opens its room again owns it as before", () => {
  const life = new Life(hour);
  const ann = life.join();
  ann.say({ type: "leave" });
  life.at += hour;
  const again = life.join({ ownerKey: ann.key });
  assert(again.isOwner);
  again.say({ type: "leave" });
  assert(life.join({ ownerKey: ann.key }).isOwner, "the first key is still one");
});

Deno.test("after a restart a locked room is locked, for everybody but those who were in it", () => {
  const before = new Life(hour);
  const [ann, bob] = [before.join(), before.join()];
  ann.say({ type: "set-rules", locked: true });
  const after = before.restart(5_000);
  assertEquals(after.join().refused, "locked", "even the first to come");
  assertEquals(after.join({ resume: bob.token }).refused, undefined);
  assertEquals([after.locked, after.owners], [true, []]);
  assert(after.join({ resume: ann.token, ownerKey: ann.key }).isOwner);
});

Deno.test("a lock ends with the call: when all have gone, or are not back in time after a restart", () => {
  const life = new Life(hour);
  const ann = life.join();
  ann.say({ type: "set-rules", locked: true });
  ann.say({ type: "leave" });
  assertEquals(life.join().refused, undefined);

  const other = new Life(hour);
  other.join().say({ type: "set-rules", locked: true });
  const late = other.restart(1_000);
  late.at += serverLimits.resumeTokenMs;
  assertEquals(late.join().refused, undefined);
});

Deno.test("who gets in first after a restart owns nothing that had an owner", () => {
  const before = new Life(hour);
  const ann = before.join();
  const after = before.restart(5_000);
  const stranger = after.join();
  assert(stranger.isOwner, "so far nobody knows better");
  stranger.say({ type: "set-rules", password: "kept" });
  const back = after.join({ resume: ann.token, ownerKey: ann.key });
  assertEquals(after.owners, [back.peerId]);
  assertEquals(after.join().refused, undefined, "what the stranger decided counts no more");
  assert(!after.join({ ownerKey: stranger.key }).isOwner, "its key is for nothing");
});

Deno.test("a token from before a room was empty takes it from nobody", () => {
  const life = new Life(hour);
  const ann = life.join();
  ann.say({ type: "leave" });
  life.at += 1_000;
  const bob = life.join();
  const back = life.join({ resume: ann.token, ownerKey: ann.key });
  assertEquals([bob.isOwner, back.isOwner], [true, false]);
});
