/** How metrics observe the part that a node has in its cluster. */
import type { LeaseState } from "./cluster_store.ts";

/** Called as things happen, so each method must be fast. */
export interface ClusterObserver {
  /** This node has become the home of a room. */
  tookHome(): void;
  /** Another node has taken a room of this one, or may have. */
  lostHome(): void;
  /** The store has answered a commit, or not within its patience. `ms`: how long it took. */
  committed(outcome: LeaseState | "failed", ms: number): void;
  /**
   * A link is broken, and with it the way between sockets and their rooms. `end`: what this node
   * was on it.
   */
  lostSockets(end: "edge" | "home", sockets: number): void;
}
