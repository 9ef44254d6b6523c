/** The pairs of a call that is under way. */
import type { PeerId } from "../../protocol/mod.ts";
import type { Call } from "../call/mod.ts";
import { type LinkPair, pairOf, pairsOf, type PairSources } from "./link_pairs.ts";

/** All pairs of the room, worst first. */
export function callPairs(call: Call, selfId: PeerId): LinkPair[] {
  return pairsOf([selfId, ...call.room.peers.value.map(({ peerId }) => peerId)], sourcesOf(call));
}

/** The pair of the person, who comes first, and one other. */
export function pairWith(call: Call, ends: readonly [PeerId, PeerId]): LinkPair {
  return pairOf(ends, sourcesOf(call));
}

function sourcesOf({ room, session: { monitor } }: Call): PairSources {
  return { reports: room.reports.value, placeOf: (end) => monitor.relayPlace(end) };
}
