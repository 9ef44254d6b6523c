/**
 * OpenTelemetry, which Deno exports if it is started with OTEL_DENO=true (docs/operating.md). This
 * file adds the counts of the hub and the routes of requests. Without OTEL_DENO the API is
 * not loaded.
 */
import type { HubCounts } from "../signaling/mod.ts";
import { version } from "./version.ts";

let api: typeof import("@opentelemetry/api") | undefined;

/** The pause between two looks at the counts, ms; Deno exports once a minute by default. */
const lookMs = 5_000;

/**
 * Exports the counts of the hub as gauges. Not as observable ones: Deno exports the last values of
 * these gauges when the program ends, and can no longer ask for those of the others.
 */
export async function exportCounts(counts: () => HubCounts): Promise<void> {
  if (!Deno.env.get("OTEL_DENO")) return;
  api = await import("@opentelemetry/api");
  const meter = api.metrics.getMeter("parley", version);
  const gauges = (["rooms", "peers", "sockets", "faults"] as const)
    .map((name) => ({ name, gauge: meter.createGauge(`parley.${name}`) }));
  const record = () => {
    const now = counts();
    for (const { name, gauge } of gauges) gauge.record(now[name]);
  };
  record();
  Deno.unrefTimer(setInterval(record, lookMs));
}

/** Names the route of a request, so that all rooms count as one. */
export function nameRoute({ url }: Request): void {
  if (api === undefined) return;
  const route = new URL(url).pathname.replace(/\/r\/[^/]+/, "/r/{room}");
  api.trace.getActiveSpan()?.setAttribute("http.route", route);
}
