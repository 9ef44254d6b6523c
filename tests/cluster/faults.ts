/** What can fail in a simulated cluster, and what must hold nevertheless. */
import type { Weather } from "./model_store.ts";

/** Everything that can fail. */
export const faults = [
  // Of people: sockets that end, or die unnoticed; pages that end, or are loaded again.
  ...["cut", "die", "crash", "reload"] as const,
  // Of nodes: killed, ended for an update, stopped for a while, at their memory mark.
  ...["kill", "drain", "stop", "full"] as const,
  // Of the store and the ways to it: a node cut off, a broken connection, lost texts, the store
  // down, and back without its data.
  ...["partition", "blip", "deaf", "outage", "loss"] as const,
];
/** One of them. */
export type Fault = typeof faults[number];

/** What must hold in one simulation. */
export interface Expectation {
  /** Who comes back within the grace period is the same member to all others. */
  readonly keepsMembers: boolean;
  /** No home shows anything to its own sockets that nobody else will ever see. */
  readonly isWhole: boolean;
  /** When all faults have ended, nobody waits for a dead socket, or as a node was overloaded. */
  readonly comesBackSoon: boolean;
  /** Nobody is out of a room for longer without having left it, ms. */
  readonly absenceMs: number;
}

const isolating: readonly Fault[] = ["partition", "blip", "outage", "loss"];

/** What must hold although these can fail. */
export function expectationOf(all: readonly Fault[], { slowOneIn }: Weather): Expectation {
  const only = (...allowed: readonly Fault[]) => all.every((fault) => allowed.includes(fault));
  return {
    keepsMembers: only("cut", "crash", "reload", "kill", "drain"),
    isWhole: !all.some((fault) => isolating.includes(fault)),
    comesBackSoon: only("cut", "crash", "reload", "kill", "drain", "stop", "partition", "deaf"),
    absenceMs: slowOneIn > 0 ? Infinity : absenceOf(only),
  };
}

function absenceOf(only: (...allowed: readonly Fault[]) => boolean): number {
  if (only()) return 0;
  // The close code 1012 lets clients wait for up to 2 s.
  if (only("drain")) return 3_000;
  // A lease is over after 10 s, and the next home may be killed, too.
  return only("drain", "kill") ? 40_000 : Infinity;
}
