import { assert, assertEquals, assertThrows } from "../../assert.ts";
import { RoomClient, type RoomClientEvent } from "../../../mesh/client.ts";
import type { Welcome } from "../../../protocol/mod.ts";
import { FakePage, FakeSockets, welcome } from "./fake_socket.ts";
import { peer } from "../room_rig.ts";
import { VirtualClock } from "../virtual_clock.ts";

class Rig {
  readonly clock = new VirtualClock();
  readonly sockets = new FakeSockets();
  readonly page = new FakePage();
  readonly events: RoomClientEvent[] = [];
  readonly client: RoomClient;

  constructor(server = "https://talk.example.org/parley/") {
    let refs = 0;
    this.client = new RoomClient({
      server,
      openSocket: this.sockets.open,
      clock: this.clock,
      page: this.page,
      randomId: () => `ref-${++refs}`,
      random: () => 0.5,
    });
    this.client.subscribe((event) => this.events.push(event));
  }

  joined(part: Partial<Welcome> = {}): this {
    this.client.join({ room: "den", name: "Ann" });
    this.sockets.last.open();
    this.sockets.last.say(welcome(part));
    return this;
  }

  /** The types of the events since the last call, with the peer of each. */
  news(): string[] {
    return this.events.splice(0).map((event) => {
      if (event.type === "state") return `state ${event.state.kind}`;
      return "peer" in event ? `${event.type} ${event.peer.peerId}` : event.type;
    });
  }
}

Deno.test("members are reported before the state becomes joined, later changes after it", () => {
  const rig = new Rig().joined({ roster: [peer("bob")] });
  assertEquals(rig.news(), ["state joining", "peer-joined bob", "state joined"]);
  rig.sockets.last.say({ type: "peer-joined", revision: 2, peer: peer("cem") });
  rig.sockets.last.say({ type: "peer-left", revision: 3, peerId: "bob", reason: "left" });
  rig.sockets.last.say({ type: "tick", at: 1 });
  assertEquals(rig.news(), ["peer-joined cem", "peer-left bob"]);
  assertEquals(rig.client.peers.map(({ peerId }) => peerId), ["cem"]);
});

Deno.test("after a loss it sends how far it followed and what is unconfirmed, and reports the difference", () => {
  const rig = new Rig().joined({ roster: [peer("bob"), peer("cem")], epoch: 5, revision: 7 });
  const ref = rig.client.chat("hello");
  assert(ref !== undefined);
  rig.client.setState({ hand: true });
  rig.news();
  rig.sockets.last.end(1006);
  assertEquals(rig.client.state.kind, "reconnecting");
  rig.clock.advance(1_000);
  rig.sockets.last.open();
  const [join] = rig.sockets.last.saidOf("join");
  assertEquals([join?.followed, join?.state?.hand], [{ epoch: 5, revision: 7 }, true]);
  assert(join?.resume !== undefined);
  const roster = [peer("cem", { name: "Cemal" }), peer("dan")];
  rig.sockets.last.say(welcome({ resumed: true, roster, epoch: 5, revision: 9 }));
  assertEquals(rig.news(), [
    "state reconnecting",
    "peer-left bob",
    "peer-changed cem",
    "peer-joined dan",
    "state joined",
  ]);
  assertEquals(rig.sockets.last.saidOf("chat").map(({ ref }) => ref), [ref]);
  assertEquals(rig.client.peers.map(({ name }) => name), ["Cemal", "dan"]);
});

Deno.test("messages that it does not keep are passed on unchanged", () => {
  const rig = new Rig().joined({ roster: [peer("bob")] });
  rig.news();
  const candidate = { candidate: "c", sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null };
  const signal = { kind: "candidate", candidate } as const;
  rig.sockets.last.say({ type: "signal", from: "bob", signal });
  rig.sockets.last.say({ type: "ice-servers", iceServers: [{ urls: ["stun:s"] }] });
  assertEquals(rig.events[0], { type: "signal", from: "bob", signal });
  assertEquals(rig.news(), ["signal", "ice-servers"]);
  assertEquals(rig.client.iceServers, [{ urls: ["stun:s"] }]);
  assert(rig.client.signal("bob", signal));
  assertEquals(rig.sockets.last.saidOf("signal").length, 1);
});

Deno.test("a message that is parsed late arrives, but not in another visit", async () => {
  const rig = new Rig().joined();
  const asked: string[] = [];
  const dan = new Promise<void>((resolve) =>
    rig.client.subscribe((event) => {
      if (event.type !== "mute-request") return;
      asked.push(event.from);
      if (event.from === "dan") resolve();
    })
  );
  rig.sockets.last.frame(`{"type":"mute-request","from":"bob"}`);
  rig.client.leave();
  rig.joined();
  rig.sockets.last.frame(`{"type":"mute-request","from":"cem"}`);
  rig.sockets.last.frame(`{"type":"mute-request","from":"dan"}`);
  await dan;
  assertEquals(asked, ["cem", "dan"]);
});

Deno.test("an end by the server has its reason, a leave is sent, and a join may follow either", () => {
  const rig = new Rig().joined();
  rig.sockets.last.end(4505);
  assertEquals(rig.client.state, { kind: "left", room: "den", reason: "full" });
  assertEquals(rig.client.chat("to nobody"), undefined);
  rig.joined();
  rig.client.leave();
  assertEquals(rig.sockets.last.saidOf("leave").length, 1);
  assertEquals(rig.client.state, { kind: "left", room: "den", reason: "left" });
});

Deno.test("invalid names throw, and an address may end with or without a slash", () => {
  const rig = new Rig();
  assertThrows(() => rig.client.join({ room: "a b", name: "Ann" }), RangeError);
  assertThrows(() => rig.client.join({ room: "den", name: "" }), RangeError);
  rig.client.join({ room: "den", name: "Ann" });
  assertEquals(rig.sockets.urls, ["wss://talk.example.org/parley/ws?room=den"]);
});
