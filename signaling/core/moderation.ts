/** What owners may order, and its effect. */
import { limits, type OwnerMessage } from "../../protocol/mod.ts";
import { join } from "./admission.ts";
import type { Step } from "./core_types.ts";
import { saveInvites, saveRules } from "./ownership.ts";
import { applyRules } from "./presence.ts";
import type { Room, Session } from "./room.ts";
import { mayRemove } from "./powers.ts";
import { broadcast } from "./send.ts";
import { disconnect, kick } from "./sockets.ts";
import type { CoreState } from "./state.ts";

/** Why an owner's message is refused. */
export type ModerationRefusal = "not-owner" | "no-such-peer" | "too-many";

/** Handles a message that only owners may send; returns why it is refused, or undefined. */
export function moderate(
  state: CoreState,
  { session, message }: { session: Session; message: OwnerMessage },
  step: Step,
): ModerationRefusal | undefined {
  const { room } = session;
  if (!session.isOwner) return "not-owner";
  switch (message.type) {
    case "set-rules": {
      const { type: _, ...changes } = message;
      room.rules.change(changes);
      saveRules(state, room, step);
      applyRules(state, room, step);
      return undefined;
    }
    case "remove":
      return removePeer(state, { session, message }, step);
    case "answer-knock":
      return answerKnock(state, { session, message }, step);
    case "mute-all": {
      const { peerId: from } = session;
      broadcast(room, { type: "mute-request", from }, { ...step, except: from });
      return undefined;
    }
    case "make-invite":
      if (session.isLent && message.role === "owner") return "not-owner";
      if (room.rules.invites.length >= limits.invitesPerRoom) return "too-many";
      room.rules.addInvite({ role: message.role, expires: step.at + message.lifetimeMs });
      saveInvites(state, room, step);
      return undefined;
    case "revoke-invite":
      if (session.isLent && isOwnerInvite(room, message.inviteId)) return "not-owner";
      room.rules.removeInvite(message.inviteId);
      saveInvites(state, room, step);
      return undefined;
    case "close-room":
      for (const member of [...room.members.values()]) {
        kick(state, { session: member, reason: "closed" }, step);
      }
      return undefined;
    default:
      return message satisfies never;
  }
}

function isOwnerInvite({ rules }: Room, inviteId: number): boolean {
  return rules.invites.some((each) => each.inviteId === inviteId && each.role === "owner");
}

function removePeer(
  state: CoreState,
  { session, message: { peerId, ban } }: {
    session: Session;
    message: OwnerMessage & { type: "remove" };
  },
  step: Step,
): ModerationRefusal | undefined {
  const { room, peerId: own } = session;
  const member = peerId === own ? undefined : room.members.get(peerId);
  if (member === undefined) return "no-such-peer";
  if (!mayRemove(session, member)) return "not-owner";
  room.rules.recordRemoval(member, { ban });
  kick(state, { session: member, reason: ban ? "banned" : "kicked" }, step);
  return undefined;
}

function answerKnock(
  state: CoreState,
  { session: { room }, message: { knockId, admit } }: {
    session: Session;
    message: OwnerMessage & { type: "answer-knock" };
  },
  step: Step,
): ModerationRefusal | undefined {
  const client = state.waiting.find(room.name, knockId);
  // It left, or another owner has answered; the new list is on its way to this owner.
  if (client === undefined) return undefined;
  if (!admit) {
    disconnect(state, { socket: client.socket, reason: "refused" }, step);
    return undefined;
  }
  if (room.members.size >= room.rules.capacity(state.options.capacity)) return "too-many";
  join(state, { ...client, admitted: true }, step);
  return undefined;
}
