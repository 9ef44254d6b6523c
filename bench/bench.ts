/**
 * Measures what Parley costs, as ratios of one run on one machine, and writes tables and JSON
 * (dist/bench.json): `deno task bench [PART …]`; the parts are below. Without words it measures
 * everything. Linux only: memory is read from /proc.
 */
import { benchBrowser, benchEntry, benchRelayedCall } from "./browser_bench.ts";
import { benchCluster } from "./cluster_bench.ts";
import { benchMemory } from "./memory_bench.ts";
import { type Row, table } from "./measure.ts";
import { benchRelay } from "./relay_bench.ts";
import { benchSeal } from "./seal_bench.ts";
import { benchServer } from "./server_bench.ts";
import { benchShare } from "./share_bench.ts";
import { benchStart } from "./start_bench.ts";

const log = (line: string) => console.error(line);

const parts: Readonly<Record<string, { title: string; run: () => Promise<Row[]> }>> = {
  start: { title: "Start-up, Parley against raw Deno", run: () => benchStart(log) },
  server: { title: "The server; ratio: Parley against raw Deno", run: () => benchServer(log) },
  memory: { title: "Memory; ratio: Parley against raw Deno", run: () => benchMemory(log) },
  relay: { title: "The relay; ratio: Parley against coturn", run: () => benchRelay(log) },
  cluster: {
    title: "Nodes of a cluster; ratio: edge ≠ home against one node",
    run: () => benchCluster(log),
  },
  browser: { title: "The browser; ratio: as seen against all alike", run: () => benchBrowser(log) },
  relayed: { title: "A call of 8 through the relay", run: () => benchRelayedCall(log) },
  entry: { title: "The way in", run: benchEntry },
  share: { title: "Until a shared text is readable, call of 5", run: () => benchShare(log) },
  seal: { title: "What sealing costs a page", run: benchSeal },
};

if (Deno.build.os !== "linux") {
  console.error("The bench runs on Linux only, because it reads CPU time from /proc.");
  Deno.exit(1);
}
const unknown = Deno.args.filter((word) => !(word in parts));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. The parts are ${Object.keys(parts).join(", ")}.`);
  Deno.exit(2);
}
const machine = {
  deno: Deno.version.deno,
  target: Deno.build.target,
  cores: navigator.hardwareConcurrency,
};
const results: Record<string, Row[]> = {};
await Deno.mkdir("dist", { recursive: true });
for (const [name, { title, run }] of Object.entries(parts)) {
  if (Deno.args.length > 0 && !Deno.args.includes(name)) continue;
  const from = performance.now();
  results[name] = await run();
  console.log(`\n${table(title, results[name])}`);
  log(`(${Math.round((performance.now() - from) / 1000)} s)`);
  const at = new Date().toISOString();
  // After each part, so that an interrupted run keeps its results.
  await Deno.writeTextFile("dist/bench.json", JSON.stringify({ at, machine, results }, null, 2));
}
console.log("\nThe same as JSON is in dist/bench.json.");
