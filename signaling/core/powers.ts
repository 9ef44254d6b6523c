/** What owners may do to one person or line, and its effect. */
import type { PeerId, PersonRight, PowerMessage } from "../../protocol/mod.ts";
import { deleteChat } from "./chat.ts";
import type { Step } from "./core_types.ts";
import { broadcastRules, demote, lendOwnership, saveRules } from "./ownership.ts";
import { applyRules } from "./presence.ts";
import type { Session } from "./room.ts";
import { endIn, timesOf } from "./room_times.ts";
import { broadcast, sendTo } from "./send.ts";
import { kick } from "./sockets.ts";
import type { CoreState } from "./state.ts";

/** Why such a message is refused. */
export type PowerRefusal = "not-owner" | "not-allowed" | "no-such-peer" | "no-such-line";

const types: ReadonlySet<string> = new Set<PowerMessage["type"]>([
  "mute-one",
  "set-right",
  "delete-line",
  "remove-for",
  "lend",
  "set-hours",
  "set-end",
  "ask-attendance",
]);

/** Whether a message is one of these. */
export function isPowerMessage(message: { readonly type: string }): message is PowerMessage {
  return types.has(message.type);
}

/** Handles a message that only owners may send; returns why it is refused, or undefined. */
export function usePower(
  state: CoreState,
  { session, message }: { session: Session; message: PowerMessage },
  step: Step,
): PowerRefusal | undefined {
  const { room } = session;
  if (!session.isOwner) return "not-owner";
  switch (message.type) {
    case "delete-line":
      return deleteChat(session, message, step);
    case "set-hours":
      room.rules.setTimes({ hours: message.hours ?? undefined });
      state.changedLobbies.add(room.name);
      return saveTimes(state, session, step);
    case "set-end": {
      const { inMs } = message;
      room.rules.setTimes({ end: inMs === null ? undefined : endIn(inMs, step.at) });
      return saveTimes(state, session, step);
    }
    case "ask-attendance":
      sendTo(session, { type: "attendance", ...room.stays.record, at: step.at }, step);
      return undefined;
    default: {
      const member = message.peerId === session.peerId
        ? undefined
        : room.members.get(message.peerId);
      if (member === undefined) return "no-such-peer";
      return act(state, { session, member, message }, step);
    }
  }
}

type AboutPerson = Extract<PowerMessage, { peerId: PeerId }>;

function act(
  state: CoreState,
  { session, member, message }: { session: Session; member: Session; message: AboutPerson },
  step: Step,
): PowerRefusal | undefined {
  const { room } = session;
  switch (message.type) {
    case "mute-one":
      sendTo(member, { type: "mute-request", from: session.peerId }, step);
      return undefined;
    case "set-right":
      return setRight(state, { member, ...message }, step);
    case "remove-for":
      if (!mayRemove(session, member)) return "not-owner";
      sendTo(member, { type: "removed-for", reason: message.reason }, step);
      room.rules.recordRemoval(member, message);
      kick(state, { session: member, reason: message.ban ? "banned" : "kicked" }, step);
      return undefined;
    case "lend":
      // Who is an owner for this call only hands nothing on.
      if (session.isLent) return "not-owner";
      if (!message.lent) return demote(state, member, step);
      if (member.isOwner || member.dialect === "skyrtc") return "not-allowed";
      return lendOwnership(state, member, step);
    default:
      return message satisfies never;
  }
}

/** Whether an owner may remove a member: one for this call only removes no other owner. */
export function mayRemove(owner: Session, member: Session): boolean {
  return !owner.isLent || !member.isOwner || member.isLent;
}

function setRight(
  state: CoreState,
  { member, right, given }: { member: Session; right: PersonRight; given: boolean },
  step: Step,
): PowerRefusal | undefined {
  const { room, peerId } = member;
  // No rule restricts an owner.
  if (member.isOwner && !given) return "not-allowed";
  room.rules.taken.set({ peerId, right, given }, room.members);
  broadcastRules(state, room, step);
  applyRules(state, room, step);
  return undefined;
}

function saveTimes(state: CoreState, { room }: Session, step: Step): undefined {
  saveRules(state, room, step);
  room.hasTimes = true;
  broadcast(room, timesOf(room.rules, step.at), step);
}
