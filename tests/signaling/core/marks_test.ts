// Reactions to lines and the pinned line in the core; see also the properties.

import { assert, assertEquals } from "../../assert.ts";
import {
  limits,
  type MarkSign,
  marksMost,
  type MarksUpdate,
  serverLimits,
} from "../../../protocol/mod.ts";
import { restoreRoom, RoomRecorder } from "../../../signaling/core/room_record.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import { Life, type Visitor } from "./life.ts";

/** What a visitor was sent about reactions and pins, as text. */
function told({ heard }: Visitor): string[] {
  return heard.flatMap((message): string[] => {
    if (message.type === "error") return [message.code];
    if (message.type === "marks" || message.type === "pinned") return [outline(message)];
    return [];
  });
}

function outline(message: MarksUpdate): string {
  if (message.type === "pinned") return `${message.by} pins ${message.line?.text ?? "nothing"}`;
  return message.lines.map(({ ref, marks }) =>
    `${ref}:${marks.map(({ sign, name }) => ` ${name} ${sign}`).join()}`
  ).join(" | ");
}

const say = (visitor: Visitor, ref: string, to?: Visitor) =>
  visitor.say({ type: "chat", ref, text: `text ${ref}`, ...to && { to: to.peerId } });

function react(
  visitor: Visitor,
  author: Visitor,
  { ref = "r", sign = "heart" as MarkSign, on = true } = {},
) {
  visitor.say({ type: "mark", from: author.peerId, ref, sign, on });
}

Deno.test("a reaction goes to everybody, once, and can be taken back", () => {
  const life = new Life(0);
  const [ann, bob] = [life.join({ name: "Ann" }), life.join({ name: "Bob" })];
  say(ann, "r");
  react(bob, ann);
  react(bob, ann);
  react(ann, ann, { sign: "eyes" });
  react(bob, ann, { on: false });
  const wanted = ["r: Bob heart", "r: Bob heart, Ann eyes", "r: Ann eyes"];
  assertEquals([told(ann), told(bob)], [wanted, wanted]);
});

Deno.test("a private line has reactions of its two people only, and is never pinned", () => {
  const life = new Life(0);
  const [ann, bob, cem] = ["Ann", "Bob", "Cem"].map((name) => life.join({ name }));
  assert(ann && bob && cem);
  say(ann, "r", bob);
  react(bob, ann);
  react(cem, ann);
  cem.say({ type: "ask-marks" });
  ann.say({ type: "pin", from: ann.peerId, ref: "r", on: true });
  assertEquals(told(ann), ["r: Bob heart", "no-such-line"]);
  assertEquals(told(bob), ["r: Bob heart"]);
  assertEquals(told(cem), ["no-such-line", "", " pins nothing"]);
});

Deno.test("who comes later asks, and gets names of who has left; without history, nothing", () => {
  for (const chatHistory of ["while-occupied", "none"] as const) {
    const life = new Life(0, { chatHistory });
    const [ann, bob] = [life.join({ name: "Ann" }), life.join({ name: "Bob" })];
    say(ann, "r");
    react(bob, ann);
    ann.say({ type: "pin", from: ann.peerId, ref: "r", on: true });
    bob.say({ type: "leave" });
    const late = life.join({ name: "Cem" });
    late.say({ type: "ask-marks" });
    const isShown = chatHistory === "while-occupied";
    assertEquals(told(late), isShown ? ["r: Bob heart", "Ann pins text r"] : ["", " pins nothing"]);
  }
});

Deno.test("owners pin while one is there, then everybody; a pinned line follows its changes", () => {
  const life = new Life(0, { chatHistory: "while-occupied" });
  const [ann, bob] = [life.join({ name: "Ann" }), life.join({ name: "Bob" })];
  say(bob, "r");
  const pin = (on: boolean) => ({ type: "pin", from: bob.peerId, ref: "r", on }) as const;
  bob.say(pin(true));
  ann.say(pin(true));
  bob.say(pin(false));
  bob.say({ type: "edit", ref: "r", text: "new" });
  ann.say({ type: "leave" });
  bob.say(pin(false));
  bob.say(pin(true));
  bob.say({ type: "edit", ref: "r", text: null });
  assertEquals(told(bob), [
    ...["not-owner", "Ann pins text r", "not-owner", "Ann pins new"],
    ...["Bob pins nothing", "Bob pins new", "Bob pins nothing"],
  ]);
});

Deno.test("a pinned line that an owner deletes is pinned no more", () => {
  const life = new Life(0, { chatHistory: "while-occupied" });
  const [ann, bob] = [life.join({ name: "Ann" }), life.join({ name: "Bob" })];
  say(bob, "r");
  ann.say({ type: "pin", from: bob.peerId, ref: "r", on: true });
  ann.say({ type: "delete-line", from: bob.peerId, ref: "r" });
  assertEquals(told(bob), ["Ann pins text r", "Bob pins nothing"]);
});

Deno.test("a line that is deleted loses its reactions; the pinned one outlives the log, not a day", () => {
  const life = new Life(0, { chatHistory: "while-occupied" });
  const ann = life.join({ name: "Ann" });
  say(ann, "r");
  react(ann, ann);
  ann.say({ type: "edit", ref: "r", text: null });
  ann.say({ type: "ask-marks" });
  say(ann, "p");
  ann.say({ type: "pin", from: ann.peerId, ref: "p", on: true });
  for (let n = 0; n <= limits.recentChatLines; n++) {
    life.tick(1_000);
    say(ann, `l${n}`);
  }
  ann.say({ type: "ask-marks" });
  life.tick(serverLimits.recentChatMs);
  assertEquals(told(ann), [
    ...["r: Ann heart", "r:", " pins nothing", "Ann pins text p"],
    ...["", "Ann pins text p", " pins nothing"],
  ]);
});

Deno.test("reactions are bounded in number and rate", () => {
  const life = new Life(0);
  const ann = life.join({ name: "Ann" });
  for (let n = 0; n <= serverLimits.markBurst; n++) ann.say({ type: "ask-marks" });
  assertEquals(told(ann).at(-1), "rate");
  const { chat } = life.core.rooms.get("tea") ?? {};
  say(ann, "r");
  const line = chat?.find(ann.peerId, "r");
  assert(chat && line);
  const mark = { sign: "eyes", peerId: "x", name: "X" } as const;
  chat.setMarks(line, Array.from({ length: marksMost }, () => mark));
  life.tick(10_000);
  react(ann, ann);
  assertEquals(told(ann).at(-1), "too-many");
});

Deno.test("another node continues reactions and the pin; a record of before has neither", () => {
  const life = new Life(0, { chatHistory: "while-occupied" });
  const ann = life.join({ name: "Ann" });
  say(ann, "r");
  react(ann, ann);
  ann.say({ type: "pin", from: ann.peerId, ref: "r", on: true });
  const recorder = new RoomRecorder("tea");
  recorder.changes(life.core);
  const isNew = ([field]: [string, string]) => field === "pin" || field.startsWith("marks:");
  const old = new Map([...recorder.whole].filter((entry) => !isNew(entry)));
  const results = [recorder.whole, old].map((record) => {
    const next = new CoreState(life.core.options);
    const room = restoreRoom(next, { name: "tea", record, revisionJump: 1 }, { now: 5, at: 5 });
    const [entry] = [...room?.chat.entries() ?? []];
    return [entry?.marks?.map(({ sign }) => sign), room?.pin?.line.text, room?.pin?.pinnedAt];
  });
  assertEquals(results, [[["heart"], "text r", 0], [undefined, undefined, undefined]]);
});

Deno.test("a sealed room has no reactions at the server, and owners alone may react if they say so", () => {
  const sealed = new Life(0);
  const eve = sealed.join({ sealed: {} });
  eve.say({ type: "ask-marks" });
  assertEquals(told(eve), ["not-allowed"]);
  const life = new Life(0);
  const [ann, bob] = [life.join({ name: "Ann" }), life.join({ name: "Bob" })];
  say(ann, "r");
  react(bob, ann);
  ann.say({ type: "set-rules", chat: "owners" });
  react(bob, ann, { sign: "eyes" });
  react(bob, ann, { on: false });
  assertEquals(told(bob), ["r: Bob heart", "not-allowed", "r:"]);
});
