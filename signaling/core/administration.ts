/** What the server's own administration wants of rooms: it may do what owners may, and make rooms before anybody comes. */
import { limits } from "../../protocol/mod.ts";
import type { Moment, Order } from "./core_types.ts";
import type { Membership } from "./membership.ts";
import type { RemovalReason } from "./moderation.ts";
import type { Session } from "./room.ts";
import { RoomRules } from "./room_rules.ts";

interface OrdersParts {
  readonly membership: Membership;
  readonly takeOut: (session: Session, reason: RemovalReason) => void;
}

/** Carries them out, whether the room has members or not. */
export class Orders {
  readonly #parts: OrdersParts;

  constructor(parts: OrdersParts) {
    this.#parts = parts;
  }

  handle(name: string, { order, now, at }: Moment & { order: Order }): void {
    const { membership, takeOut } = this.#parts;
    const { ownership } = membership;
    const room = membership.room(name);
    const rules = membership.rules(name, at);
    switch (order.does) {
      case "reserve": {
        const made = rules ?? new RoomRules(at);
        made.reserve();
        made.change(order.rules);
        ownership.ordered(name, { room, rules: made, at });
        if (room !== undefined) membership.followRules(room, now);
        return;
      }
      case "invite":
        if (rules === undefined || rules.invites.length >= limits.invitesPerRoom) return;
        rules.addInvite({ role: order.role, expires: at + order.lifetimeMs });
        return ownership.ordered(name, { room, rules, at });
      case "revoke":
        rules?.removeInvite(order.inviteId);
        return rules && ownership.ordered(name, { room, rules, at });
      case "remove": {
        const member = room?.members.get(order.peerId);
        if (room === undefined || member === undefined) return;
        room.rules.takeOut(member, order);
        return takeOut(member, order.ban ? "banned" : "kicked");
      }
      case "close":
        room?.rules.forget(room.rules.founded);
        for (const member of [...room?.members.values() ?? []]) takeOut(member, "closed");
        return ownership.forget(name);
      default:
        order satisfies never;
    }
  }
}
