/** What the relay has done since its start. */

/** Why packets were dropped. */
export type Drop =
  /** Neither side has permitted the other. */
  | "permission"
  /** No allocation of this server has that relayed address, and packets may not leave it. */
  | "peer"
  | "bandwidth"
  /** Malformed, or of a client without an allocation. */
  | "malformed"
  /** An answer to an address that asks too much without credentials. */
  | "budget"
  /** Its receiver, or this system, does not take packets as fast as they come. */
  | "backlog";

/** Counters, and the number of allocations at present. */
export interface TurnCounts {
  allocations: number;
  /** Allocations since the start. */
  allocated: number;
  /** Bytes of packets from and to clients, by how the client reaches the relay. */
  readonly bytes: Record<"udp" | "tcp" | "tls", number>;
  /** Bytes of packets from one allocation of this server to another. */
  joined: number;
  readonly drops: Record<Drop, number>;
  /** Error answers by their code. */
  readonly refusals: Record<number, number>;
}

/** Counters at zero. */
export function noCounts(): TurnCounts {
  return {
    allocations: 0,
    allocated: 0,
    bytes: { udp: 0, tcp: 0, tls: 0 },
    joined: 0,
    drops: { permission: 0, peer: 0, bandwidth: 0, malformed: 0, budget: 0, backlog: 0 },
    refusals: {},
  };
}
