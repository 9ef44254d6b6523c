/** What a node counts of its cluster, for `/metrics`. */
import type { ClusterCounts, ClusterObserver, LeaseState } from "../../signaling/cluster/mod.ts";
import type { GaugeView } from "../exposition.ts";
import { Tally, type TallyView } from "../tally.ts";

/** Everything since the start of the process. */
export class ClusterTallies implements ClusterObserver {
  readonly #taken = new Tally("parley_cluster_homes_taken_total", {
    help: "Rooms that this node has become the home of",
  });
  readonly #lost = new Tally("parley_cluster_homes_lost_total", {
    help: "Rooms that another node has taken without being asked to",
  });
  readonly #commits = new Tally("parley_cluster_commits_total", {
    help: "Changes of rooms sent to the store, by its answer; failed: none came",
    label: "outcome",
  });
  readonly #commitSeconds = new Tally("parley_cluster_commit_seconds_total", {
    help: "Time that these changes have waited for the answer",
  });
  readonly #socketsLost = new Tally("parley_cluster_sockets_lost_total", {
    help: "Sockets cut from their room by a broken link, by what this node was on it",
    label: "end",
  });

  tookHome(): void {
    this.#taken.add();
  }

  lostHome(): void {
    this.#lost.add();
  }

  committed(outcome: LeaseState | "failed", ms: number): void {
    this.#commits.add(outcome);
    this.#commitSeconds.add("", ms / 1000);
  }

  lostSockets(end: "edge" | "home", sockets: number): void {
    this.#socketsLost.add(end, sockets);
  }

  /** All counters. */
  get tallies(): readonly TallyView[] {
    return [this.#taken, this.#lost, this.#commits, this.#commitSeconds, this.#socketsLost];
  }
}

/** Gauges of the present state. */
export function clusterGauges(counts: () => ClusterCounts): readonly GaugeView[] {
  return [
    {
      name: "cluster_online",
      help: "1: the store of rooms answers",
      read: () => Number(counts().isOnline),
    },
    {
      name: "cluster_homes",
      help: "Rooms whose home is this node",
      read: () => counts().homes,
    },
    {
      name: "cluster_far_sockets",
      help: "Sockets of this node whose room is at another",
      read: () => counts().farSockets,
    },
    {
      name: "cluster_links",
      help: "Links to and from other nodes",
      read: () => counts().links,
    },
    {
      name: "cluster_waiting_steps",
      help: "Steps of rooms whose effects wait for the store",
      read: () => counts().waiting,
    },
  ];
}
