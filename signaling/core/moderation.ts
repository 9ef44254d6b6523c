/** What owners can order, and its effect. */
import { limits, type OwnerMessage } from "../../protocol/mod.ts";
import type { Moment } from "./core_types.ts";
import type { Lobby } from "./lobby.ts";
import type { Waiting } from "./waiting_clients.ts";
import type { Membership } from "./membership.ts";
import type { Session } from "./room.ts";

/** Why a member is removed from a room. */
export type RemovalReason = "kicked" | "banned" | "closed";

/** Why an order is refused. */
export type ModerationRefusal = "not-owner" | "no-such-peer" | "too-many";

interface ModerationParts {
  readonly membership: Membership;
  readonly lobby: Lobby;
  /** Ends a membership, and its socket if it has one. */
  readonly takeOut: (session: Session, reason: RemovalReason) => void;
  /** Admits a waiting client, or refuses it. */
  readonly answer: (waiting: Waiting, admit: boolean) => void;
  /** Members a room can have. */
  readonly capacityMost: () => number;
}

/** Carries out the orders of owners, and of nobody else. */
export class Moderation {
  readonly #parts: ModerationParts;

  constructor(parts: ModerationParts) {
    this.#parts = parts;
  }

  /** Carries out an owner's order; returns why not, or undefined. */
  handle(
    session: Session,
    { message, now, at }: Moment & { message: OwnerMessage },
  ): ModerationRefusal | undefined {
    const { room } = session;
    const { membership } = this.#parts;
    if (!session.isOwner) return "not-owner";
    switch (message.type) {
      case "set-rules": {
        const { type: _, ...changes } = message;
        room.rules.change(changes);
        membership.ownership.decided(room);
        membership.followRules(room, now);
        return undefined;
      }
      case "remove":
        return this.#remove(session, message);
      case "answer-knock":
        return this.#answer(session, message);
      case "mute-all":
        membership.askToMute(session);
        return undefined;
      case "make-invite":
        if (room.rules.invites.length >= limits.invitesPerRoom) return "too-many";
        room.rules.addInvite({ role: message.role, expires: at + message.lifetimeMs });
        membership.ownership.decidedInvites(room, at);
        return undefined;
      case "revoke-invite":
        room.rules.removeInvite(message.inviteId);
        membership.ownership.decidedInvites(room, at);
        return undefined;
      case "close-room":
        for (const member of [...room.members.values()]) this.#parts.takeOut(member, "closed");
        return undefined;
      default:
        return message satisfies never;
    }
  }

  #remove(
    { room, peerId: own }: Session,
    { peerId, ban }: OwnerMessage & { type: "remove" },
  ): ModerationRefusal | undefined {
    const member = peerId === own ? undefined : room.members.get(peerId);
    if (member === undefined) return "no-such-peer";
    room.rules.takeOut(member, { ban });
    this.#parts.takeOut(member, ban ? "banned" : "kicked");
    return undefined;
  }

  #answer(
    { room }: Session,
    { knockId, admit }: OwnerMessage & { type: "answer-knock" },
  ): ModerationRefusal | undefined {
    const waiting = this.#parts.lobby.waitingAs(room.name, knockId);
    // Gone already, or answered by another owner: the list that says so is on its way.
    if (waiting === undefined) return undefined;
    const isFull = room.members.size >= room.rules.capacity(this.#parts.capacityMost());
    if (admit && isFull) return "too-many";
    this.#parts.answer(waiting, admit);
    return undefined;
  }
}
