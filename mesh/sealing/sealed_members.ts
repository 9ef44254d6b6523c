/** What follows from all members of a sealed room together. */
import type { PeerId } from "../../protocol/mod.ts";
import { handOrder } from "./card.ts";
import type { Hello } from "./hello.ts";
import type { RoomTrust, TrustKeys } from "./room_trust.ts";
import type { SealedMember } from "./sealed_member.ts";

type Members = ReadonlyMap<PeerId, SealedMember>;

/** The members' keys, and which members are seen, at any time. */
export function trustKeysOf(
  members: Members,
  { room, trust, own }: {
    readonly room: string;
    readonly trust: RoomTrust;
    readonly own: () => Hello;
  },
): TrustKeys {
  return {
    room,
    own,
    helloOf: (peerId) => members.get(peerId)?.hello,
    pairOf: (peerId) => members.get(peerId)?.pair,
    seen: () => [
      own(),
      ...[...members.values()].flatMap(({ peerId, hello, isListed }) =>
        isListed && hello !== undefined && trust.of(peerId).kind === "verified" ? [hello] : []
      ),
    ],
  };
}

/** The raised hands in their order, the own one with them: they are inside the cards. */
export function handsOf(
  members: Members,
  own: { readonly peerId: PeerId; readonly raised: number | null },
): PeerId[] {
  const cards = [...members].map(([peerId, { card }]) => ({ peerId, raised: card?.raised }));
  return handOrder([...cards, own]);
}
