// Does in a world what actions.ts has chosen.

import {
  type Join,
  personRights,
  type PowerMessage,
  type RuleChanges,
  silentState,
} from "../../../protocol/mod.ts";
import type { BellCommand } from "../../../signaling/core/core_types.ts";
import type { Action } from "./actions.ts";
import { bell, order } from "./doorbell_model.ts";
import { isOwner } from "./power_model.ts";
import type { World } from "./world.ts";

let texts = 0;
let chosen = 0;

const pick = <T>(items: readonly T[], at: number): T | undefined =>
  items.length === 0 ? undefined : items[at % items.length];

function ruleOf(does: string, on: boolean): RuleChanges | undefined {
  switch (does) {
    case "lock":
      return { locked: on };
    case "knocking":
      return { knocking: on };
    case "password":
      return { password: on ? "kept" : "" };
    case "chat":
      return { chat: on ? "owners" : "everyone" };
    default:
      return undefined;
  }
}

/**
 * A message of an owner. Closing the room is rare, or the scripts would reach nothing else.
 */
function command(
  world: World,
  who: number,
  { does, whom, on }: Extract<Action, { whom: number }>,
): void {
  const rules = ruleOf(does, on);
  if (rules !== undefined) return void world.say(who, { type: "set-rules", ...rules });
  if (does === "close room") return void (whom === 0 && world.say(who, { type: "close-room" }));
  if (does === "mute all") return void world.say(who, { type: "mute-all" });
  if (does === "revoke") return void world.say(who, { type: "revoke-invite", inviteId: whom });
  if (does === "invite") {
    const role = on ? "owner" : "member";
    return void world.say(who, { type: "make-invite", role, lifetimeMs: 60_000 });
  }
  if (does === "answer") {
    const { knockId = "nobody" } = pick(world.clients[who]?.knocks ?? [], whom) ?? {};
    return void world.say(who, { type: "answer-knock", knockId, admit: on });
  }
  const peerId = pick([...world.clients[who]?.view ?? [], "nobody"], whom) ?? "nobody";
  world.say(who, { type: "remove", peerId, ban: does === "ban" });
}

/** Mostly by one of the newest keys, which may be that of another room. */
function changeBell(world: World, { bell: number, at, by, on }: Extract<Action, { bell: number }>) {
  const ownerKey = pick(world.ownerKeys.toReversed(), by) ?? "none";
  const { endpoint } = bell(number);
  const command: BellCommand = on
    ? { does: "add-bell", ownerKey, bell: bell(number) }
    : { does: "remove-bell", ownerKey, endpoint };
  order(world, { room: at, command });
}

function join(world: World, socketId: number, step: Extract<Action, { room: string }>): void {
  // The SkyRTC dialect has no tokens.
  const hasNone = step.token === undefined || world.clients[socketId]?.dialect === "skyrtc";
  const resume = hasNone ? undefined : pick(world.tokens, step.token ?? 0);
  const shown =
    "key" in step && step.key !== undefined && world.clients[socketId]?.dialect === "parley"
      ? pick(world.ownerKeys.toReversed(), step.key)
      : undefined;
  const key = shown === undefined ? {} : { ownerKey: shown };
  const invite = "invite" in step && step.invite !== undefined
    ? pick(world.invites.toReversed(), step.invite)
    : undefined;
  const invited = invite === undefined ? {} : { invite };
  const { room, ...kind } = { room: step.room, ...kindOf(world, socketId, step) };
  const join = { type: "join", room, ...kind, ...key, ...invited } as const;
  const guess = "knows" in step && step.knows
    ? { kind: "right", password: "kept" } as const
    : undefined;
  // A client with a token may claim to have followed nothing, which asks for all lines, or start
  // again.
  const followed = step.room === "a" ? {} : { followed: { epoch: 0, revision: 0 } };
  world.say(socketId, resume === undefined ? join : { ...join, resume, ...followed }, guess);
}

/** The part of a join that makes it open or sealed. */
function kindOf(
  world: World,
  socketId: number,
  step: Extract<Action, { room: string }>,
): Pick<Join, "name" | "sealed"> {
  const { link: { sealed: kind, door, id, said } } = step;
  const isSealed = kind ?? world.sealed.isSealed(step.room) ?? said % 2 === 0;
  if (!isSealed || world.clients[socketId]?.dialect === "skyrtc") return { name: "Ann" };
  const ids = world.peerIds.filter((peerId) => peerId.startsWith("chosen-")).toReversed();
  const known = id === undefined ? undefined : pick(ids, id);
  const sealed = {
    door: door === undefined ? world.sealed.doorOf(step.room) ?? "door-0" : `door-${door}`,
    peerId: known ?? `chosen-${++chosen}`,
    hello: `hello-${said}`,
    card: `card-${said}`,
  };
  return { name: "", sealed };
}

/** A member offers to move, or another device claims a code and mostly joins with the answer. */
function move(
  world: World,
  who: number,
  { does, back, joins, link }: Extract<Action, { back: number }>,
): void {
  if (does === "offer") return void world.say(who, world.moves.newOffer());
  if (does === "cancel") return void world.say(who, { type: "cancel-move" });
  const before = world.tokens.length;
  // An address of its own, or one wrong code would make all others wait.
  const device = world.connect("parley", `device ${before}`);
  const claim = world.moves.claim(back);
  world.say(device, claim);
  if (world.tokens.length === before || !joins) return;
  // The newest tokens: that of the answer, then that of the device that goes.
  join(world, device, { does: "come back", room: claim.room, token: before, link });
}

/** What an owner does to one person, one line or the times of the room. */
function usePower(
  world: World,
  asks: number,
  { does, which, gives }: Extract<Action, { which: number }>,
): void {
  const owners = [...world.clients.keys()].filter((socketId) => isOwner(world.clients[socketId]));
  // Few clients are owners; sometimes another one asks.
  const who = which % 5 === 0 ? asks : pick(owners, asks) ?? asks;
  const peerId = pick([...world.clients[who]?.view ?? [], "nobody"], which) ?? "nobody";
  const message = powerOf(world, { does, which, gives, peerId });
  world.say(who, message);
}

function powerOf(world: World, { does, which, gives, peerId }: {
  does: Extract<Action, { which: number }>["does"];
  which: number;
  gives: boolean;
  peerId: string;
}): PowerMessage {
  switch (does) {
    case "take": {
      const right = pick(personRights, which) ?? "chat";
      return { type: "set-right", peerId, right, given: gives };
    }
    case "lend":
      return { type: "lend", peerId, lent: gives };
    case "delete line":
      return { type: "delete-line", from: peerId, ref: world.chat.newest };
    case "remove for":
      return { type: "remove-for", peerId, ban: false, reason: "a reason" };
    case "hours":
      // Mostly open, or the scripts would reach little else.
      return { type: "set-hours", hours: which === 0 ? { zone: "UTC", spans: [] } : null };
    case "end":
      return { type: "set-end", inMs: which < 3 ? 1_000 * which : null };
    case "list":
      return { type: "ask-attendance" };
    default:
      return does satisfies never;
  }
}

function chat(world: World, who: number, step: Extract<Action, { ref: number }>): void {
  // All texts differ, so that the model can tell a changed line from a wrong one.
  const chat = { type: "chat", ref: `r${step.ref}`, text: `text ${++texts}` } as const;
  const to = step.privately === undefined
    ? undefined
    : pick([...world.clients[who]?.view ?? [], "nobody"], step.privately);
  world.say(who, to === undefined ? chat : { ...chat, to });
}

/** What a member of a sealed room says. */
function saySealed(
  world: World,
  who: number,
  { does, said }: { does: string; said: number },
): void {
  const [hello, card] = [`hello-${said % 3}`, `card-${said}`];
  if (does === "card") world.say(who, { type: "card", card });
  else if (does === "hello") world.say(who, { type: "hello", hello, card });
  else if (does === "note") world.say(who, { type: "note", note: `${said}` });
  else world.say(who, { type: "sealed-line", ref: `r${said}`, text: `text ${++texts}` });
}

/** Reacts to the newest line or pins it, mostly one that the member can see. */
function mark(
  world: World,
  who: number,
  { does, of, on }: Extract<Action, { of: number }>,
): void {
  if (does === "ask") return void world.say(who, { type: "ask-marks" });
  const { view = [], selfId = "nobody" } = world.clients[who] ?? {};
  const line = { from: pick([selfId, ...view], of) ?? selfId, ref: world.chat.newest };
  if (does === "pin") return void world.say(who, { type: "pin", ...line, on });
  world.say(who, { type: "mark", ...line, sign: of % 2 === 0 ? "heart" : "eyes", on });
}

/** Does one thing in a world. */
export function act(world: World, step: Action): void {
  const open = [...world.clients.keys()].filter((socketId) => world.clients[socketId]?.open);
  const who = "who" in step ? pick(open, step.who) ?? 0 : 0;
  if ("skyrtc" in step) {
    world.connect(step.skyrtc ? "skyrtc" : "parley");
  } else if ("room" in step) {
    join(world, "who" in step ? who : world.connect(), step);
  } else if ("whom" in step) {
    command(world, who, step);
  } else if ("bell" in step) {
    changeBell(world, step);
  } else if ("letIn" in step) {
    const [room, token] = pick(world.letIns.toReversed(), step.letIn) ?? ["a", "none"];
    order(world, { room, command: { does: "let-in", token } });
  } else if ("which" in step) {
    usePower(world, who, step);
  } else if ("to" in step) {
    const from = world.clients[who]?.selfId ?? "nobody";
    // The newest ids are the most likely members; the others are strangers or have left.
    const to = pick(world.peerIds.toReversed(), step.to) ?? "nobody";
    // The core does not read the body, so here it names the sender.
    world.say(who, { type: "signal", to, body: from });
  } else if ("ref" in step) {
    chat(world, who, step);
  } else if ("line" in step) {
    const text = step.takesBack ? null : `text ${++texts}`;
    // Mostly the newest line, of the same peer or of another one.
    const ref = step.line % 4 === 0 ? `r${step.line}` : world.chat.newest;
    world.say(who, { type: "edit", ref, text });
  } else if ("back" in step) {
    move(world, who, step);
  } else if ("of" in step) {
    mark(world, who, step);
  } else if ("said" in step) {
    saySealed(world, who, step);
  } else if ("isLate" in step) {
    const { room = "" } = world.clients[who] ?? {};
    const from = step.isLate ? "an older one" : world.sealed.doorOf(room) ?? "none";
    world.say(who, { type: "change-door", from, to: `door-${who % 3}` });
  } else if ("code" in step) {
    world.close(who, step.code);
  } else if ("ms" in step) {
    world.tick(step.ms);
  } else if (step.does === "move home") {
    world.moveHome();
  } else if (step.does === "leave") {
    world.say(who, { type: "leave" });
  } else if ("hand" in step) {
    world.say(who, { type: "state", state: { ...silentState, hand: step.hand } });
  } else if (step.does === "react") {
    world.say(who, { type: "react", reaction: "heart" });
  } else if (step.does === "report") {
    world.say(who, { type: "report", links: [] });
  } else {
    world.say(who, undefined);
  }
}
