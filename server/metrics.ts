/**
 * Counters for Prometheus. Label values come from closed sets, never from clients: no room, no
 * name, no address. docs/operating.md has the table.
 */
import type { HubObserver, Outgoing } from "../signaling/mod.ts";
import type { NoticeOutcome } from "./doorbell/doorbell.ts";
import type { Counts, Exposition } from "./exposition.ts";
import { Tally } from "./tally.ts";

/** Everything counted since the start of the process. */
export class Metrics implements HubObserver {
  readonly #tallies: Tally[] = [];
  readonly #received = this.#counter("messages_received_total", {
    help: "Messages from clients; type none: malformed messages",
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
    help: "Messages dropped for slow readers and closing sockets",
    label: "type",
  });
  readonly #joins = this.#counter("joins_total", {
    help: "Welcomes; resumed: a peer came back",
    label: "resumed",
  });
  readonly #relayed = this.#counter("signals_relayed_total", { help: "Signals from peer to peer" });
  readonly #lines = this.#counter("chat_lines_total", { help: "Public lines of chat and changes" });
  readonly #refusals = this.#counter("refusals_total", {
    help: "Errors sent to clients",
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
    help: "Events for the webhook, by outcome",
    label: "outcome",
  });
  readonly #notices = this.#counter("doorbell_notices_total", {
    help: "Notices to the browsers of room owners, by outcome",
    label: "outcome",
  });
  readonly #counts: Counts;
  readonly #startedAt = Date.now() / 1000;
  #exposition: Promise<Exposition> | undefined;

  constructor(counts: Counts) {
    this.#counts = counts;
  }

  /** The text format of Prometheus and its content type; loads prom-client at the first call. */
  async text(): Promise<{ text: string; contentType: string }> {
    this.#exposition ??= import("./exposition.ts").then(({ Exposition }) =>
      new Exposition(this.#tallies, { counts: this.#counts, startedAt: this.#startedAt })
    );
    const exposition = await this.#exposition;
    return { text: await exposition.text(), contentType: exposition.contentType };
  }

  received(type: string | undefined, bytes: number): void {
    this.#received.add(type ?? "none");
    this.#receivedBytes.add("", bytes);
  }

  sent(message: Outgoing, bytes: number): void {
    const { type } = message;
    this.#sent.add(type);
    this.#sentBytes.add("", bytes);
    if (message.type === "welcome") this.#joins.add(String(message.resumed));
    if (type === "signal") this.#relayed.add();
  }

  dropped(message: Outgoing): void {
    this.#dropped.add(message.type);
  }

  refused(code: string): void {
    this.#refusals.add(code);
  }

  closing(reason: string): void {
    this.#closes.add(reason);
  }

  opened(): void {}

  emptied(): void {}

  published(_room: string, message: Outgoing): void {
    if (message.type === "chat") this.#lines.add();
  }

  /** Counts a handshake that was answered with another status than 101. */
  refusedUpgrade(status: number): void {
    this.#upgrades.add(String(status));
  }

  /** Counts the outcome of a webhook event. */
  webhook(outcome: "delivered" | "failed" | "dropped"): void {
    this.#webhooks.add(outcome);
  }

  /** Counts the outcome of a doorbell's notice. */
  notice(outcome: NoticeOutcome): void {
    this.#notices.add(outcome);
  }

  /** Stops the timer of the exposition. */
  close(): void {
    void this.#exposition?.then((exposition) => exposition.close());
  }

  #counter(name: string, about: Tally["about"]): Tally {
    const tally = new Tally(`parley_${name}`, about);
    this.#tallies.push(tally);
    return tally;
  }
}
