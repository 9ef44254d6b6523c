// `deno task bench`: what the server's checks, limits and sessions cost on the relay path, as ratios to
// a minimal raw relay on the same WebSockets, measured in turns in one run. Loopback only, Linux only.
//
// What is counted is the CPU time of the server process alone (user and system, from /proc), so the
// load generator beside it on the same two cores does not distort the figures.

import { type RunningServer, startServer } from "../tests/rig/server.ts";
import { chatFrame, fillRooms, type LoadClient, signalFrame } from "./load.ts";

/** One kind of work; `run` does it and returns how many messages the server sent for it. */
interface Case {
  name: string;
  unit: string;
  rooms: number;
  members: number;
  run(rooms: LoadClient[][]): Promise<number>;
}

/** Median messages per CPU second of both servers and their quotient. */
interface Result {
  name: string;
  unit: string;
  parley: number;
  raw: number;
  /** CPU per message, Parley's over the raw relay's: 1.5 means half as much again. */
  ratio: number;
}

const ROUNDS = 5;
/** Under the burst of 400 signals and of 10 lines that a client may send at once. */
const SIGNALS = 390;
/** Sent at once to one client: 390 signals of 3 kB would look like a client that does not read. */
const SLICE = 65;
const LINES = 10;
const BUDGET_MS = 55_000;

const CASES: Case[] = [
  {
    name: "signal of 200 B",
    unit: "relays",
    rooms: 80,
    members: 2,
    run: (rooms) => relay(rooms, 200),
  },
  {
    name: "signal of 3 kB",
    unit: "relays",
    rooms: 60,
    members: 2,
    run: (rooms) => relay(rooms, 3000),
  },
  { name: "chat line in a room of 10", unit: "copies", rooms: 80, members: 10, run: broadcast },
];

/** Both members of each room send each other one burst of signals, slice by slice. */
async function relay(rooms: LoadClient[][], bytes: number): Promise<number> {
  const calls = rooms.flatMap(([first, second]) => first && second ? [{ first, second }] : [])
    .map(({ first, second }) => ({
      first,
      second,
      there: signalFrame(second.peerId, bytes),
      back: signalFrame(first.peerId, bytes),
    }));
  for (let slice = 0; slice < SIGNALS; slice += SLICE) {
    const done = rooms.flat().map((client) => client.expect(SLICE));
    for (const { first, second, there, back } of calls) {
      for (let i = 0; i < SLICE; i++) {
        first.send(there);
        second.send(back);
      }
    }
    await Promise.all(done);
  }
  return calls.length * 2 * SIGNALS;
}

/** Every member of each room writes one burst of lines, which everybody gets. */
async function broadcast(rooms: LoadClient[][]): Promise<number> {
  const done = rooms.flatMap((room) => room.map((client) => client.expect(LINES * room.length)));
  for (let i = 0; i < LINES; i++) {
    for (const client of rooms.flat()) client.send(chatFrame(i));
  }
  await Promise.all(done);
  return rooms.reduce((sum, room) => sum + room.length * room.length * LINES, 0);
}

/** CPU seconds the process has used; the kernel counts in hundredths. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  // The second field is a name in parentheses that may hold anything; utime and stime are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Messages per CPU second of one server in one round, with rooms of its own. */
async function measure(server: RunningServer, work: Case): Promise<number> {
  const rooms = await fillRooms(server.url, work);
  const before = await cpuSeconds(server.child.pid);
  const messages = await work.run(rooms);
  const used = await cpuSeconds(server.child.pid) - before;
  await Promise.all(rooms.flat().map((client) => client.leave()));
  return messages / Math.max(used, 0.01);
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

async function compare(): Promise<Result[]> {
  await using parley = await startServer({
    // Clients under Deno send no Origin.
    args: ["--room-capacity", "16", "--allow-origin", "*"],
  });
  await using raw = await startServer({ module: "bench/raw_relay.ts" });
  const deadline = performance.now() + BUDGET_MS;
  const results: Result[] = [];
  for (const [index, work] of CASES.entries()) {
    const share = deadline - (deadline - performance.now()) * (1 - 1 / (CASES.length - index));
    const speeds: { parley: number[]; raw: number[] } = { parley: [], raw: [] };
    // The first round warms both up and is not counted.
    for (let round = 0; round <= ROUNDS; round++) {
      if (round > 1 && performance.now() > share) break;
      const pair = { parley: await measure(parley, work), raw: await measure(raw, work) };
      if (round === 0) continue;
      speeds.parley.push(pair.parley);
      speeds.raw.push(pair.raw);
    }
    const quotients = speeds.raw.map((speed, round) => speed / (speeds.parley[round] ?? NaN));
    results.push({
      name: work.name,
      unit: work.unit,
      parley: median(speeds.parley),
      raw: median(speeds.raw),
      ratio: median(quotients),
    });
  }
  return results;
}

function table(results: Result[]): string {
  const rows = results.map(({ name, unit, parley, raw, ratio }) => [
    name,
    `${Math.round(parley).toLocaleString("en")} ${unit}`,
    `${Math.round(raw).toLocaleString("en")} ${unit}`,
    ratio.toFixed(2),
  ]);
  const all = [["per CPU second of the server", "Parley", "raw relay", "CPU ratio"], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...all.map((row) => row[column]?.length ?? 0))
  );
  const line = (row: string[]) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))
      .join("   ");
  return all.map(line).join("\n");
}

if (import.meta.main) {
  if (Deno.build.os !== "linux") {
    console.error("The bench reads CPU time from /proc, so it runs on Linux only.");
    Deno.exit(1);
  }
  const results = await compare();
  console.log(table(results));
  const file = "dist/relay_bench.json";
  const machine = {
    deno: Deno.version.deno,
    target: Deno.build.target,
    cores: navigator.hardwareConcurrency,
  };
  await Deno.mkdir("dist", { recursive: true });
  await Deno.writeTextFile(
    file,
    JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2),
  );
  console.log(`\nThe same as JSON is in ${file}.`);
}
