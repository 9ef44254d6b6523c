// What members of sealed rooms send each other through a server that reads nothing of it.

import { assert, assertEquals } from "../../assert.ts";
import { limits, type SealedMessage, serverLimits, silentState } from "../../../protocol/mod.ts";
import type { Incoming } from "../../../signaling/core/core_types.ts";
import { hour, Life, sealedRoom, type Visit } from "./life.ts";

Deno.test("members of a sealed room are sent the hello and card of each other, and no names", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  const blank = { name: "", dialect: "parley", state: silentState, away: false } as const;
  assertEquals(ann.last("peer-joined")?.peer, {
    ...blank,
    peerId: bob.peerId,
    sealed: { hello: "h1", card: "c1" },
  });
  const { roster, door, name } = bob.last("welcome") ?? {};
  assertEquals(roster, [{ ...blank, peerId: ann.peerId, sealed: { hello: "h0", card: "c0" } }]);
  assertEquals([door, name], ["d0", ""]);
});

Deno.test("each kind of room refuses the messages of the other kind, and says what it has instead", () => {
  const openOnly: Incoming[] = [
    { type: "chat", ref: "r", text: "hello" },
    { type: "edit", ref: "r", text: null },
    { type: "state", state: silentState },
    { type: "rename", name: "Ann" },
    { type: "react", reaction: "heart" },
    { type: "report", links: [] },
  ];
  const sealedOnly: SealedMessage[] = [
    { type: "card", card: "c" },
    { type: "hello", hello: "h", card: "c" },
    { type: "sealed-line", ref: "r", text: "t" },
    { type: "note", note: "n" },
    { type: "change-door", from: "d0", to: "d1" },
  ];
  for (
    const [visit, refused, instead] of [
      [{ sealed: {} }, openOnly, "instead"],
      [{}, sealedOnly, "only a sealed room"],
    ] as const
  ) {
    const life = new Life(hour);
    const [ann, bob] = [life.join(visit), life.join(visit)];
    const seen = bob.during(() => {
      for (const message of refused) {
        ann.say(message);
        const { code, message: text, about } = ann.last("error") ?? {};
        assertEquals([code, text?.includes(instead)], ["not-allowed", true], message.type);
        assertEquals(about, "ref" in message ? "r" : undefined);
      }
    });
    assertEquals(seen, []);
  }
});

Deno.test("a card goes to everybody, of many at once the newest a little later", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  ann.say({ type: "card", card: "new" });
  const { card, name, state } = bob.last("peer-changed") ?? {};
  assertEquals([card, name, state], ["new", "", silentState]);
  assertEquals(ann.last("peer-changed")?.card, "new");
  for (let n = 0; n < 10; n++) ann.say({ type: "card", card: `card${n}` });
  const broadcasts = bob.heard.filter(({ type }) => type === "peer-changed").length;
  assertEquals(broadcasts, serverLimits.stateBurst);
  assertEquals(life.join({ sealed: {} }).last("welcome")?.roster[0]?.sealed?.card, "card9");
  life.tick(1_000);
  assertEquals(bob.last("peer-changed")?.card, "card9");
});

Deno.test("a new hello goes to everybody at once, with the newest card", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  for (let n = 0; n < 10; n++) ann.say({ type: "card", card: `card${n}` });
  ann.say({ type: "hello", hello: "new", card: "last" });
  const { hello, card, peerId } = bob.last("peer-hello") ?? {};
  assertEquals([hello, card, peerId], ["new", "last", ann.peerId]);
  assertEquals(ann.last("peer-hello"), bob.last("peer-hello"), "so that no revision is missing");
  assertEquals(bob.during(() => life.tick(1_000)).filter((type) => type !== "tick"), []);
  assertEquals(bob.during(() => ann.say({ type: "hello", hello: "new", card: "last" })), []);
});

Deno.test("a member that resumes brings its hello and card, and the others are sent what is new", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  const back = (sealed: Visit["sealed"]) => {
    const { token: resume } =
      life.visitors.findLast(({ isInside, peerId }) => isInside && peerId === bob.peerId) ?? bob;
    life.visitors.at(-1)?.lose();
    return life.join({ resume, sealed: { hello: "h1", card: "c1", ...sealed } });
  };
  assertEquals(ann.during(() => assertEquals(back({}).peerId, bob.peerId)), []);
  assertEquals(ann.during(() => back({ card: "c9" })), ["peer-changed"]);
  assertEquals(ann.last("peer-changed")?.card, "c9");
  assertEquals(ann.during(() => back({ hello: "h9" })), ["peer-hello"]);
  const last = back({ hello: "h8", card: "c8" });
  const { hello, card, revision } = ann.last("peer-hello") ?? {};
  assertEquals([hello, card], ["h8", "c8"]);
  assertEquals(last.last("welcome")?.revision, revision, "its welcome covers its own hello");
  assertEquals(last.last("peer-hello"), undefined);
});

Deno.test("a member that joins its room again replaces its hello and card", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  const again = (door: string) => {
    const sealed = { door, peerId: bob.peerId, hello: "h9", card: "c9" };
    bob.say({ type: "join", room: "tea", name: "", sealed });
  };
  assertEquals(ann.during(() => again("d0")), ["peer-hello"]);
  assertEquals(ann.during(() => again("d0")), []);
  assertEquals(bob.during(() => again("an older one")), ["welcome", "rules"]);
  bob.say({ type: "join", room: "tea", name: "Bob" });
  assertEquals([bob.refused, bob.isInside], ["sealed", false]);
});

Deno.test("a sealed line is numbered, echoed, and kept for those who come later", () => {
  const [life, ann] = sealedRoom({ chatHistory: "while-occupied" });
  const bob = life.join({ sealed: {} });
  ann.say({ type: "sealed-line", ref: "r1", text: "sealed" });
  const { line } = bob.last("chat") ?? {};
  const { revision = 0 } = bob.last("welcome") ?? {};
  const wanted = { id: revision + 1, ref: "r1", from: ann.peerId, name: "", text: "sealed" };
  assertEquals(line, { ...wanted, at: life.at });
  assertEquals(ann.last("chat")?.line, line);
  assertEquals(bob.during(() => ann.say({ type: "sealed-line", ref: "r1", text: "other" })), []);
  const { recent = [] } = life.join({ sealed: {} }).last("welcome") ?? {};
  assertEquals(recent[0], line);
});

Deno.test("without history a newcomer is sent no sealed line from before", () => {
  const [life, ann] = sealedRoom({ chatHistory: "none" });
  ann.say({ type: "sealed-line", ref: "r1", text: "sealed" });
  assertEquals(life.join({ sealed: {} }).last("welcome")?.recent, []);
});

Deno.test("owners can keep the chat to themselves in a sealed room", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  ann.say({ type: "set-rules", chat: "owners" });
  bob.say({ type: "sealed-line", ref: "r1", text: "sealed" });
  assertEquals([bob.last("error")?.code, bob.last("error")?.about], ["not-allowed", "r1"]);
  bob.say({ type: "note", note: "n" });
  assertEquals(ann.last("note")?.note, "n");
});

Deno.test("a note goes to everybody else and is not kept", () => {
  const [life, ann] = sealedRoom({ chatHistory: "while-occupied" });
  const bob = life.join({ sealed: {} });
  const { revision } = bob.last("welcome") ?? {};
  ann.say({ type: "note", note: "n" });
  assertEquals(bob.last("note"), { type: "note", from: ann.peerId, note: "n" });
  assertEquals(ann.last("note"), undefined);
  const later = life.join({ sealed: {} });
  assertEquals([later.last("note"), later.last("welcome")?.revision], [
    undefined,
    (revision ?? 0) + 1,
  ]);
});

Deno.test("notes and sealed lines have rates", () => {
  const both: [burst: number, say: (n: number) => SealedMessage][] = [
    [serverLimits.noteBurst, () => ({ type: "note", note: "n" })],
    [limits.chatBurst, (n) => ({ type: "sealed-line", ref: `r${n}`, text: "t" })],
  ];
  for (const [burst, say] of both) {
    const [, ann] = sealedRoom();
    for (let n = 0; n < burst; n++) ann.say(say(n));
    assertEquals(ann.last("error"), undefined);
    ann.say(say(burst));
    assertEquals(ann.last("error")?.code, "rate");
  }
});

Deno.test("hellos count more than other messages", () => {
  const [life, ann] = sealedRoom();
  const bob = life.join({ sealed: {} });
  for (let n = 0; n < 300 && ann.refused === undefined; n++) {
    ann.say({ type: "hello", hello: `h${n}`, card: "c" });
  }
  assertEquals(ann.refused, "rate");
  const sent = bob.heard.filter(({ type }) => type === "peer-hello").length;
  assert(sent <= limits.signalBurst / serverLimits.helloCost, `${sent}`);
});

Deno.test("the page before joining is given the sealed texts of those inside", () => {
  const [life, ann] = sealedRoom();
  const sealed = { hello: "h0", card: "c0" };
  assertEquals(life.core.inside("tea", life.at), [{ peerId: ann.peerId, name: "", sealed }]);
});

Deno.test("the administration sees which rooms are sealed, and ids without names", () => {
  const [life, ann] = sealedRoom();
  const view = () => life.core.view("tea", life.at);
  assertEquals([view()?.sealed, view()?.peers.map(({ peerId, name }) => [peerId, name])], [
    true,
    [[ann.peerId, ""]],
  ]);
  ann.say({ type: "change-door", from: "d0", to: "d1" });
  ann.say({ type: "leave" });
  assertEquals(view()?.sealed, true, "its link is kept");
  life.join({}, "parley", "coffee");
  assertEquals(life.core.view("coffee", life.at)?.sealed, false);
});
