/**
 * Keeps the server from running out of memory: above the first mark nobody new may join, above the
 * second no new socket is accepted; running calls go on. A mark is left only well below it, so the
 * pressure does not flap.
 */
import process from "node:process";
import type { Log } from "./log.ts";

/** `high`: nobody new may join. `critical`: no new sockets either. */
export type Pressure = "none" | "high" | "critical";

/** The marks as fractions of the limit, and how far below a mark it is left. */
const marks = { high: 0.75, critical: 0.9, slack: 0.05 } as const;
const lookEveryMs = 1_000;

/** The pressure at `used` of `limit` bytes, if it was `before`. */
export function pressureAt(
  used: number,
  { limit, before }: { limit: number; before: Pressure },
): Pressure {
  const part = used / limit;
  const above = (mark: number, isThere: boolean) => part >= mark - (isThere ? marks.slack : 0);
  if (above(marks.critical, before === "critical")) return "critical";
  return above(marks.high, before !== "none") ? "high" : "none";
}

/** Where limits come from. Bytes; 0 or undefined: no limit. */
export interface MemoryFacts {
  /** The limit of the process's control group. */
  readonly group: () => number | undefined;
  readonly machine: () => number | undefined;
}

/**
 * Needs `--allow-sys=systemMemoryInfo`. Reading the files below /proc and /sys, where these numbers
 * come from, would need all permissions.
 */
const thisProcess: MemoryFacts = {
  group: () => process.constrainedMemory(),
  machine: () => Deno.systemMemoryInfo().total,
};

/** The smaller limit of the control group and the machine, bytes. Undefined: none is known. */
export function memoryLimit({ group, machine }: MemoryFacts = thisProcess): number | undefined {
  // An unlimited group reports 0, nothing, or (cgroup v1) more than any machine has.
  const limits = [group, machine].map(attempted).filter((limit) => limit > 0);
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function attempted(read: () => number | undefined): number {
  try {
    return read() ?? 0;
  } catch {
    // Not available on this system, or not permitted.
    return 0;
  }
}

/** Measures once a second. `limit()`: bytes; undefined: no limit. */
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

  /** The pressure at the last measurement. */
  get pressure(): Pressure {
    return this.#pressure;
  }

  /** Measures now; logs each change of the pressure. */
  look(): void {
    const limit = this.#limit();
    const used = this.#used();
    const before = this.#pressure;
    this.#pressure = limit === undefined ? "none" : pressureAt(used, { limit, before });
    if (this.#pressure === before) return;
    const facts = { before, now: this.#pressure, usedMb: mb(used), limitMb: mb(limit ?? 0) };
    this.#log.line(this.#pressure === "none" ? "info" : "warn", "memory pressure changed", facts);
  }

  /** Stops measuring. */
  close(): void {
    clearInterval(this.#timer);
  }
}

function mb(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}
