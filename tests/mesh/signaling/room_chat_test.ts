// Private lines, changes and history in a session.

import { assert, assertEquals } from "../../assert.ts";
import type { ChatLine } from "../../../protocol/mod.ts";
import { peer, RoomRig } from "../room_rig.ts";

const bob = { roster: [peer("bob")] };

function line(id: number, part: Partial<ChatLine> = {}): ChatLine {
  return { id, ref: `r${id}`, from: "bob", name: "bob", text: `line ${id}`, at: 0, ...part };
}

/** A session with one delivered own line "mine". */
function withOwnLine() {
  const rig = new RoomRig().joined(bob);
  const ref = rig.session.chat.send("mine") ?? "";
  const echo = line(1, { ref, from: "me", text: "mine" });
  rig.say({ type: "chat", line: echo });
  return { rig, ref, echo };
}

Deno.test("a private line and an answer say so on the wire and while they wait", () => {
  const rig = new RoomRig().joined(bob);
  rig.session.chat.send("psst", { to: "bob", answers: "r9" });
  const [said] = rig.socket.saidOf("chat");
  assertEquals([said?.to, said?.answers], ["bob", "r9"]);
  const [waiting] = rig.told("chat-waiting");
  assertEquals([waiting?.to, waiting?.answers], ["bob", "r9"]);
  rig.session.close();
});

Deno.test("private lines and changes are no step for the one who follows, and no gap", () => {
  const rig = new RoomRig().joined(bob);
  const to = { peerId: "me", name: "Ann" };
  rig.say({ type: "chat", line: line(1) });
  rig.say({ type: "chat", line: line(1, { ref: "p1", to }) });
  rig.say({ type: "chat", line: line(1, { ref: "p2", to }) });
  rig.say({ type: "chat", line: line(1, { text: "better", changed: 1 }) });
  rig.say({ type: "chat", line: line(2) });
  assertEquals(rig.told("chat").map(({ line }) => line.ref), ["r1", "p1", "p2", "r2"]);
  rig.clock.advance(10_000);
  assertEquals(rig.socket.saidOf("join").length, 1, "nobody asks for the whole again");
  rig.returned();
  assertEquals(rig.socket.saidOf("join")[0]?.followed, { epoch: 1, revision: 2 });
  rig.session.close();
});

Deno.test("a private line from beyond what was heard is a gap like any other", () => {
  const rig = new RoomRig().joined(bob);
  rig.say({ type: "chat", line: line(1, { to: { peerId: "me", name: "Ann" } }) });
  rig.clock.advance(10_000);
  assertEquals(rig.socket.saidOf("join").length, 2);
  assertEquals(rig.socket.saidOf("join")[1]?.followed?.revision, 0);
  rig.session.close();
});

Deno.test("what is given again with a welcome is told once: lines, private lines and changes", () => {
  const rig = new RoomRig().joined(bob);
  const whisper = line(1, { ref: "p1", to: { peerId: "me", name: "Ann" } });
  const changed = line(1, { text: "better", changed: 1 });
  for (const each of [line(1), whisper, changed]) rig.say({ type: "chat", line: each });
  rig.returned({ missed: [changed, whisper, line(2, { text: null, changed: 2 })] });
  assertEquals(rig.told("chat").map(({ line }) => line.ref), ["r1", "p1", "r2"]);
  assertEquals(rig.told("chat-changed").map(({ line }) => line.text), ["better"]);
  rig.session.close();
});

Deno.test("an own line is changed at once and confirmed by its echo", () => {
  const { rig, ref, echo } = withOwnLine();
  assert(rig.session.chat.change(ref, "better"));
  assertEquals(rig.told("chat-changing").map(({ text }) => text), ["better"]);
  assertEquals(rig.socket.saidOf("edit").map(({ text }) => text), ["better"]);
  rig.say({ type: "chat", line: { ...echo, text: "better", changed: 1 } });
  assertEquals(rig.told("chat-changed").map(({ line }) => line.text), ["better"]);
  rig.returned();
  assertEquals(rig.socket.saidOf("edit"), [], "a confirmed change is not said again");
  rig.session.close();
});

Deno.test("a change lost with its socket goes out again, and only the newest of several", () => {
  const { rig, ref, echo } = withOwnLine();
  rig.session.chat.change(ref, "second");
  rig.session.chat.change(ref, "third");
  rig.say({ type: "chat", line: { ...echo, text: "second", changed: 1 } });
  rig.returned();
  assertEquals(rig.socket.saidOf("edit").map(({ text }) => text), ["third"]);
  rig.session.close();
});

Deno.test("what is not ours, not delivered or taken back cannot be changed", () => {
  const { rig, ref, echo } = withOwnLine();
  rig.say({ type: "chat", line: line(2) });
  const waiting = rig.session.chat.send("waiting") ?? "";
  assertEquals(["r2", waiting, "nothing"].map((ref) => rig.session.chat.change(ref, "x")), [
    false,
    false,
    false,
  ]);
  assertEquals(rig.session.chat.change(ref, "   "), false);
  rig.say({ type: "chat", line: { ...echo, text: null, changed: 2 } });
  assertEquals(rig.session.chat.change(ref, "x"), false);
  assertEquals(rig.socket.saidOf("edit"), []);
  rig.session.close();
});

Deno.test("nobody changes another's line by taking its ref", () => {
  const rig = new RoomRig().joined(bob);
  const ref = "a".repeat(32);
  rig.say({ type: "chat", line: line(1, { ref }) });
  rig.say({ type: "chat", line: line(2, { ref, from: "eve", text: "forged", changed: 2 }) });
  assertEquals(rig.told("chat").map(({ line }) => line.text), ["line 1"]);
  assertEquals(rig.told("chat-changed"), []);
  rig.session.close();
});

Deno.test("a newcomer is told the recent lines before the room counts as joined, own ones as own", () => {
  const rig = new RoomRig().joined({ ...bob, recent: [line(1), line(2, { from: "me" })] });
  const order = rig.events.map((event) => event.type === "state" ? event.state.kind : event.type);
  assert(order.indexOf("chat") < order.indexOf("joined"));
  assertEquals(rig.told("chat").map(({ own, recent }) => [own, recent]), [
    [false, true],
    [true, true],
  ]);
  assert(rig.session.chat.change("r2", "after a reload a member's lines are still its own"));
  rig.session.close();
});

Deno.test("a whisper to somebody who is not back yet is tried again, and given up after a while", () => {
  const rig = new RoomRig().joined(bob);
  const about = rig.session.chat.send("psst", { to: "bob" }) ?? "";
  for (let tries = 1; tries < 5; tries++) {
    rig.say({ type: "error", code: "no-such-peer", message: "", about });
    rig.clock.advance(2_000);
    assertEquals(rig.socket.saidOf("chat").length, tries + 1);
  }
  rig.say({ type: "error", code: "no-such-peer", message: "", about });
  assertEquals(rig.told("chat-refused").map(({ ref, code }) => [ref, code]), [
    [about, "no-such-peer"],
  ]);
  rig.session.close();
});
