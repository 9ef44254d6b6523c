/**
 * What a hop between nodes costs: a copy of a line, a relayed signal and a join at one node without
 * Redis, with all sockets at the home of their room, with all at another node, and with the sockets
 * of each room at three nodes in turns. CPU time is that of all nodes together; that of Redis is
 * from `INFO cpu`. Everything on this machine.
 */
import { type Redis, startRedis } from "../tests/rig/mod.ts";
import { startParley } from "./contenders.ts";
import { emptyRooms, LoadClient, parleyFormat, type Target } from "./load.ts";
import { cpuSeconds, median, pause, quantile, type Row } from "./measure.ts";

const rounds = 5;
const members = 8;
const rooms = 40;
/** Under the bursts that a client may send at once. */
const lines = 10;
const signals = 200;
/** Sent at once to one client. */
const slice = 50;

type LogLine = (line: string) => void;

/** Where the members of the rooms have their sockets, and what runs for them. */
interface Setting {
  /** All processes whose CPU time counts. */
  readonly pids: readonly number[];
  /** Where the members of a room have their sockets, in turns. */
  readonly edges: readonly Target[];
  readonly home: Target;
  readonly redis?: Redis;
}

/** CPU µs for each piece of work. */
interface Cost {
  readonly nodes: number;
  readonly redis: number;
}

/** Measures two nodes with Redis, and one node alone. */
export async function benchCluster(log: LogLine): Promise<Row[]> {
  await using redis = await startRedis();
  const args = ["--redis", redis.url];
  await using alone = await startParley();
  await using home = await startParley(args);
  await using edge = await startParley(args);
  await using third = await startParley(args);
  const pids = [home.pid, edge.pid, third.pid];
  const settings: Record<string, Setting> = {
    "one node": { pids: [alone.pid], edges: [alone], home: alone },
    "edge = home": { pids, edges: [home], home, redis },
    "edge ≠ home": { pids, edges: [edge], home, redis },
    "three in turns": { pids, edges: [home, edge, third], home, redis },
  };
  const rows: Row[] = [];
  for (
    const [what, work, goal] of [
      [`a copy of a line, room of ${members}`, chatCost, 3],
      ["a relayed signal of 3000 B", (place: Setting) => signalCost(place, 3_000), 3],
      ["a relayed signal of 200 B", (place: Setting) => signalCost(place, 200), 3],
      ["a join and a leave", joinCost, undefined],
    ] as const
  ) {
    log(`${what} …`);
    const costs = await inTurns(settings, work);
    rows.push({
      what: `${what}: CPU of the nodes`,
      figures: mapped(costs, ({ nodes }) => nodes),
      unit: "µs",
      ratio: (costs["edge ≠ home"]?.nodes ?? NaN) / (costs["one node"]?.nodes ?? NaN),
      ...goal !== undefined && { goal },
    });
    rows.push({
      what: `${what}: CPU of Redis`,
      figures: mapped(costs, ({ redis }) => redis),
      unit: "µs",
    });
  }
  log("delays …");
  for (const [what, work] of [["a line", lineDelays], ["a signal", signalDelays]] as const) {
    const delays: Record<string, number[]> = {};
    for (const [name, setting] of Object.entries(settings)) delays[name] = await work(setting);
    for (const [kind, part] of [["p50", 0.5], ["p99", 0.99]] as const) {
      const figures = mapped(delays, (times) => quantile(times, part));
      rows.push({ what: `delay of ${what}, ${kind}`, figures, unit: "ms" });
    }
  }
  return rows;
}

function mapped<T>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

/** The medians of several rounds in turns; the first one warms up and is not counted. */
async function inTurns(
  settings: Readonly<Record<string, Setting>>,
  work: (setting: Setting) => Promise<Cost>,
): Promise<Record<string, Cost>> {
  const seen: Record<string, Cost[]> = {};
  for (let round = 0; round <= rounds; round++) {
    for (const [name, setting] of Object.entries(settings)) {
      const cost = await work(setting);
      if (round > 0) (seen[name] ??= []).push(cost);
    }
  }
  return Object.fromEntries(
    Object.entries(seen).map(([name, costs]) => [name, {
      nodes: median(costs.map(({ nodes }) => nodes)),
      redis: median(costs.map(({ redis }) => redis)),
    }]),
  );
}

/** `work` returns the number of pieces. */
async function costOf({ pids, redis }: Setting, work: () => Promise<number>): Promise<Cost> {
  const nodeSeconds = () => pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0);
  const redisSeconds = async () => await redis?.cpuSeconds() ?? 0;
  const before = [nodeSeconds(), await redisSeconds()] as const;
  const pieces = await work();
  const after = [nodeSeconds(), await redisSeconds()] as const;
  return {
    nodes: (after[0] - before[0]) / pieces * 1e6,
    redis: (after[1] - before[1]) / pieces * 1e6,
  };
}

/** A room with its members. */
interface Filled {
  readonly name: string;
  readonly clients: readonly LoadClient[];
}

/** Fills rooms. Somebody opens each one at its home, and leaves when the members are there. */
async function fill(
  { edges, home }: Setting,
  { rooms, members }: { rooms: number; members: number },
): Promise<Filled[]> {
  const mark = crypto.randomUUID().slice(0, 8);
  return await Promise.all(Array.from({ length: rooms }, async (_, room) => {
    const name = `${mark}-${room}`;
    const opener = await LoadClient.join(home, name);
    const clients: LoadClient[] = [];
    for (let n = 0; n < members; n++) {
      clients.push(await LoadClient.join(edges[n % edges.length] ?? home, name));
    }
    await opener.leave();
    return { name, clients };
  }));
}

async function empty(filled: readonly Filled[]): Promise<void> {
  await emptyRooms(filled.map(({ clients }) => [...clients]));
}

/** Every member writes one burst of lines to everybody. */
async function chatCost(setting: Setting): Promise<Cost> {
  const all = await fill(setting, { rooms, members });
  const clients = all.flatMap((room) => room.clients);
  const cost = await costOf(setting, async () => {
    const done = clients.map((client) => client.expect(lines * members));
    for (let n = 0; n < lines; n++) {
      for (const client of clients) client.send(line(n));
    }
    await Promise.all(done);
    return clients.length * members * lines;
  });
  await empty(all);
  return cost;
}

/** A line of 100 letters. */
function line(number: number): string {
  return parleyFormat.chat?.(number, "x".repeat(100)) ?? "";
}

/** Two clients in each room send each other signals, slice by slice. */
async function signalCost(setting: Setting, bytes: number): Promise<Cost> {
  const all = await fill(setting, { rooms, members: 2 });
  const pairs = all.flatMap(({ clients: [one, other] }) => one && other ? [[one, other]] : []);
  const cost = await costOf(setting, async () => {
    for (let sent = 0; sent < signals; sent += slice) {
      const done = pairs.flat().map((client) => client.expect(slice));
      for (const pair of pairs) {
        for (const [from, to] of [pair, pair.toReversed()]) {
          const signal = parleyFormat.signal(to?.peerId ?? "", bytes);
          for (let n = 0; n < slice; n++) from?.send(signal);
        }
      }
      await Promise.all(done);
    }
    return pairs.length * 2 * signals;
  });
  await empty(all);
  return cost;
}

/** Visitors come and go, one after the other in each room, where others stay. */
async function joinCost(setting: Setting): Promise<Cost> {
  const visits = 6;
  const { edges, home } = setting;
  const all = await fill(setting, { rooms, members: 3 });
  const cost = await costOf(setting, async () => {
    await Promise.all(all.map(async ({ name }) => {
      for (let n = 0; n < visits; n++) {
        await (await LoadClient.join(edges[n % edges.length] ?? home, name)).leave();
      }
    }));
    return all.length * visits;
  });
  await empty(all);
  return cost;
}

/** ms until a line has reached all members of its room, one line at a time. */
async function lineDelays(setting: Setting): Promise<number[]> {
  const all = await fill(setting, { rooms: 8, members });
  const times: number[] = [];
  for (let n = 0; n < 6; n++) {
    for (const { clients } of all) {
      for (const writer of clients) {
        const done = clients.map((client) => client.expect(1));
        const from = performance.now();
        writer.send(line(n));
        await Promise.all(done);
        times.push(performance.now() - from);
      }
    }
    // Each client stays below the rate limit.
    await pause(500);
  }
  await empty(all);
  return times;
}

/** ms until a signal has arrived, one at a time. */
async function signalDelays(setting: Setting): Promise<number[]> {
  const all = await fill(setting, { rooms: 8, members: 2 });
  const times: number[] = [];
  for (let n = 0; n < 50; n++) {
    for (const { clients: [from, to] } of all) {
      if (from === undefined || to === undefined) continue;
      const arrived = to.expect(1);
      const sent = performance.now();
      from.send(parleyFormat.signal(to.peerId, 3_000));
      await arrived;
      times.push(performance.now() - sent);
    }
  }
  await empty(all);
  return times;
}
