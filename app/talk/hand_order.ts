/** Raised hands in the order people are to be heard. */
import type { Call } from "../call/mod.ts";
import type { PeerView } from "../room/mod.ts";

/** Peer ids of all whose hand is up, oneself included; the server's order, and whoever it has not told of yet at the end. */
export function handOrder(call: Call): string[] {
  const state = call.room.state.value;
  const selfId = "selfId" in state ? state.selfId : undefined;
  const up = call.room.peers.value.filter(isUp).map(({ peerId }) => peerId);
  if (selfId !== undefined && call.room.self.value.state.hand) up.push(selfId);
  const told = call.room.hands.value.filter((peerId) => up.includes(peerId));
  return [...told, ...up.filter((peerId) => !told.includes(peerId))];
}

function isUp({ peer }: PeerView): boolean {
  return peer.value.state.hand;
}

/** Which hand it is, from 1; undefined while it is down or the only one: then there is no order. */
export function handNumber(call: Call, peerId: string): number | undefined {
  const order = handOrder(call);
  const index = order.indexOf(peerId);
  return index < 0 || order.length < 2 ? undefined : index + 1;
}
