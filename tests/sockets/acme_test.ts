// Certificates from a real ACME directory, which validates over HTTP-01 on this machine.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { renewalAt, waitAfter } from "../../server/tls/acme.ts";
import { selfSigned } from "../../server/tls/self_signed.ts";
import { freePort, startPebble, startServer, waitFor } from "../rig/mod.ts";
import { withFolder } from "./folder.ts";

const name = "talk.example.test";

/** The issuer of what is served for `name` on this machine, as openssl sees it. */
async function issuer(port: number, address = "127.0.0.1"): Promise<string> {
  const { stdout } = await new Deno.Command("sh", {
    args: [
      "-c",
      `openssl s_client -connect ${address}:${port} -servername ${name} </dev/null 2>/dev/null | openssl x509 -noout -issuer`,
    ],
    stdin: "null",
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

/** How a server is started that asks `directory`. */
function asking(
  { directory, caFile }: { directory: string; caFile: string },
  { port, redirect, stateDir }: { port: number; redirect: number; stateDir: string },
) {
  const { PORT: _, HOST: __, ...env } = Deno.env.toObject();
  return {
    env: { ...env, DENO_CERT: caFile },
    args: [
      ...["--port", String(port), "--redirect-port", String(redirect), "--state-dir", stateDir],
      ...["--acme-domain", name, "--acme-directory", directory],
    ],
  };
}

Deno.test("a certificate is ordered, validated by HTTP-01, served, kept and used again", () =>
  withFolder(async (stateDir) => {
    const [port, redirect] = [freePort(), freePort()];
    await using pebble = await startPebble({ httpPort: redirect, badNonces: 15 });
    const how = asking(pebble, { port, redirect, stateDir });
    {
      await using server = await startServer(how);
      await waitFor(async () => (await issuer(port)).includes("Pebble"), {
        what: "a certificate from the directory",
        timeout: 40_000,
      });
      const client = Deno.createHttpClient({ caCerts: [await pebble.root()] });
      const stray = await fetch(
        `http://127.0.0.1:${redirect}/.well-known/acme-challenge/none`,
        { redirect: "manual" },
      );
      await stray.body?.cancel();
      assertEquals(stray.status, 308, "only its own challenges are answered");
      client.close();
      assertStringIncludes(server.output, "got a certificate from the ACME directory");
    }
    const { mode } = await Deno.stat(`${stateDir}/acme.key`);
    assertEquals((mode ?? 0) & 0o777, 0o600);
    const kept = await Deno.readTextFile(`${stateDir}/acme.pem`);
    await using _server = await startServer(how);
    await waitFor(async () => (await issuer(port)).includes("Pebble"), { what: "the kept one" });
    assertEquals(await Deno.readTextFile(`${stateDir}/acme.pem`), kept, "no new order");
  }));

Deno.test("the directory can validate over IPv6, and the certificate is served there", () =>
  withFolder(async (stateDir) => {
    const [port, redirect] = [freePort(), freePort()];
    await using pebble = await startPebble({ httpPort: redirect, ipv6: true });
    await using _server = await startServer(asking(pebble, { port, redirect, stateDir }));
    await waitFor(async () => (await issuer(port, "[::1]")).includes("Pebble"), {
      what: "a certificate from the directory",
      timeout: 40_000,
    });
  }));

Deno.test("a failed validation is logged, and the site is up with a self-signed certificate", () =>
  withFolder(async (stateDir) => {
    const [port, redirect] = [freePort(), freePort()];
    // It asks at a port where nobody listens.
    await using pebble = await startPebble({ httpPort: freePort() });
    await using server = await startServer(asking(pebble, { port, redirect, stateDir }));
    const line = "failed to get a certificate from the ACME directory";
    await waitFor(() => server.output.includes(line), {
      what: "the reason in the log",
      timeout: 40_000,
    });
    assertStringIncludes(server.output, '"tryAgainInMinutes":5');
    assertStringIncludes(await issuer(port), "Parley");
  }));

Deno.test("a certificate is renewed with a third of its life left, and failures wait longer each time", async () => {
  const pair = await selfSigned(undefined, () => ({ names: [name], addresses: [] })).read();
  const dayMs = 24 * 60 * 60_000;
  // Ours are good for 801 days from yesterday on.
  const left = (renewalAt(pair) - Date.now()) / dayMs;
  assert(left > 530 && left < 535, String(left));
  assertEquals([1, 2, 3, 20].map((n) => waitAfter(n) / 60_000), [5, 10, 20, 360]);
});
