/**
 * The load on a relay, as a process for itself: reads one job as JSON from its argument, prints its
 * result as JSON. Half of the packets go each way, evenly spread over time and over the pairs.
 */
import { cpuSeconds, pause, quantile } from "./measure.ts";
import { type End, PlainEnd, type RelayAccess, RelayedEnd } from "./turn_client.ts";

/** What to send, and by which way. */
export interface TrafficJob {
  /**
   * `none`: without a relay. `one`: from an allocation to a plain socket and back. `both`: between
   * two allocations.
   */
  readonly relayed: "none" | "one" | "both";
  /** One for each pair, two with `both`; each end uses its own. */
  readonly accesses: readonly RelayAccess[];
  readonly pairs: number;
  /** Of payload, all pairs together. */
  readonly megabits: number;
  readonly seconds: number;
  /** The relay's process. */
  readonly pid: number;
}

/** What came of it. */
export interface TrafficResult {
  readonly sent: number;
  readonly lost: number;
  /** Of the lost, those that the system dropped before this process could read them. */
  readonly lostHere: number;
  /** Mbit/s of payload that arrived. */
  readonly arrived: number;
  /** ms from one end to the other. */
  readonly delay: { readonly median: number; readonly p99: number };
  /** CPU seconds of the relay, and of this process. */
  readonly relayCpu: number;
  readonly ownCpu: number;
  readonly seconds: number;
}

const payloadBytes = 1_100;
const warmUpMs = 1_000;
/** Packets that are sent at once; 100 Mbit/s are 11 in a ms. */
const burstMost = 32;
/** Time for the last packets to arrive. */
const settleMs = 500;

/** Sends payloads from one end and reads them at the other. */
class Direction {
  sent = 0;
  received = 0;
  readonly #from: End;
  readonly #delays: Float64Array;
  readonly #payload = () => new Uint8Array(payloadBytes);

  constructor(from: End, to: End, most: number) {
    this.#from = from;
    this.#delays = new Float64Array(most);
    to.onData = (bytes) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset);
      // Packets of the time before are not counted.
      if (view.getUint32(0) !== this.#round) return;
      this.#delays[this.received++] = performance.now() - view.getFloat64(8);
    };
  }

  #round = 0;

  send(): void {
    // A new one each time: the last one may not have been sent yet.
    const payload = this.#payload();
    const view = new DataView(payload.buffer);
    view.setUint32(0, this.#round);
    view.setFloat64(8, performance.now());
    this.sent++;
    this.#from.send(payload);
  }

  restart(): void {
    this.#round++;
    this.sent = 0;
    this.received = 0;
  }

  get delays(): Float64Array {
    return this.#delays.subarray(0, this.received);
  }
}

/** Runs a job. */
export async function runTraffic(job: TrafficJob): Promise<TrafficResult> {
  const pairs = await Promise.all(
    Array.from({ length: job.pairs }, (_, pair) => connectPair(job, pair)),
  );
  const perSecond = job.megabits * 1e6 / 8 / payloadBytes;
  const each = Math.ceil(perSecond * (job.seconds + 1) / pairs.length);
  const directions = pairs.flatMap(([one, other]) => [
    new Direction(one, other, each),
    new Direction(other, one, each),
  ]);
  const ends = pairs.flat();
  const flush = () => ends.forEach((end) => end.flush());
  await sendEvenly(directions, { perSecond, ms: warmUpMs, flush });
  await pause(settleMs);
  for (const direction of directions) direction.restart();
  const droppedBefore = await droppedHere(ends);
  const before = { relay: cpuSeconds(job.pid), own: cpuSeconds(Deno.pid), at: performance.now() };
  await sendEvenly(directions, { perSecond, ms: job.seconds * 1_000, flush });
  const seconds = (performance.now() - before.at) / 1_000;
  await pause(settleMs);
  const relayCpu = cpuSeconds(job.pid) - before.relay;
  const ownCpu = cpuSeconds(Deno.pid) - before.own;
  const lostHere = await droppedHere(ends) - droppedBefore;
  const sent = sum(directions.map((it) => it.sent));
  const received = sum(directions.map((it) => it.received));
  const delays = directions.flatMap((it) => [...it.delays]);
  await Promise.all(ends.map((end) => end.end()));
  return {
    sent,
    lost: sent - received,
    lostHere,
    arrived: received * payloadBytes * 8 / 1e6 / seconds,
    delay: { median: quantile(delays, 0.5), p99: quantile(delays, 0.99) },
    relayCpu,
    ownCpu,
    seconds,
  };
}

async function connectPair({ relayed, accesses }: TrafficJob, pair: number): Promise<[End, End]> {
  const [first, second] = [accesses[2 * pair], accesses[2 * pair + 1]];
  if (relayed === "both" && first !== undefined && second !== undefined) {
    const [one, other] = await Promise.all([first, second].map(RelayedEnd.allocate));
    if (one === undefined || other === undefined) throw new Error("unreachable");
    await Promise.all([one.bind(other.relayed), other.bind(one.relayed)]);
    return [one, other];
  }
  const plain = new PlainEnd();
  if (relayed === "one" && first !== undefined) {
    const one = await RelayedEnd.allocate(first);
    await one.bind(`127.0.0.1:${plain.udpPort}`);
    const [hostname = "", port] = one.relayed.split(":");
    plain.connect(hostname, Number(port));
    return [one, plain];
  }
  const other = new PlainEnd();
  plain.connect("127.0.0.1", other.udpPort);
  other.connect("127.0.0.1", plain.udpPort);
  return [plain, other];
}

/**
 * Sends for `ms`. What is due is sent every ms. After a late timer it catches up in steps, because
 * no crowd of senders sends everything at once, and a burst fills the buffer of any socket.
 */
async function sendEvenly(
  directions: readonly Direction[],
  { perSecond, ms, flush }: { perSecond: number; ms: number; flush: () => void },
): Promise<void> {
  const from = performance.now();
  let sent = 0;
  for (let now = from; now - from < ms; now = performance.now()) {
    const due = Math.min(Math.floor((now - from) / 1_000 * perSecond), sent + burstMost);
    for (; sent < due; sent++) directions[sent % directions.length]?.send();
    flush();
    await pause(1);
  }
}

/** Datagrams that the system dropped on the sockets of this process, whose buffers were full. */
async function droppedHere(ends: readonly End[]): Promise<number> {
  const ports = new Set(ends.map(({ udpPort }) => udpPort));
  const lines = (await Deno.readTextFile("/proc/net/udp")).split("\n").slice(1);
  return sum(lines.map((line) => {
    const words = line.trim().split(/\s+/);
    return ports.has(parseInt(words[1]?.split(":")[1] ?? "", 16)) ? Number(words.at(-1)) : 0;
  }));
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}

if (import.meta.main) {
  const job: TrafficJob = JSON.parse(Deno.args[0] ?? "");
  console.log(JSON.stringify(await runTraffic(job)));
  Deno.exit(0);
}
