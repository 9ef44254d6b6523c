/**
 * What relaying costs, Parley's own relay beside coturn in the same run, each in turns. The load is
 * a process for itself. Loopback only, so CPU time holds what the system does for each packet.
 */
import { projectFolder } from "../scripts/server_command.ts";
import { emptyRooms, fillRooms, type LoadClient, parleyFormat } from "./load.ts";
import { median, pause, quantile, residentBytes, type Row } from "./measure.ts";
import {
  makeCertificate,
  type Relay,
  type RelayTransport,
  startCoturnRelay,
  startParleyRelay,
} from "./relays.ts";
import type { TrafficJob, TrafficResult } from "./relay_traffic.ts";
import { RelayedEnd } from "./turn_client.ts";

type LogLine = (line: string) => void;

const rounds = 3;
const pairs = 4;
const megabits = 100;
const seconds = 5;
const heldAllocations = 1_024;
/** A member may have so many at once. */
const allocationsEach = 16;
const linesEach = 10;
let linesSent = 0;

/** Measures all ways, delays and losses, memory, and what a chat line waits meanwhile. */
export async function benchRelay(log: LogLine): Promise<Row[]> {
  const folder = await Deno.makeTempDir();
  try {
    const certificate = await makeCertificate(folder);
    await using coturn = await startCoturnRelay(certificate);
    await using plain = await startParleyRelay();
    await using secure = await startParleyRelay(certificate);
    const rows: Row[] = [];
    log("the load alone …");
    const direct = await runTraffic(jobFor("none", { accesses: [], pid: Deno.pid }));
    for (const way of ways) {
      log(`${way.what} …`);
      const parley = way.transport === "tls" ? secure : plain;
      rows.push(...await measureWay(way, { relays: [parley, coturn], direct }));
    }
    log("memory …");
    rows.push(await memory([plain, coturn]));
    log("lines while media is relayed …");
    rows.push(...await linesBeside(plain));
    rows.push(loadItself(direct));
    return rows;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Way {
  readonly what: string;
  readonly transport: RelayTransport;
  readonly relayed: "one" | "both";
  /** The most CPU that Parley may take, as a part of coturn's. */
  readonly goal?: number;
}

const ways: readonly Way[] = [
  { what: "relayed over UDP", transport: "udp", relayed: "one", goal: 2 },
  { what: "relayed over TCP", transport: "tcp", relayed: "one" },
  { what: "relayed over TLS", transport: "tls", relayed: "one" },
  { what: "both ends relayed, over UDP", transport: "udp", relayed: "both", goal: 1 },
  { what: "both ends relayed, over TCP", transport: "tcp", relayed: "both" },
  { what: "both ends relayed, over TLS", transport: "tls", relayed: "both" },
];

function jobFor(
  relayed: TrafficJob["relayed"],
  { accesses, pid }: Pick<TrafficJob, "accesses" | "pid">,
): TrafficJob {
  return { relayed, accesses, pairs, megabits, seconds, pid };
}

async function measureWay(
  { what, transport, relayed, goal }: Way,
  { relays, direct }: { relays: readonly Relay[]; direct: TrafficResult },
): Promise<Row[]> {
  const results = new Map<string, TrafficResult[]>(relays.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const relay of relays) {
      const accesses = await relay.accesses(2 * pairs, transport);
      const job = jobFor(relayed, { accesses, pid: relay.pid });
      results.get(relay.name)?.push(await runTraffic(job));
    }
  }
  const figures = (of: (result: TrafficResult) => number) =>
    Object.fromEntries([...results].map(([name, list]) => [name, median(list.map(of))]));
  const cpu = figures(({ relayCpu, arrived, seconds }) => relayCpu * 1e3 / (arrived * seconds));
  const all = [...results.values()].flat();
  const sent = median(all.map((result) => result.sent));
  return [
    {
      what: `CPU of a megabit ${what}`,
      figures: cpu,
      unit: "ms",
      ratio: (cpu["Parley"] ?? NaN) / (cpu["coturn"] ?? NaN),
      ...goal !== undefined && { goal },
    },
    {
      what: `lost of ${sent} packets ${what}`,
      figures: figures(({ lost, lostHere }) => lost - lostHere),
      unit: "",
      most: 0,
      note: `${Math.max(...all.map(({ lostHere }) => lostHere))} more in the load's own sockets`,
    },
    {
      what: `added delay ${what}, 99 of 100`,
      figures: figures(({ delay }) => delay.p99 - direct.delay.p99),
      unit: "ms",
    },
  ];
}

/** Memory of an allocation over UDP, beside others that are there. */
async function memory(relays: readonly Relay[]): Promise<Row> {
  const figures: Record<string, number> = {};
  for (const relay of relays) {
    const first = await hold(relay, heldAllocations / 4);
    const before = await residentBytes(relay.pid);
    const rest = await hold(relay, heldAllocations);
    figures[relay.name] = (await residentBytes(relay.pid) - before) / rest.length / 1024;
    await Promise.all([...first, ...rest].map((end) => end.end()));
  }
  return {
    what: `memory of an allocation, of ${heldAllocations}`,
    figures,
    unit: "KiB",
    ratio: (figures["Parley"] ?? NaN) / (figures["coturn"] ?? NaN),
  };
}

async function hold(relay: Relay, count: number): Promise<RelayedEnd[]> {
  const accesses = await relay.accesses(count / allocationsEach, "udp");
  const ends = accesses.flatMap((access) =>
    Array.from({ length: allocationsEach }, () => RelayedEnd.allocate(access))
  );
  const held = await Promise.all(ends);
  await pause(1_000);
  return held;
}

/** How long a line takes to all in a room of eight, without relayed media and with it. */
export async function linesBeside(
  relay: Awaited<ReturnType<typeof startParleyRelay>>,
): Promise<Row[]> {
  const target = { url: relay.server.url, format: parleyFormat };
  const rooms = await fillRooms(target, { rooms: 4, members: 8 });
  const alone: number[] = [];
  const rows: Row[] = [];
  for (const [transport, goal] of [["udp", 2], ["tcp", undefined]] as const) {
    alone.push(...await lineDelays(rooms));
    const accesses = await relay.accesses(2 * pairs, transport);
    const job = { ...jobFor("both", { accesses, pid: relay.pid }), seconds: 15 };
    const traffic = runTraffic(job);
    await pause(2_500);
    const beside = await lineDelays(rooms);
    const { lost, lostHere } = await traffic;
    const figures = { "Parley": quantile(beside, 0.99), "without media": quantile(alone, 0.99) };
    rows.push({
      what: `a line while ${megabits} Mbit/s are relayed over ${transport}, 99 of 100`,
      figures,
      unit: "ms",
      ratio: figures["Parley"] / figures["without media"],
      ...goal !== undefined && { goal },
      note: `median ${median(beside).toFixed(1)} ms, without media ${median(alone).toFixed(1)}; ` +
        `${lost - lostHere} packets lost meanwhile`,
    });
  }
  await emptyRooms(rooms);
  return rows;
}

/** ms until a line has reached everybody in its room; each person writes less than they may. */
async function lineDelays(rooms: readonly LoadClient[][]): Promise<number[]> {
  const times: number[] = [];
  // A server takes a line with a known number for one that was sent again.
  const first = linesSent;
  linesSent += linesEach;
  for (let turn = 0; turn < linesEach; turn++) {
    for (const room of rooms) {
      for (const writer of room) {
        const done = room.map((client) => client.expect(1));
        const from = performance.now();
        writer.send(parleyFormat.chat?.(first + turn, "x") ?? "");
        await Promise.all(done);
        times.push(performance.now() - from);
        await pause(35);
      }
    }
  }
  return times;
}

/** What the load itself takes, to see that it is not the bottleneck. */
function loadItself({ ownCpu, arrived, seconds, delay, lostHere }: TrafficResult): Row {
  return {
    what: "the load itself without a relay, of one processor",
    figures: { load: 100 * ownCpu / seconds },
    unit: "%",
    note: `${Math.round(arrived)} Mbit/s, ${delay.p99.toFixed(1)} ms (99 of 100), ${lostHere} lost`,
  };
}

/** Runs a job in its own process. */
async function runTraffic(job: TrafficJob): Promise<TrafficResult> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--unstable-net", "--no-check", "bench/relay_traffic.ts"],
      JSON.stringify(job),
    ],
    cwd: projectFolder,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("The load on the relay ended with an error");
  return JSON.parse(new TextDecoder().decode(stdout));
}
