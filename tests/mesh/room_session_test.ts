import { type ChatLine, closeCode, type CloseReason, limits } from "../../protocol/mod.ts";
import { assert, assertEquals, assertThrows } from "../assert.ts";
import { welcome } from "./signaling/fake_socket.ts";
import { FakeTrack } from "./link/fake_track.ts";
import { peer, RoomRig } from "./room_rig.ts";

function line(id: number, part: Partial<ChatLine> = {}): ChatLine {
  return { id, ref: `other-${id}`, from: "bob", name: "Bob", text: `line ${id}`, at: id, ...part };
}

Deno.test("its state goes from idle over joining to joined, to reconnecting and back, to left", () => {
  const rig = new RoomRig();
  assertEquals(rig.session.state, { kind: "idle" });
  rig.joined().returned();
  rig.session.leave();
  assertEquals(rig.told("state").map(({ state }) => state.kind), [
    "joining",
    "joined",
    "reconnecting",
    "joined",
    "left",
  ]);
  assertEquals(rig.session.state, { kind: "left", room: "den", reason: "left" });
  rig.session.close();
});

Deno.test("names are made canonical; what cannot be a name throws", () => {
  const rig = new RoomRig();
  assertThrows(() => rig.session.join({ room: "a b", name: "Ann" }), RangeError);
  assertThrows(() => rig.session.join({ room: "den", name: "" }), RangeError);
  assertEquals(rig.session.state.kind, "idle");
  rig.session.join({ room: "caf\u0065\u0301", name: " Ann " });
  rig.socket.open();
  const [join] = rig.socket.saidOf("join");
  assertEquals([join?.room, join?.name], ["café", "Ann"]);
  rig.session.close();
});

Deno.test("the roster is told before the room counts as joined, later comers after", () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  rig.news({ type: "peer-joined", peer: peer("cid") });
  const kinds = rig.events.flatMap((event) =>
    event.type === "state" ? [event.state.kind] : event.type === "peer-joined" ? [event.type] : []
  );
  assertEquals(kinds, ["joining", "peer-joined", "joined", "peer-joined"]);
  rig.session.close();
});

Deno.test("after close() no part calls a listener", () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  const { session } = rig;
  session.close();
  assertEquals(session.state.kind, "left");
  const told = rig.events.length;
  session.presence.rename("Anna");
  session.setTrack("camera", null);
  session.emit({ type: "state", state: { kind: "idle" } });
  session.roster.emit({ type: "peer-joined", peer: peer("cid") });
  session.links.emit({ type: "watch", peerId: "bob" });
  session.chat.emit({ type: "chat-gap" });
  session.monitor.emit({ type: "strained", strained: true });
  session.owners.emit({ type: "mute-request", from: "bob" });
  session.messages.emit({ type: "peer-away", peerId: "bob", revision: 1 });
  assertEquals(rig.events.length, told);
});

Deno.test("leaving is immediate and complete", () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  const { socket } = rig;
  rig.session.leave();
  const told = rig.events.length;
  rig.session.leave();
  socket.say({ type: "peer-joined", revision: 1, peer: peer("cid") });
  assertEquals(socket.saidOf("leave").length, 1);
  assertEquals(rig.fakes.map(({ signalingState }) => signalingState), ["closed"]);
  assertEquals(rig.events.length, told);
  assertEquals([rig.clock.waiting, rig.page.listeners, rig.session.roster.peers.length], [0, 0, 0]);
});

Deno.test("a page that goes away leaves", () => {
  const rig = new RoomRig().joined();
  rig.page.hide();
  assertEquals(rig.socket.saidOf("leave").length, 1);
  assertEquals(rig.session.state.kind, "left");
});

Deno.test("one can leave while joining, from inside an event, and join again", () => {
  const rig = new RoomRig();
  const undo = rig.session.subscribe((event) => {
    if (event.type === "state" && event.state.kind === "joining") rig.session.leave();
  });
  rig.session.join({ room: "den", name: "Ann" });
  assertEquals([rig.session.state.kind, rig.sockets.all.length], ["left", 0]);
  undo();
  rig.joined();
  assertEquals(rig.session.state.kind, "joined");
  rig.session.close();
});

Deno.test("joining another room is a move, joining the same one is not", () => {
  const rig = new RoomRig().joined();
  rig.session.join({ room: "den", name: "Anna" });
  assertEquals(rig.sockets.all.length, 1);
  assertEquals(rig.socket.saidOf("rename")[0]?.name, "Anna");
  const { socket } = rig;
  rig.session.join({ room: "attic", name: "Ann" });
  assertEquals(socket.saidOf("leave").length, 1);
  rig.socket.open();
  assertEquals(rig.socket.saidOf("join")[0]?.resume, undefined, "another room, another session");
  rig.session.close();
});

Deno.test("the server's terminal reasons are told in the state", () => {
  for (const reason of ["full", "kicked", "replaced"] satisfies CloseReason[]) {
    const rig = new RoomRig().joined({ roster: [peer("bob")] });
    rig.socket.end(closeCode(reason));
    assertEquals(rig.session.state, { kind: "left", room: "den", reason });
    assertEquals([rig.clock.waiting, rig.session.roster.peers.length], [0, 0]);
  }
});

Deno.test("a lost socket costs neither links nor roster", () => {
  const rig = new RoomRig().joined({ roster: [peer("bob")] });
  rig.fakes[0]?.become("connected");
  rig.socket.end(1006);
  assertEquals(rig.session.state.kind, "reconnecting");
  assertEquals(rig.session.roster.peers.length, 1);
  assertEquals(rig.session.links.stateOf("bob")?.kind, "connected");
  rig.session.close();
});

Deno.test("a line is waiting until its echo comes", () => {
  const rig = new RoomRig().joined();
  const ref = rig.session.chat.send("hello");
  assert(ref);
  assertEquals(rig.told("chat-waiting").map(({ text }) => text), ["hello"]);
  rig.say({ type: "chat", line: line(1, { ref, from: "me", text: "hello" }) });
  rig.say({ type: "chat", line: line(2) });
  assertEquals(rig.told("chat").map(({ line, own }) => [line.id, own]), [[1, true], [2, false]]);
  rig.session.close();
});

Deno.test("lines written while the socket is away go out once, in order, after the return", () => {
  const rig = new RoomRig().joined();
  rig.socket.end(1006);
  for (const text of ["one", "two"]) rig.session.chat.send(text);
  rig.clock.advance(1_000);
  rig.socket.open();
  assertEquals(rig.socket.saidOf("chat"), []);
  rig.say(welcome({ resumed: true }));
  assertEquals(rig.socket.saidOf("chat").map(({ text }) => text), ["one", "two"]);
  rig.session.close();
});

Deno.test("an unconfirmed line is sent again with its ref; one among the missed is not", () => {
  const rig = new RoomRig().joined();
  const heard = rig.session.chat.send("heard");
  const lost = rig.session.chat.send("lost");
  assert(heard && lost);
  rig.say({ type: "chat", line: line(1) });
  rig.returned({ missed: [line(2, { ref: heard, from: "me" }), line(3)] });
  assertEquals(rig.socket.saidOf("join")[0]?.followed, { epoch: 1, revision: 1 });
  assertEquals(rig.socket.saidOf("chat").map(({ ref }) => ref), [lost]);
  assertEquals(rig.told("chat").map(({ line, own }) => [line.id, own]), [
    [1, false],
    [2, true],
    [3, false],
  ]);
  rig.session.close();
});

Deno.test("a line that comes twice is told once", () => {
  const rig = new RoomRig().joined();
  rig.say({ type: "chat", line: line(1) });
  rig.returned({ missed: [line(1)] });
  rig.say({ type: "chat", line: line(1) });
  assertEquals(rig.told("chat").length, 1);
  rig.session.close();
});

Deno.test("many lines keep inside the server's rate and all go out", () => {
  const rig = new RoomRig().joined();
  for (let count = 0; count < 30; count++) rig.session.chat.send(`line ${count}`);
  assert(rig.socket.saidOf("chat").length < limits.chatBurst);
  for (let second = 1; second <= 30; second++) {
    rig.clock.advance(1_000);
    rig.say({ type: "tick", at: second });
    const most = limits.chatBurst + second * limits.chatPerSecond;
    assert(rig.socket.saidOf("chat").length <= most, `within the rate after ${second} s`);
  }
  assertEquals(
    rig.socket.saidOf("chat").map(({ text }) => text),
    Array.from({ length: 30 }, (_, count) => `line ${count}`),
  );
  rig.session.close();
});

Deno.test("a line refused for its rate goes out later, one refused for good is told", () => {
  const rig = new RoomRig().joined();
  const [slow, bad] = [rig.session.chat.send("slow"), rig.session.chat.send("bad")];
  assert(slow && bad);
  rig.say({ type: "error", code: "rate", message: "", about: slow });
  rig.say({ type: "error", code: "bad-message", message: "", about: bad });
  rig.clock.advance(3_000);
  assertEquals(rig.socket.saidOf("chat").map(({ ref }) => ref), [slow, bad, slow]);
  assertEquals(rig.told("chat-refused").map(({ ref, code }) => [ref, code]), [
    [bad, "bad-message"],
  ]);
  rig.session.close();
});

Deno.test("a text no room takes is not sent, and outside a room none is", () => {
  const rig = new RoomRig();
  assertEquals(rig.session.chat.send("hello?"), undefined);
  rig.joined();
  for (const text of ["", "  \n", "x".repeat(limits.chatText + 1), "\ud800"]) {
    assertEquals(rig.session.chat.send(text), undefined);
  }
  assert(rig.session.chat.send("😀".repeat(limits.chatText)));
  assertEquals(rig.told("chat-waiting").length, 1);
  rig.session.close();
});

Deno.test("own state follows the tracks, and the join says it", () => {
  const rig = new RoomRig();
  rig.session.setTrack("camera", new FakeTrack("video"));
  rig.joined();
  const [join] = rig.socket.saidOf("join");
  assertEquals(join?.state, { microphone: false, camera: true, screen: false, hand: false });
  rig.session.setTrack("microphone", new FakeTrack("audio"));
  rig.session.setTrack("screen-audio", new FakeTrack("audio"));
  rig.session.presence.change({ hand: true });
  rig.session.presence.change({ hand: true });
  assertEquals(rig.socket.saidOf("state").map(({ state }) => state), [
    { microphone: true, camera: true, screen: false, hand: false },
    { microphone: true, camera: true, screen: false, hand: true },
  ]);
  assertEquals(rig.session.presence.state.hand, true);
  assertEquals(rig.told("self").length, 4, "name, camera, microphone, hand: each change once");
  rig.session.close();
});

Deno.test("muting keeps the track, disables it and tells the truth", () => {
  const rig = new RoomRig().joined();
  const track = new FakeTrack("audio");
  rig.session.setTrack("microphone", track);
  rig.session.presence.setMuted(true);
  assertEquals([track.enabled, rig.session.presence.state.microphone], [false, false]);
  const other = new FakeTrack("audio");
  rig.session.setTrack("microphone", other);
  assertEquals([other.enabled, rig.session.presence.state.microphone], [false, false]);
  rig.session.presence.setMuted(false);
  assertEquals([other.enabled, rig.session.presence.state.microphone], [true, true]);
  rig.session.close();
});

Deno.test("what changed while the socket was away is told after the return", () => {
  const rig = new RoomRig().joined();
  rig.clock.advance(5_000);
  rig.socket.end(1006);
  rig.session.presence.change({ hand: true });
  rig.session.presence.rename("Anna");
  rig.clock.advance(1_000);
  rig.socket.open();
  rig.say(welcome({ resumed: true }));
  assertEquals(rig.socket.saidOf("state").map(({ state }) => state.hand), [true]);
  assertEquals(rig.socket.saidOf("rename").map(({ name }) => name), ["Anna"]);
  rig.session.close();
});

Deno.test("a state told just before a loss may have been lost with it, and is told again", () => {
  const rig = new RoomRig().joined();
  rig.session.presence.change({ hand: true });
  rig.returned();
  assertEquals(rig.socket.saidOf("state").map(({ state }) => state.hand), [true]);
  assertEquals(rig.socket.saidOf("rename"), []);
  rig.session.close();
});

Deno.test("what the server will not do is told; a signal that met its peer leaving is not", () => {
  const rig = new RoomRig().joined();
  rig.say({ type: "error", code: "no-such-peer", message: "gone", about: "bob" });
  rig.say({ type: "error", code: "bad-message", message: "what?" });
  assertEquals(rig.told("refused").map(({ code }) => code), ["bad-message"]);
  rig.session.close();
});

Deno.test("a closed session tells nothing", () => {
  const rig = new RoomRig().joined();
  rig.session.close();
  const told = rig.events.length;
  rig.session.close();
  rig.session.presence.change({ hand: true });
  rig.session.chat.send("hello?");
  assertEquals(rig.events.length, told);
  assertEquals([rig.clock.waiting, rig.page.listeners], [0, 0]);
});

Deno.test("a close code that was lost is known from the error before it", () => {
  const rig = new RoomRig().joined();
  rig.say({ type: "error", code: "replaced", message: "closing: replaced" });
  rig.socket.end(1006);
  assertEquals(rig.session.state, { kind: "left", room: "den", reason: "replaced" });
});

Deno.test("a reaction goes to the server or nowhere; reactions and hands are told as they come", () => {
  const rig = new RoomRig();
  assertEquals(rig.session.send({ type: "react", reaction: "heart" }), false);
  rig.joined({ roster: [peer("bob")] });
  assertEquals(rig.session.send({ type: "react", reaction: "heart" }), true);
  assertEquals(rig.socket.saidOf("react").map(({ reaction }) => reaction), ["heart"]);
  rig.say({ type: "reaction", peerId: "bob", reaction: "applause" });
  rig.say({ type: "hands", peerIds: ["bob"] });
  assertEquals(rig.told("reaction").map(({ peerId }) => peerId), ["bob"]);
  assertEquals(rig.told("hands").map(({ peerIds }) => peerIds), [["bob"]]);
  assertEquals(rig.socket.saidOf("join").length, 1, "neither is taken for a gap");
  rig.socket.end(1006);
  assertEquals(
    rig.session.send({ type: "react", reaction: "heart" }),
    false,
    "and none is sent late",
  );
  rig.session.close();
});
