/**
 * What the server counts, for Prometheus. Label values come from closed sets, never from what a client chose: no room, no
 * name, no address. docs/operating.md has the table.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { ServerMessage } from "../protocol/mod.ts";
import type { HubCounts, HubObserver } from "../signaling/mod.ts";
import { version } from "./version.ts";

/**
 * One counter by the values of its only label, "" where it has none. Frames are counted here, in a map of numbers, and
 * told to the registry when somebody asks for them: its own counters cost more than sending a frame.
 */
class Tally {
  readonly #counts = new Map<string, number>();

  add(value = "", by = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + by);
  }

  entries(): Iterable<[string, number]> {
    return this.#counts;
  }
}

/** How often the event loop is asked how late it is, ms. */
const lagEveryMs = 500;

/** Everything counted since the process began. */
export class Metrics implements HubObserver {
  readonly #registry = new Registry();
  readonly #received = this.#counter("messages_received_total", {
    help: "Messages from clients; type none: what was no message",
    label: "type",
  });
  readonly #receivedBytes = this.#counter("received_bytes_total", {
    help: "Bytes of messages from clients",
  });
  readonly #sent = this.#counter("messages_sent_total", {
    help: "Messages to clients, one for each receiver",
    label: "type",
  });
  readonly #sentBytes = this.#counter("sent_bytes_total", { help: "Bytes of messages to clients" });
  readonly #dropped = this.#counter("messages_dropped_total", {
    help: "Messages left out for slow readers and closing sockets",
    label: "type",
  });
  readonly #joins = this.#counter("joins_total", {
    help: "Welcomes; resumed: somebody came back as the same peer",
    label: "resumed",
  });
  readonly #relayed = this.#counter("signals_relayed_total", { help: "Signals from peer to peer" });
  readonly #lines = this.#counter("chat_lines_total", { help: "Public lines of chat and changes" });
  readonly #refusals = this.#counter("refusals_total", {
    help: "Errors told to clients",
    label: "code",
  });
  readonly #closes = this.#counter("closes_total", {
    help: "Sockets closed by the server",
    label: "reason",
  });
  readonly #upgrades = this.#counter("upgrades_refused_total", {
    help: "WebSocket handshakes refused",
    label: "status",
  });
  readonly #webhooks = this.#counter("webhooks_total", {
    help: "Events for the webhook, by what became of them",
    label: "outcome",
  });
  readonly #lag = new Histogram({
    name: "parley_event_loop_lag_seconds",
    help: "How late a timer fires that is due every half second",
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers: [this.#registry],
  });
  readonly #timer: number;

  /** `counts`: what there is now. */
  constructor(counts: () => HubCounts) {
    this.#gauge("rooms", { help: "Rooms with members", read: () => counts().rooms });
    this.#gauge("peers", { help: "Members, away ones included", read: () => counts().peers });
    this.#gauge("sockets", { help: "WebSockets", read: () => counts().sockets });
    this.#gauge("faults", { help: "Faults nobody expected", read: () => counts().faults });
    this.#gauge("resident_memory_bytes", {
      help: "Memory of the process",
      read: () => Deno.memoryUsage().rss,
    });
    this.#gauge("heap_bytes", {
      help: "Memory in use by scripts",
      read: () => Deno.memoryUsage().heapUsed,
    });
    const startedAt = Date.now() / 1000;
    this.#gauge("start_time_seconds", {
      help: "When the process began, Unix time",
      read: () => startedAt,
    });
    const build = this.#gauge("build_info", { help: "1, with the version", labels: ["version"] });
    build.set({ version }, 1);
    this.#timer = this.#watchLag();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Prometheus' text format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }

  received(type: string | undefined, bytes: number): void {
    this.#received.add(type ?? "none");
    this.#receivedBytes.add("", bytes);
  }

  sent(message: ServerMessage, bytes: number): void {
    const type = typeOf(message);
    this.#sent.add(type);
    this.#sentBytes.add("", bytes);
    if (message.type === "welcome") this.#joins.add(String(message.resumed));
    if (type === "signal") this.#relayed.add();
  }

  dropped(message: ServerMessage): void {
    this.#dropped.add(typeOf(message));
  }

  refused(code: string): void {
    this.#refusals.add(code);
  }

  closing(reason: string): void {
    this.#closes.add(reason);
  }

  opened(): void {}

  emptied(): void {}

  told(_room: string, message: ServerMessage): void {
    if (message.type === "chat") this.#lines.add();
  }

  /** A handshake was answered with something else than 101. */
  refusedUpgrade(status: number): void {
    this.#upgrades.add(String(status));
  }

  /** What became of an event. */
  webhook(outcome: "delivered" | "failed" | "dropped"): void {
    this.#webhooks.add(outcome);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #watchLag(): number {
    let due = performance.now() + lagEveryMs;
    const timer = setInterval(() => {
      const now = performance.now();
      this.#lag.observe(Math.max(0, now - due) / 1000);
      due = now + lagEveryMs;
    }, lagEveryMs);
    Deno.unrefTimer(timer);
    return timer;
  }

  #counter(name: string, { help, label }: { help: string; label?: string }): Tally {
    const tally = new Tally();
    new Counter({
      ...{ name: `parley_${name}`, help, labelNames: label === undefined ? [] : [label] },
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [value, count] of tally.entries()) {
          if (label === undefined) this.inc(count);
          else this.inc({ [label]: value }, count);
        }
      },
    });
    return tally;
  }

  #gauge(
    name: string,
    { help, labels = [], read }: { help: string; labels?: readonly string[]; read?: () => number },
  ): Gauge {
    return new Gauge({
      ...{ name: `parley_${name}`, help, labelNames: [...labels] },
      registers: [this.#registry],
      ...read && {
        collect() {
          this.set(read());
        },
      },
    });
  }
}

/** A signal is one, in an envelope or not. */
function typeOf({ type }: ServerMessage): string {
  return type === "relay" ? "signal" : type;
}
