// What the members of a world's rooms know of taken rights, lent ownerships and stays.

import { assert, assertEquals } from "../../assert.ts";
import type { PeerId, Powers, PowerUpdate, Rules } from "../../../protocol/mod.ts";
import type { Effect, Input, Outgoing } from "../../../signaling/core/core_types.ts";
import type { CoreState } from "../../../signaling/core/state.ts";

interface Member {
  readonly open: boolean;
  readonly room: string | undefined;
  readonly selfId: PeerId | undefined;
  readonly rules: Rules | undefined;
}

interface Count {
  taken: number;
  lent: number;
  deletedLines: number;
  reasons: number;
  ended: number;
  outsideHours: number;
}

const nothing: Powers = { type: "powers", taken: [], lent: [] };
const types: ReadonlySet<string> = new Set<PowerUpdate["type"]>([
  "powers",
  "lines-deleted",
  "removed-for",
  "times",
  "ending",
  "ended",
  "outside-hours",
  "attendance",
]);

/** Whether a message is about powers. */
function isPowerUpdate(message: Outgoing): message is PowerUpdate {
  return types.has(message.type);
}

export class PowerModel {
  readonly #reached: Count;
  /** As each client was sent them. */
  readonly #known = new Map<Member, Powers>();
  /** The rooms whose calls have ended by their owners' wish. */
  readonly #ended = new Set<string>();

  constructor(reached: Count) {
    this.#reached = reached;
  }

  /** Whether the members of a room were taken out because its end has come. */
  hasEnded(room: string): boolean {
    return this.#ended.delete(room);
  }

  /** Also if all of its members are away. */
  published({ room, message }: Extract<Effect, { kind: "publish" }>): void {
    if (message.type === "ended") this.#ended.add(room);
  }

  welcomed(client: Member): void {
    this.#known.delete(client);
  }

  /** Checks a message; true if it is one of these. */
  received(client: Member, message: Outgoing, { core, input, asker }: {
    core: CoreState;
    input: Input;
    asker: Member | undefined;
  }): message is PowerUpdate {
    this.#guard(core, client, message);
    if (!isPowerUpdate(message)) return false;
    this.#see(client, message, { input, asker });
    return true;
  }

  #see(client: Member, message: PowerUpdate, { input, asker }: {
    input: Input;
    asker: Member | undefined;
  }): void {
    switch (message.type) {
      case "powers":
        this.#known.set(client, message);
        if (message.taken.length > 0) this.#reached.taken++;
        if (message.lent.length > 0) this.#reached.lent++;
        break;
      case "lines-deleted":
        this.#reached.deletedLines++;
        break;
      case "removed-for":
        assert(input.kind === "message" && isOwner(asker), "a reason of a stranger");
        this.#reached.reasons++;
        break;
      case "ended":
        assert(input.kind === "tick", "an end out of time");
        this.#reached.ended++;
        break;
      case "outside-hours":
        this.#reached.outsideHours++;
        break;
      case "attendance":
        assert(asker === client && isOwner(client), "a list for a stranger");
        break;
      case "times":
      case "ending":
        break;
      default:
        message satisfies never;
    }
  }

  /** Checks what a member is sent of keys and invites. */
  #guard(core: CoreState, { room, selfId }: Member, message: Outgoing): void {
    const isLent = core.rooms.get(room ?? "")?.members.get(selfId ?? "")?.isLent === true;
    if (!isLent) return;
    assert(message.type !== "owner-key", "a key for an owner for the call");
    if (message.type !== "invites") return;
    assert(message.invites.every(({ role }) => role === "member"), "an owner's invite for one");
  }

  check(core: CoreState, clients: readonly Member[]): void {
    for (const [name, room] of core.rooms) {
      const powers = core.sentPowers(name) ?? nothing;
      for (const { peerId } of powers.taken) {
        assertEquals(room.members.get(peerId)?.isOwner, false, "taken from an owner, or nobody");
      }
      for (const peerId of powers.lent) assert(room.members.has(peerId), "lent to nobody");
      for (const client of clients.filter((each) => each.open && each.room === name)) {
        assertEquals(
          this.#known.get(client) ?? nothing,
          powers,
          "powers differ from what was told",
        );
      }
      const present = room.stays.record.stays.filter(({ to }) => to === null);
      assertEquals(
        present.map(({ peerId }) => peerId).toSorted(),
        [...room.members.keys()].toSorted(),
        "the stays differ from the members",
      );
    }
  }
}

/** Whether a client is an owner, as it was sent. */
export function isOwner(member: Member | undefined): boolean {
  return member?.open === true && member.rules?.owners.includes(member.selfId ?? "") === true;
}

/** Whether somebody was taken out by an owner, or because the call has ended. */
export function mayTakeOut(input: Input, reason: Extract<Effect, { kind: "close" }>["reason"]) {
  const by = input.kind === "message" ? input.message?.type : input.kind;
  if (by === "tick") return reason === "closed";
  return by === "remove" || by === "remove-for" || by === "close-room" || reason === "banned";
}
