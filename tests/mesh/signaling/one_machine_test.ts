// RoomSession and the client for other programs share RoomClient: each case runs with both.

import { assertEquals, assertThrows } from "../../assert.ts";
import { RoomClient } from "../../../mesh/client.ts";
import type { SessionState } from "../../../mesh/events.ts";
import type { ServerMessage, Welcome } from "../../../protocol/mod.ts";
import { FakePage, type FakeSocket, FakeSockets, welcome } from "./fake_socket.ts";
import { peer, RoomRig, subscribeAll } from "../room_rig.ts";
import { VirtualClock } from "../virtual_clock.ts";

/** One membership, in either class. */
interface Member {
  readonly kind: string;
  readonly clock: VirtualClock;
  readonly page: FakePage;
  readonly sockets: FakeSockets;
  readonly state: () => SessionState;
  readonly peers: () => readonly string[];
  join(room: string, name?: string): void;
  leave(): void;
  send(text: string): string | undefined;
  change(part: { readonly hand: boolean }): void;
  rename(name: string): void;
  /** The events since the last call, without those that only a session has. */
  news(): string[];
}

function describe(event: { readonly type: string }): string[] {
  if ("state" in event && event.type === "state") {
    return [`state ${(event.state as SessionState).kind}`];
  }
  if (!/^(peer-(joined|changed|left)|chat)/.test(event.type)) return [];
  return "peer" in event
    ? [`${event.type} ${(event.peer as { peerId: string }).peerId}`]
    : [event.type];
}

function session(): Member {
  const rig = new RoomRig();
  const told: string[] = [];
  subscribeAll(rig.session, (event) => told.push(...describe(event)));
  const { clock, page, sockets } = rig;
  return {
    kind: "session",
    clock,
    page,
    sockets,
    state: () => rig.session.state,
    peers: () => rig.session.roster.peers.map(({ peerId }) => peerId),
    join: (room, name = "Ann") => rig.session.join({ room, name }),
    leave: () => rig.session.leave(),
    send: (text) => rig.session.chat.send(text),
    change: (part) => rig.session.presence.change(part),
    rename: (name) => rig.session.presence.rename(name),
    news: () => told.splice(0),
  };
}

function program(): Member {
  const [clock, page, sockets] = [new VirtualClock(), new FakePage(), new FakeSockets()];
  let refs = 0;
  const client = new RoomClient({
    server: "https://talk.example.org",
    openSocket: sockets.open,
    clock,
    page,
    randomId: () => `ref-${++refs}`,
    random: () => 0.5,
  });
  const told: string[] = [];
  client.subscribe((event) => told.push(...describe(event)));
  return {
    kind: "program",
    clock,
    page,
    sockets,
    state: () => client.state,
    peers: () => client.peers.map(({ peerId }) => peerId),
    join: (room, name = "Ann") => client.join({ room, name }),
    leave: () => client.leave(),
    send: (text) => client.chat(text),
    change: (part) => client.setState(part),
    rename: (name) => client.rename(name),
    news: () => told.splice(0),
  };
}

function joined(member: Member, part: Partial<Welcome> = {}): FakeSocket {
  member.join("den");
  member.sockets.last.open();
  member.sockets.last.say(welcome(part));
  return member.sockets.last;
}

/** The socket is lost, and a new one gets a welcome. */
function returned(member: Member, part: Partial<Welcome> = {}): FakeSocket {
  member.sockets.last.end(1006);
  member.clock.advance(1_000);
  member.sockets.last.open();
  member.sockets.last.say(welcome({ resumed: true, ...part }));
  return member.sockets.last;
}

const roster = [peer("bob")];

const cases: Readonly<Record<string, (member: Member) => void>> = {
  "the roster comes before the state becomes joined": (member) => {
    joined(member, { roster });
    assertEquals(member.news(), ["state joining", "peer-joined bob", "state joined"]);
  },
  "joining the same room stays on its socket, joining another one is a move": (member) => {
    const socket = joined(member);
    member.join("den", "Anna");
    assertEquals([member.sockets.all.length, socket.saidOf("rename")[0]?.name], [1, "Anna"]);
    member.join("attic");
    assertEquals([member.sockets.all.length, socket.saidOf("leave").length], [2, 1]);
  },
  "a refused room or name changes nothing": (member) => {
    joined(member);
    assertThrows(() => member.join("a b"), RangeError);
    assertThrows(() => member.join("attic", ""), RangeError);
    assertEquals(member.state().kind, "joined");
  },
  "a lost socket leaves the roster as it is": (member) => {
    const socket = joined(member, { roster });
    member.news();
    socket.end(1006);
    assertEquals([member.news(), member.peers()], [["state reconnecting"], ["bob"]]);
  },
  "a return says how far the client followed, and tells the difference": (member) => {
    joined(member, { roster, epoch: 5, revision: 7 });
    member.change({ hand: true });
    member.news();
    const socket = returned(member, { roster: [peer("cem")], epoch: 5, revision: 9 });
    const [join] = socket.saidOf("join");
    assertEquals([join?.followed, join?.state?.hand], [{ epoch: 5, revision: 7 }, true]);
    assertEquals(member.news(), [
      "state reconnecting",
      "peer-left bob",
      "peer-joined cem",
      "state joined",
    ]);
  },
  "a line that is not confirmed goes out again with its ref": (member) => {
    joined(member);
    const ref = member.send("hello") ?? "";
    assertEquals(returned(member).saidOf("chat").map((line) => line.ref), [ref]);
  },
  "a name and a state that changed while the socket was away are sent after the return": (
    member,
  ) => {
    joined(member).end(1006);
    member.rename("Anna");
    member.change({ hand: true });
    member.clock.advance(1_000);
    member.sockets.last.open();
    member.sockets.last.say(welcome({ resumed: true }));
    const socket = member.sockets.last;
    assertEquals([socket.saidOf("rename").length, socket.saidOf("state").length], [1, 1]);
  },
  "a peer that is away, and back, is told as a change": (member) => {
    const socket = joined(member, { roster });
    member.news();
    socket.say({ type: "peer-away", revision: 1, peerId: "bob" });
    socket.say({ type: "peer-back", revision: 2, peerId: "bob" });
    assertEquals(member.news(), ["peer-changed bob", "peer-changed bob"]);
  },
  "after a gap one join on the same socket brings the whole again": (member) => {
    const socket = joined(member, { roster, revision: 1 });
    const late: ServerMessage = { type: "peer-left", revision: 9, peerId: "bob", reason: "left" };
    socket.say(late);
    member.clock.advance(10_000);
    assertEquals([member.sockets.all.length, socket.saidOf("join").length], [1, 2]);
  },
  "outside a room no line is taken": (member) => {
    assertEquals(member.send("to nobody"), undefined);
    joined(member);
    member.leave();
    assertEquals(member.send("to nobody"), undefined);
  },
  "an end by the server is told with its reason": (member) => {
    joined(member).end(4505);
    assertEquals(member.state(), { kind: "left", room: "den", reason: "full" });
  },
  "leaving is complete: one goodbye, nobody there, no timer, no listener": (member) => {
    const socket = joined(member, { roster });
    member.leave();
    member.leave();
    assertEquals([socket.saidOf("leave").length, member.peers()], [1, []]);
    assertEquals([member.clock.waiting, member.page.listeners], [0, 0]);
  },
  "a page that goes away leaves": (member) => {
    joined(member);
    member.page.hide();
    assertEquals(member.state().kind, "left");
  },
};

for (const [name, run] of Object.entries(cases)) {
  for (const make of [session, program]) {
    const member = make();
    Deno.test(`${member.kind}: ${name}`, () => {
      run(member);
      member.leave();
    });
  }
}
