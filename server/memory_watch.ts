/**
 * Keeps a server from running out of memory: above the first mark nobody new comes in, above the second no new socket is
 * taken; calls that are there go on. A mark counts as left only when the memory is well below it, so it does not flap.
 */
import process from "node:process";
import type { Log } from "./log.ts";

/** `high`: nobody new comes in. `critical`: no new sockets either. */
export type Pressure = "none" | "high" | "critical";

/** The marks, as parts of the limit, and how far below one it must fall to be left. */
const marks = { high: 0.75, critical: 0.9, slack: 0.05 } as const;
const lookEveryMs = 1_000;

/** What pressure there is at `used` of `limit` bytes, when there was `before`. */
export function pressureAt(
  used: number,
  { limit, before }: { limit: number; before: Pressure },
): Pressure {
  const part = used / limit;
  const above = (mark: number, isThere: boolean) => part >= mark - (isThere ? marks.slack : 0);
  if (above(marks.critical, before === "critical")) return "critical";
  return above(marks.high, before !== "none") ? "high" : "none";
}

/** Where limits are looked for. Bytes; 0 or undefined: no limit there. */
export interface MemoryFacts {
  /** Of the process's own control group. */
  readonly group: () => number | undefined;
  readonly machine: () => number | undefined;
}

/**
 * From Deno itself, with `--allow-sys=systemMemoryInfo`. The files below /proc and /sys, where these numbers come from,
 * would need all permissions there are.
 */
const thisProcess: MemoryFacts = {
  group: () => process.constrainedMemory(),
  machine: () => Deno.systemMemoryInfo().total,
};

/** The smaller limit of the control group and the machine. Undefined: none can be seen. Bytes. */
export function memoryLimit({ group, machine }: MemoryFacts = thisProcess): number | undefined {
  // An unlimited group says 0, nothing, or (cgroup v1) more than any machine has.
  const limits = [group, machine].map(attempted).filter((limit) => limit > 0);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function attempted(read: () => number | undefined): number {
  try {
    return read() ?? 0;
  } catch {
    // Not on this system, or not permitted.
    return 0;
  }
}

/** Looks once a second. `limit()`: bytes; undefined: there is none. */
export class MemoryWatch {
  readonly #limit: () => number | undefined;
  readonly #used: () => number;
  readonly #log: Log;
  readonly #timer: number;
  #pressure: Pressure = "none";

  constructor(
    log: Log,
    { limit, used = () => Deno.memoryUsage().rss }: {
      limit: () => number | undefined;
      used?: () => number;
    },
  ) {
    this.#log = log;
    this.#limit = limit;
    this.#used = used;
    this.#timer = setInterval(() => this.look(), lookEveryMs);
    Deno.unrefTimer(this.#timer);
  }

  get pressure(): Pressure {
    return this.#pressure;
  }

  /** Measures now, and says in the log when a mark is passed. */
  look(): void {
    const limit = this.#limit();
    const used = this.#used();
    const before = this.#pressure;
    this.#pressure = limit === undefined ? "none" : pressureAt(used, { limit, before });
    if (this.#pressure === before) return;
    const facts = { before, now: this.#pressure, usedMb: mb(used), limitMb: mb(limit ?? 0) };
    this.#log.line(this.#pressure === "none" ? "info" : "warn", "pressure of memory", facts);
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function mb(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
