// A restarted server knows nobody, while the links still live; and events that were left out.

import { assertEquals } from "../assert.ts";
import { peer, RoomRig } from "./room_rig.ts";
import { welcome } from "./signaling/fake_socket.ts";

const roster = [peer("bob"), peer("cid")];

/** In a room of three with living links, then welcomed by a restarted server. */
function restarted(): RoomRig {
  const rig = new RoomRig().joined({ roster });
  for (const fake of rig.fakes) fake.become("connected");
  return rig.returned({ resumed: false, epoch: 2, roster: [peer("cid")] });
}

Deno.test("after a restart living links stay as they are, in whichever order peers come back", async () => {
  const rig = restarted();
  await rig.drain();
  assertEquals(rig.fakes.length, 2);
  assertEquals(rig.fakes.map(({ connectionState }) => connectionState), ["connected", "connected"]);
  assertEquals(rig.session.roster.peers.map(({ peerId, away }) => [peerId, away]), [
    ["bob", true],
    ["cid", false],
  ]);
  rig.news({ type: "peer-joined", peer: peer("bob") });
  await rig.drain();
  assertEquals(rig.session.roster.peers.map(({ away }) => away), [false, false]);
  assertEquals(rig.fakes.length, 2);
  rig.clock.advance(120_000);
  assertEquals(rig.told("peer-left"), [], "who is back is not given up");
  rig.session.close();
});

Deno.test("who does not come back within a minute is lost after all", () => {
  const rig = restarted();
  for (let second = 0; second < 58; second++) {
    rig.clock.advance(1_000);
    rig.say({ type: "tick", at: second });
  }
  assertEquals(rig.told("peer-left"), []);
  rig.clock.advance(2_000);
  assertEquals(rig.told("peer-left").map(({ peer, reason }) => [peer.peerId, reason]), [
    ["bob", "lost"],
  ]);
  assertEquals(rig.fakes[0]?.signalingState, "closed");
  rig.session.close();
});

Deno.test("a link that was not alive is called anew after a restart", () => {
  const rig = new RoomRig().joined({ roster });
  rig.fakes[1]?.become("connected");
  rig.returned({ resumed: false, epoch: 2, roster });
  assertEquals(rig.fakes.length, 3);
  assertEquals(rig.fakes[0]?.signalingState, "closed");
  assertEquals(rig.fakes[1]?.connectionState, "connected");
  rig.session.close();
});

Deno.test("leaving while others are awaited leaves no timer behind", () => {
  const rig = restarted();
  rig.session.close();
  assertEquals(rig.clock.waiting, 0);
});

Deno.test("a join says how far the room was followed, and an event left out asks for the whole", () => {
  const rig = new RoomRig().joined({ roster, epoch: 7, revision: 3 });
  const joins = () => rig.socket.saidOf("join");
  rig.say({ type: "peer-away", revision: 4, peerId: "bob" });
  assertEquals(joins().length, 1);
  rig.say({ type: "peer-back", revision: 6, peerId: "bob" });
  rig.clock.advance(0);
  assertEquals(joins()[1]?.followed, { epoch: 7, revision: 4 });
  rig.say({ type: "peer-away", revision: 8, peerId: "bob" });
  rig.clock.advance(10_000);
  assertEquals(joins().length, 2, "asked once");
  rig.say(welcome({ resumed: true, epoch: 7, revision: 8, roster }));
  rig.say({ type: "peer-back", revision: 9, peerId: "bob" });
  rig.clock.advance(10_000);
  assertEquals(joins().length, 2, "all is well again");
  rig.session.close();
});

Deno.test("lines that nobody keeps are reported as a gap before those that are kept", () => {
  const rig = new RoomRig().joined();
  const line = { id: 9, ref: "r", from: "bob", name: "Bob", text: "hi", at: 1 };
  rig.returned({ gap: true, missed: [line], revision: 9 });
  const types = rig.events.map(({ type }) => type).filter((type) => type.startsWith("chat"));
  assertEquals(types, ["chat-gap", "chat"]);
  rig.session.close();
});

Deno.test("a close code that was lost is known from the error before it", () => {
  const rig = new RoomRig().joined();
  rig.say({ type: "error", code: "replaced", message: "closing: replaced" });
  rig.socket.end(1006);
  assertEquals(rig.session.state, { kind: "left", room: "den", reason: "replaced" });
});
