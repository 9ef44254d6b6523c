/** What an owner's word does. */
import { limits, type OwnerMessage } from "../../protocol/mod.ts";
import type { Moment } from "./core_types.ts";
import type { Door } from "./lobby.ts";
import type { Waiting } from "./knocks.ts";
import type { Membership } from "./membership.ts";
import type { Session } from "./room.ts";

/** Why somebody is taken out of a room. */
export type TakenOut = "kicked" | "banned" | "closed";

/** Why a word is not followed. */
export type WordRefusal = "not-owner" | "no-such-peer" | "too-many";

interface OwnerWordsParts {
  readonly membership: Membership;
  readonly door: Door;
  /** Ends a membership, and its socket if it has one. */
  readonly takeOut: (session: Session, reason: TakenOut) => void;
  /** Lets one in who waited, or sends it away. */
  readonly answer: (waiting: Waiting, admit: boolean) => void;
  /** Members a room can have. */
  readonly capacityMost: () => number;
}

/** Follows owners and nobody else. */
export class OwnerWords {
  readonly #parts: OwnerWordsParts;

  constructor(parts: OwnerWordsParts) {
    this.#parts = parts;
  }

  /** Carries out what an owner says, or says why not. */
  obey(
    session: Session,
    { message, now, at }: Moment & { message: OwnerMessage },
  ): WordRefusal | undefined {
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
  ): WordRefusal | undefined {
    const member = peerId === own ? undefined : room.members.get(peerId);
    if (member === undefined) return "no-such-peer";
    room.rules.takeOut(member, { ban });
    this.#parts.takeOut(member, ban ? "banned" : "kicked");
    return undefined;
  }

  #answer(
    { room }: Session,
    { knockId, admit }: OwnerMessage & { type: "answer-knock" },
  ): WordRefusal | undefined {
    const waiting = this.#parts.door.waitingAs(room.name, knockId);
    // Gone already, or answered by another owner: the list that says so is on its way.
    if (waiting === undefined) return undefined;
    const isFull = room.members.size >= room.rules.capacity(this.#parts.capacityMost());
    if (admit && isFull) return "too-many";
    this.#parts.answer(waiting, admit);
    return undefined;
  }
}
