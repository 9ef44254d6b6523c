// OpenTelemetry as Deno exports it: a collector on this machine that takes what comes.

import { assert } from "../assert.ts";
import { startServer, waitFor } from "../rig/mod.ts";

Deno.test("with OTEL_DENO spans have their route, and the counts are exported", async () => {
  const bodies: string[] = [];
  await using collector = Deno.serve({ port: 0, onListen: () => {} }, async (request) => {
    bodies.push(await request.text());
    return new Response();
  });
  const { PORT: _, HOST: __, ...env } = Deno.env.toObject();
  await using server = await startServer({
    env: {
      ...env,
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collector.addr.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "100",
    },
  });
  await (await fetch(server.room("tea"))).text();
  const has = (text: string) => bodies.some((body) => body.includes(text));
  await waitFor(() => has("/r/{room}"), { what: "a span of a room's page" });
  // The last export has them. With a shorter interval than the usual minute an export may begin
  // while the program ends, and Deno 2.7.11 then waits without end (docs/operating.md).
  await server.stop();
  for (const name of ["rooms", "peers", "sockets", "faults"]) assert(has(`parley.${name}`), name);
  assert(!has("Authorization"));
});
