/** The metrics in the text format of Prometheus: all tallies, and gauges of the current state. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { HubCounts } from "../signaling/mod.ts";
import type { TallyView } from "./tally.ts";
import type { TurnCounts } from "./turn/turn_counts.ts";
import { turnTallies } from "./turn/turn_metrics.ts";
import { version } from "./version.ts";

/** How often the lag of the event loop is measured, ms. */
const lagEveryMs = 500;

/** What others count: the present state of the hub, and of the relay if there is one. */
export interface Counts {
  readonly hub: () => HubCounts;
  readonly turn: () => TurnCounts | undefined;
  /** Undefined: this server is no node of a cluster. */
  readonly cluster?: ClusterFigures | undefined;
}

/** A gauge to read; `name`: without "parley_". */
export interface GaugeView {
  readonly name: string;
  readonly help: string;
  readonly read: () => number;
}

/** What a node counts of its cluster. */
export interface ClusterFigures {
  readonly tallies: readonly TallyView[];
  readonly gauges: readonly GaugeView[];
}

/** Collects everything in one prom-client registry. */
export class Exposition {
  readonly #registry = new Registry();
  readonly #timer: number;

  /** `startedAt`: start of the process, Unix time in seconds. */
  constructor(
    tallies: readonly TallyView[],
    { counts: { hub: counts, turn, cluster }, startedAt }: { counts: Counts; startedAt: number },
  ) {
    const all = [...tallies, ...turnTallies(turn), ...cluster?.tallies ?? []];
    for (const tally of all) this.#counter(tally);
    for (const { name, help, read } of cluster?.gauges ?? []) this.#gauge(name, help, read);
    this.#gauge("rooms", "Rooms with members", () => counts().rooms);
    this.#gauge("peers", "Members, away ones included", () => counts().peers);
    this.#gauge("sockets", "WebSockets", () => counts().sockets);
    this.#gauge("turn_allocations", "Allocations of the relay", () => turn()?.allocations ?? 0);
    this.#gauge("faults", "Faults nobody expected", () => counts().faults);
    this.#gauge("resident_memory_bytes", "Memory of the process", () => Deno.memoryUsage().rss);
    this.#gauge("heap_bytes", "Memory in use by scripts", () => Deno.memoryUsage().heapUsed);
    this.#gauge("start_time_seconds", "When the process began, Unix time", () => startedAt);
    const build = { name: "parley_build_info", help: "1, with the version" };
    new Gauge({ ...build, labelNames: ["version"], registers: [this.#registry] })
      .set({ version }, 1);
    this.#timer = this.#watchLag();
  }

  /** The content type of `text()`. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All metrics now. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Stops measuring the lag. */
  close(): void {
    clearInterval(this.#timer);
  }

  #counter(tally: TallyView): void {
    const { name, about: { help, label } } = tally;
    new Counter({
      ...{ name, help, labelNames: label === undefined ? [] : [label] },
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [value, count] of tally.entries()) {
          if (label === undefined) this.inc(count);
          else this.inc({ [label]: value }, count);
        }
      },
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      ...{ name: `parley_${name}`, help },
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  #watchLag(): number {
    const lag = new Histogram({
      name: "parley_event_loop_lag_seconds",
      help: "How late a timer fires that is due every half second",
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
      registers: [this.#registry],
    });
    let due = performance.now() + lagEveryMs;
    const timer = setInterval(() => {
      const now = performance.now();
      lag.observe(Math.max(0, now - due) / 1000);
      due = now + lagEveryMs;
    }, lagEveryMs);
    Deno.unrefTimer(timer);
    return timer;
  }
}
