/** Raised hands in order. */
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";

/**
 * Peer ids of all raised hands, the person's too, in the server's order; hands it has not ordered
 * yet come last.
 */
export function handOrder(call: Call): string[] {
  const state = call.room.state.value;
  const selfId = "selfId" in state ? state.selfId : undefined;
  const up = call.room.peers.value.filter(isUp).map(({ peerId }) => peerId);
  if (selfId !== undefined && call.room.self.value.state.hand) up.push(selfId);
  const ordered = call.room.hands.value.filter((peerId) => up.includes(peerId));
  return [...ordered, ...up.filter((peerId) => !ordered.includes(peerId))];
}

function isUp({ peer }: PeerView): boolean {
  return peer.value.state.hand;
}

/** The position of a hand, from 1; undefined if it is down or the only one. */
export function handNumber(call: Call, peerId: string): number | undefined {
  const order = handOrder(call);
  const index = order.indexOf(peerId);
  return index < 0 || order.length < 2 ? undefined : index + 1;
}
