/**
 * OpenTelemetry, which Deno exports by itself when it is started with OTEL_DENO=true (docs/operating.md). Here is only what Deno
 * cannot know: our own numbers, and which paths are of one kind.
 */
import { metrics, trace } from "@opentelemetry/api";
import type { HubCounts } from "../signaling/mod.ts";
import { version } from "./version.ts";

/** Numbers of ours beside Deno's own; without OTEL_DENO this does nothing. */
export function exportCounts(counts: () => HubCounts): void {
  const meter = metrics.getMeter("parley", version);
  for (const name of ["rooms", "peers", "sockets", "faults"] as const) {
    meter.createObservableGauge(`parley.${name}`)
      .addCallback((result) => result.observe(counts()[name]));
  }
}

/** Says which kind of path a request is for, so that those of all rooms count together. */
export function nameRoute({ url }: Request): void {
  const { pathname } = new URL(url);
  trace.getActiveSpan()?.setAttribute("http.route", pathname.replace(/\/r\/[^/]+/, "/r/{room}"));
}
