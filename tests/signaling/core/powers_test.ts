// What owners may do to one person or line, and what they may not.

import { assert, assertEquals } from "../../assert.ts";
import { type PowerMessage, silentState } from "../../../protocol/mod.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import { restoreRoom, RoomRecorder } from "../../../signaling/core/room_record.ts";
import { coreOptions } from "./core_options.ts";
import { hour, Life, sealedRoom, tokens } from "./life.ts";

const all = { ...silentState, microphone: true, camera: true, screen: true };

Deno.test("nobody but an owner has these powers", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "chat", ref: "r1", text: "tea is ready" });
  const attempts: PowerMessage[] = [
    { type: "mute-one", peerId: ann.peerId },
    { type: "set-right", peerId: ann.peerId, right: "chat", given: false },
    { type: "delete-line", from: ann.peerId, ref: "r1" },
    { type: "remove-for", peerId: ann.peerId, ban: false, reason: "no reason" },
    { type: "lend", peerId: bob.peerId, lent: true },
    { type: "set-hours", hours: { zone: "UTC", spans: [] } },
    { type: "set-end", inMs: 0 },
    { type: "ask-attendance" },
  ];
  for (const attempt of attempts) {
    bob.say(attempt);
    assertEquals(bob.last("error")?.code, "not-owner", attempt.type);
    bob.heard.length = 1;
  }
  assertEquals([life.members, life.owners], [[ann.peerId, bob.peerId], [ann.peerId]]);
});

Deno.test("one person is asked to mute, and nobody else hears of it", () => {
  const life = new Life(hour);
  const [ann, bob, cyn] = [life.join(), life.join(), life.join()];
  const heard = cyn.during(() => ann.say({ type: "mute-one", peerId: bob.peerId }));
  assertEquals([bob.last("mute-request")?.from, heard], [ann.peerId, []]);
});

Deno.test("what is taken away ends, is refused, is told to all and to newcomers, and can be given back", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join({ state: all })];
  const { peerId } = bob;
  const rights = ["microphone", "camera", "screen", "chat"] as const;
  for (const right of rights) {
    ann.say({ type: "set-right", peerId, right, given: false });
  }
  const state = () => life.core.rooms.get("tea")?.members.get(peerId)?.state;
  assertEquals(state(), silentState);
  bob.say({ type: "state", state: { ...all, hand: true } });
  assertEquals(state(), { ...silentState, hand: true }, "only the hand goes up");
  bob.say({ type: "chat", ref: "r1", text: "may I?" });
  assertEquals(bob.last("error"), {
    ...{ type: "error", code: "not-allowed", about: "r1" },
    message: "the owners of the room do not allow that",
  });
  assertEquals(ann.last("powers")?.taken, [{ peerId, rights }]);
  assertEquals(life.join().last("powers")?.taken, [{ peerId, rights }], "a newcomer");
  ann.say({ type: "set-right", peerId, right: "chat", given: true });
  bob.say({ type: "chat", ref: "r2", text: "thanks" });
  assertEquals(ann.last("chat")?.line.text, "thanks");
  assertEquals(bob.last("powers")?.taken, [{ peerId, rights: rights.slice(0, 3) }]);
});

Deno.test("the lines of somebody without the chat are refused in sealed rooms too", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  ann.say({ type: "set-right", peerId: bob.peerId, right: "chat", given: false });
  bob.say({ type: "sealed-line", ref: "r1", text: "sealed" });
  assertEquals([bob.last("error")?.code, ann.last("chat")], ["not-allowed", undefined]);
});

Deno.test("who comes back has what was taken away as little as before", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "set-right", peerId: bob.peerId, right: "camera", given: false });
  bob.lose();
  assertEquals(life.join({ resume: bob.token }).last("powers")?.taken.length, 1, "resumed");
  const again = life.visitors.at(-1) ?? bob;
  again.say({ type: "leave" });
  assertEquals(ann.last("powers")?.taken, [], "a message names members only");
  life.join({ resume: again.token });
  assertEquals(ann.last("powers")?.taken.length, 1, "back with the same id");
});

Deno.test("nothing is taken from an owner, and who becomes one has everything again", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  const other = life.join({ ownerKey: ann.key });
  ann.say({ type: "set-right", peerId: other.peerId, right: "chat", given: false });
  assertEquals(ann.last("error")?.code, "not-allowed");
  ann.say({ type: "set-right", peerId: bob.peerId, right: "chat", given: false });
  ann.say({ type: "lend", peerId: bob.peerId, lent: true });
  assertEquals(ann.last("powers")?.taken, []);
  bob.say({ type: "chat", ref: "r1", text: "I may" });
  assertEquals(ann.last("chat")?.line.text, "I may");
  ann.say({ type: "lend", peerId: bob.peerId, lent: false });
  assertEquals(ann.last("powers")?.taken.length, 1, "until it is taken back");
});

Deno.test("an owner deletes a line of anybody, also for those who come later", () => {
  const life = new Life(hour, { chatHistory: "while-occupied" });
  const [ann, bob] = [life.join(), life.join()];
  bob.say({ type: "chat", ref: "r1", text: "buy cheap tea" });
  ann.say({ type: "delete-line", from: bob.peerId, ref: "r1" });
  const lines = [{ from: bob.peerId, ref: "r1" }];
  assertEquals([bob.last("chat")?.line.text, bob.last("lines-deleted")?.lines], [null, lines]);
  const cyn = life.join();
  assertEquals(cyn.last("welcome")?.recent[0]?.text, null);
  assertEquals(cyn.last("lines-deleted")?.lines, lines);
  bob.say({ type: "edit", ref: "r1", text: "again" });
  assertEquals(bob.last("error")?.code, "no-such-line", "it stays deleted");
  ann.say({ type: "delete-line", from: bob.peerId, ref: "r1" });
  assertEquals(ann.last("error")?.code, "no-such-line");
});

Deno.test("a sealed line is dropped unread: nobody gets it again, and no text that nobody sealed", () => {
  const [life, ann] = sealedRoom({ chatHistory: "while-occupied" });
  const bob = life.join({ sealed: {} });
  bob.say({ type: "sealed-line", ref: "r1", text: "sealed" });
  const heard = bob.during(() => ann.say({ type: "delete-line", from: bob.peerId, ref: "r1" }));
  assertEquals(heard, ["lines-deleted"]);
  const cyn = life.join({ sealed: {} });
  assertEquals(cyn.last("welcome")?.recent, []);
  assertEquals(cyn.last("lines-deleted")?.lines, [{ from: bob.peerId, ref: "r1" }]);
});

Deno.test("an owner deletes no private line of others, and learns nothing of it", () => {
  const life = new Life(hour);
  const [ann, bob, cyn] = [life.join(), life.join(), life.join()];
  bob.say({ type: "chat", ref: "r1", text: "between us", to: cyn.peerId });
  ann.say({ type: "delete-line", from: bob.peerId, ref: "r1" });
  assertEquals(ann.last("error")?.code, "no-such-line");
  bob.say({ type: "chat", ref: "r2", text: "to you", to: ann.peerId });
  const heard = cyn.during(() => ann.say({ type: "delete-line", from: bob.peerId, ref: "r2" }));
  assertEquals([bob.last("chat")?.line.text, heard], [null, []]);
});

Deno.test("who is removed with a reason is told it, and nobody else", () => {
  const life = new Life(hour);
  const [ann, bob, cyn] = [life.join(), life.join(), life.join()];
  ann.say({ type: "remove-for", peerId: bob.peerId, ban: false, reason: "this is another class" });
  assertEquals(bob.last("removed-for")?.reason, "this is another class");
  assertEquals([bob.refused, life.members.length], ["kicked", 2]);
  assertEquals([ann.last("removed-for"), cyn.last("removed-for")], [undefined, undefined]);
  ann.say({ type: "remove-for", peerId: cyn.peerId, ban: true, reason: "no" });
  assertEquals([cyn.refused, life.join({ resume: cyn.token }).refused], ["banned", "banned"]);
});

Deno.test("in a sealed room the server takes no reason", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  ann.say({ type: "remove-for", peerId: bob.peerId, ban: false, reason: "readable" });
  assertEquals([ann.last("error")?.code, bob.isInside], ["not-allowed", true]);
});

Deno.test("an owner for the call has no key, hands nothing on, and is none after leaving", () => {
  const life = new Life(hour);
  const ann = life.join();
  ann.say({ type: "make-invite", role: "owner", lifetimeMs: hour });
  ann.say({ type: "make-invite", role: "member", lifetimeMs: hour });
  const bob = life.join();
  ann.say({ type: "lend", peerId: bob.peerId, lent: true });
  assert(bob.isOwner);
  assertEquals([bob.key, ann.last("powers")?.lent], [undefined, [bob.peerId]]);
  assertEquals(bob.last("invites")?.invites.map(({ role }) => role), ["member"]);
  const cyn = life.join();
  const attempts = [
    { type: "lend", peerId: cyn.peerId, lent: true },
    { type: "make-invite", role: "owner", lifetimeMs: hour },
    { type: "revoke-invite", inviteId: 0 },
    { type: "remove", peerId: ann.peerId, ban: false },
    { type: "remove-for", peerId: ann.peerId, ban: false, reason: "no" },
  ] as const;
  for (const attempt of attempts) {
    bob.say(attempt);
    assertEquals(bob.last("error")?.code, "not-owner", attempt.type);
    bob.heard.splice(1);
  }
  bob.say({ type: "set-rules", locked: true });
  assert(life.locked, "everything else is as for owners");
  bob.lose();
  const back = life.join({ resume: bob.token });
  assert(back.isOwner, "after a resume");
  assertEquals(back.key, undefined);
  back.say({ type: "leave" });
  assert(!life.join({ resume: back.token }).isOwner, "after leaving");
});

Deno.test("an ownership for the call is taken back with all that owners see; a key makes it lasting", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join()];
  ann.say({ type: "make-invite", role: "member", lifetimeMs: hour });
  ann.say({ type: "set-rules", knocking: true, chat: "owners" });
  ann.say({ type: "lend", peerId: bob.peerId, lent: true });
  life.join();
  assertEquals([bob.last("knocks")?.knocks.length, bob.last("invites")?.invites.length], [1, 1]);
  ann.say({ type: "lend", peerId: bob.peerId, lent: false });
  assertEquals([bob.last("knocks")?.knocks.length, bob.last("invites")?.invites.length], [0, 0]);
  assert(!bob.isOwner);
  ann.say({ type: "lend", peerId: bob.peerId, lent: false });
  assertEquals(ann.last("error")?.code, "not-allowed", "there is nothing to take back");
  ann.say({ type: "lend", peerId: bob.peerId, lent: true });
  bob.say({ type: "join", room: "tea", name: "Bob", ownerKey: ann.key ?? "" });
  assertEquals([bob.isOwner, bob.key === undefined], [true, false]);
  assertEquals(ann.last("powers")?.lent, []);
});

Deno.test("a page of the origin is not made an owner", () => {
  const life = new Life(hour);
  const [ann, bob] = [life.join(), life.join({}, "skyrtc")];
  ann.say({ type: "lend", peerId: bob.peerId, lent: true });
  assertEquals([ann.last("error")?.code, bob.isOwner], ["not-allowed", false]);
});

Deno.test("another node continues all of it, and a record without it", () => {
  const life = new Life(hour);
  const [ann, bob, cyn] = [life.join(), life.join({ state: all }), life.join()];
  ann.say({ type: "set-right", peerId: bob.peerId, right: "camera", given: false });
  ann.say({ type: "lend", peerId: cyn.peerId, lent: true });
  ann.say({ type: "set-end", inMs: hour });
  bob.say({ type: "chat", ref: "r1", text: "hm" });
  ann.say({ type: "delete-line", from: bob.peerId, ref: "r1" });
  const recorder = new RoomRecorder("tea");
  recorder.changes(life.core);
  const moment = { now: 5, at: life.at };
  const continued = (fields: readonly string[]) => {
    const core = new CoreState(coreOptions({ tokens }));
    const record = new Map(recorder.whole);
    for (const field of fields) record.delete(field);
    return restoreRoom(core, { name: "tea", record, revisionJump: 1 }, moment);
  };
  const room = continued([]);
  assertEquals(room?.sentPowers, ann.last("powers"));
  assertEquals(room?.rules.end?.at, life.at + hour);
  assertEquals(room?.deleted, [{ from: bob.peerId, ref: "r1" }]);
  assertEquals(room?.stays.record, life.core.rooms.get("tea")?.stays.record);
  const stays = continued(["stays", "deleted"])?.stays.record.stays ?? [];
  assertEquals(stays.map(({ peerId }) => peerId), [ann, bob, cyn].map(({ peerId }) => peerId));
  const written = JSON.parse(recorder.whole.get(`peer:${cyn.peerId}`) ?? "");
  assertEquals(written.isOwner, false, "an earlier version would give it a key");
});
