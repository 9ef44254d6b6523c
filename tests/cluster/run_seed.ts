/**
 * Runs simulations of a cluster as it is, and tells what went wrong in one so that it can be read.
 */
import { ClusterHost } from "../../signaling/cluster/cluster_host.ts";
import type { ClusterObserver } from "../../signaling/cluster/cluster_observer.ts";
import type { Reached } from "./reached.ts";
import type { MakeHost } from "./sim_node.ts";
import { simulate } from "./simulation.ts";

/** What is printed of a trace: its last lines, and of each line its beginning. */
const shownLines = 150;
const shownColumns = 240;

const nobody: ClusterObserver = {
  tookHome: () => {},
  lostHome: () => {},
  committed: () => {},
  lostSockets: () => {},
};

/** The rooms of a cluster. */
export const clusterHost: MakeHost = (given, { id: node, store, key, listen }) => {
  const host = new ClusterHost(given, { node, version: "1.0.0", store, observer: nobody });
  listen({
    onText: (text) => host.onText(text),
    onOnline: (isOnline) => {
      // As server/cluster/cluster_node.ts does.
      if (isOnline) store.sharedKey(key).catch(() => {});
      host.onOnline(isOnline);
    },
  });
  return host;
};

/** Runs one simulation. Its error has the seed and a trace. */
export async function runSeed(seed: number, reached: Reached): Promise<void> {
  try {
    await simulate({ seed, makeHost: clusterHost, reached });
  } catch (error) {
    const trace = await traceOf(seed);
    const shown = trace.slice(-shownLines).map((line) => line.slice(0, shownColumns));
    const what = error instanceof Error ? error.message : String(error);
    const words = `simulation ${seed}: ${what}\n` +
      `repeat it by PARLEY_SIMULATION=${seed} deno task test cluster/simulation\n`;
    throw new Error(words + [trace[0], "…", ...shown].join("\n"), { cause: error });
  }
}

/** What happens in a simulation, line by line. */
export async function traceOf(seed: number): Promise<string[]> {
  const lines: string[] = [];
  const trace = (line: string) => lines.push(line);
  await simulate({ seed, makeHost: clusterHost, trace }).catch(() => {});
  return lines;
}
