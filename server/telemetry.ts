/**
 * OpenTelemetry, which Deno exports by itself when it is started with OTEL_DENO=true (docs/operating.md). Here is only what Deno
 * cannot know: our own numbers, and which paths are of one kind. Without OTEL_DENO its interface is not even loaded.
 */
import type { HubCounts } from "../signaling/mod.ts";
import { version } from "./version.ts";

let api: typeof import("@opentelemetry/api") | undefined;

/** Numbers of ours beside Deno's own. */
export async function exportCounts(counts: () => HubCounts): Promise<void> {
  if (!Deno.env.get("OTEL_DENO")) return;
  api = await import("@opentelemetry/api");
  const meter = api.metrics.getMeter("parley", version);
  for (const name of ["rooms", "peers", "sockets", "faults"] as const) {
    meter.createObservableGauge(`parley.${name}`)
      .addCallback((result) => result.observe(counts()[name]));
  }
}

/** Says which kind of path a request is for, so that those of all rooms count together. */
export function nameRoute({ url }: Request): void {
  if (api === undefined) return;
  const route = new URL(url).pathname.replace(/\/r\/[^/]+/, "/r/{room}");
  api.trace.getActiveSpan()?.setAttribute("http.route", route);
}
