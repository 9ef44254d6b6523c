/** What follows from all members of a sealed room together. */
import type { PeerId } from "../../protocol/mod.ts";
import { handOrder } from "./card.ts";
import { hasFingerprint } from "./certificate.ts";
import { isBoundTo } from "./description_check.ts";
import type { SealedSide } from "./room_trust.ts";
import type { SealedMember } from "./sealed_member.ts";
import type { TrustKeys } from "./trust_talk.ts";

type Members = ReadonlyMap<PeerId, SealedMember>;

/** The members' keys, and which members are seen, at any time. */
export function trustKeysOf(
  members: Members,
  { room, trust, own }: Pick<TrustKeys, "room" | "own"> & {
    readonly trust: { of(peerId: PeerId): { readonly kind: string } };
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

/** Checks the connections of members against their hellos. */
export function connectionChecks(
  members: Members,
): Pick<SealedSide, "isBound" | "hasCertificate"> {
  const fingerprintOf = (peerId: PeerId) => members.get(peerId)?.hello?.fingerprint ?? "";
  return {
    isBound: (peerId, sdp) => isBoundTo(fingerprintOf(peerId), sdp),
    hasCertificate: (peerId, certificate) => hasFingerprint(certificate, fingerprintOf(peerId)),
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
