// The libraries that the binary loads on demand, each in real use: they must be inside and work
// there.

import { assert, assertEquals, assertMatch, assertStringIncludes } from "../assert.ts";
import { freePort, runServer, startPebble, startRedis, startServer, waitFor } from "../rig/mod.ts";
import { alone } from "./alone.ts";
import { withFolder } from "../sockets/folder.ts";

const token = "a-token-that-nobody-guesses";

Deno.test("the binary answers /metrics", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/token`, token);
    await using server = await startServer(alone(["--admin-token-file", `${folder}/token`]));
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/metrics`, { headers });
    const text = await answer.text();
    assertEquals(answer.status, 200, text);
    assertMatch(text, /^parley_build_info\{version="[\d.]+"\} 1$/m);
    assertMatch(text, /^parley_event_loop_lag_seconds_count \d+$/m);
  }));

Deno.test("the binary starts with OTEL_DENO, which loads the API of OpenTelemetry", async () => {
  await using server = await startServer(alone([], { OTEL_DENO: "true" }));
  assertEquals(await (await fetch(`${server.url}/readyz`)).text(), "ready\n");
});

Deno.test("the binary makes a self-signed certificate and serves https with it", () =>
  withFolder(async (folder) => {
    await using server = await startServer(alone(["--tls-self-signed", "--state-dir", folder]));
    assertStringIncludes(server.output, "On your network: https://");
    assertMatch(server.output, /[▀▄█]{3}/, "a QR code");
    using client = Deno.createHttpClient({
      caCerts: [await Deno.readTextFile(`${folder}/self-signed.pem`)],
    });
    const answer = await fetch(`${server.url}/healthz`, { client });
    await answer.body?.cancel();
    assertEquals(answer.status, 200);
  }));

Deno.test("the binary gets a certificate from an ACME directory", () =>
  withFolder(async (folder) => {
    const redirect = freePort();
    await using pebble = await startPebble({ httpPort: redirect });
    const args = ["--redirect-port", String(redirect), "--state-dir", folder];
    args.push("--acme-domain", "talk.example.test", "--acme-directory", pebble.directory);
    await using server = await startServer(alone(args, { DENO_CERT: pebble.caFile }));
    await waitFor(() => server.output.includes("got a certificate from the ACME directory"), {
      what: "a certificate from the directory",
      timeout: 40_000,
    });
  }));

Deno.test("the binary reads a TOML file and prints the settings", () =>
  withFolder(async (folder) => {
    const file = `${folder}/parley.toml`;
    await Deno.writeTextFile(file, 'room-capacity = 5\nallow-origin = ["*"]\n');
    const { code, output } = await runServer(alone(["config", "--config", file]));
    assertEquals(code, 0, output);
    assertMatch(output, /room-capacity\W+5/);
  }));

Deno.test("the binary's doctor examines a site", async () => {
  await using server = await startServer(alone());
  const { output } = await runServer(alone(["doctor", server.url, "--json"]));
  const checks: unknown = JSON.parse(output);
  assert(Array.isArray(checks) && checks.length > 5, output);
});

Deno.test("the binary's doctor uses Redis as a node does", async () => {
  await using redis = await startRedis();
  const { output } = await runServer(alone(["doctor", "--redis", redis.url, "--json"]));
  const checks: { name: string; state: string }[] = JSON.parse(output);
  for (const name of ["Redis, scripts", "Redis, texts"]) {
    assertEquals(checks.find((check) => check.name === name)?.state, "ok", output);
  }
});

Deno.test("the binary's admin command asks a running server", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/token`, token);
    const flags = ["--admin-token-file", `${folder}/token`];
    await using server = await startServer(alone(flags));
    const { code, output } = await runServer(
      alone(["admin", "rooms", "--url", server.url, ...flags]),
    );
    assertEquals(code, 0, output);
  }));

Deno.test("the binary prints the licences of the libraries inside", async () => {
  const { code, output } = await runServer(alone(["licences"]));
  assertEquals(code, 0);
  for (
    const name of [
      "preact 10",
      "acme-client 5",
      "@redis/client 6",
      "prom-client 15",
      "uqr 0",
      "deno-std 1",
      "mediabunny 1",
    ]
  ) {
    assertMatch(output, new RegExp(`^${name}[.\\d]+: [\\w.-]+$`, "m"));
  }
  for (const made of ["RNNoise, from @jitsi/rnnoise-wasm", "Selfie segmentation model, from"]) {
    assert(output.includes(made), made);
  }
  assert(!/^esbuild|^terser/m.test(output), "what only builds is not inside");
  assert(output.split("Permission is hereby granted").length > 40, "the texts are there");
});
