/**
 * OpenTelemetry, which Deno exports if it is started with OTEL_DENO=true (docs/operating.md). This
 * file adds the counts of the hub and the routes of requests. Without OTEL_DENO the API is
 * not loaded.
 */
import type { HubCounts } from "../signaling/mod.ts";
import { version } from "./version.ts";

let api: typeof import("@opentelemetry/api") | undefined;

/** Exports the counts of the hub as gauges. */
export async function exportCounts(counts: () => HubCounts): Promise<void> {
  if (!Deno.env.get("OTEL_DENO")) return;
  api = await import("@opentelemetry/api");
  const meter = api.metrics.getMeter("parley", version);
  for (const name of ["rooms", "peers", "sockets", "faults"] as const) {
    meter.createObservableGauge(`parley.${name}`)
      .addCallback((result) => result.observe(counts()[name]));
  }
}

/** Names the route of a request, so that all rooms count as one. */
export function nameRoute({ url }: Request): void {
  if (api === undefined) return;
  const route = new URL(url).pathname.replace(/\/r\/[^/]+/, "/r/{room}");
  api.trace.getActiveSpan()?.setAttribute("http.route", route);
}
