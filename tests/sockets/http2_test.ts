// The address that the server reports if a request has no Host header, as over HTTP/2.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { type RunningServer, startServer } from "../rig/mod.ts";
import { at } from "./client.ts";
import { withFolder } from "./folder.ts";

const token = "a-token-that-nobody-guesses";

interface Site {
  readonly server: RunningServer;
  readonly port: string;
  /** PEM of what its certificate is trusted by. */
  readonly certificate: string;
}

async function withSite(args: string[], run: (site: Site) => Promise<void>): Promise<void> {
  await withFolder(async (folder) => {
    await Deno.chmod(folder, 0o700);
    await Deno.writeTextFile(`${folder}/token`, token);
    const kept = ["--state-dir", folder, "--admin-token-file", `${folder}/token`];
    await using server = await startServer({ args: ["--tls-self-signed", ...kept, ...args] });
    const { port } = new URL(server.url);
    await run({ server, port, certificate: `${folder}/self-signed.pem` });
  });
}

/** Sends a request with curl; the last line of its output is the version of HTTP. */
async function curl(
  certificate: string,
  ...args: string[]
): Promise<{ version: string; body: string }> {
  const { stdout, stderr } = await new Deno.Command("curl", {
    args: [
      "--silent",
      "--show-error",
      "--cacert",
      certificate,
      "--write-out",
      "\n%{http_version}",
      ...args,
    ],
  }).output();
  const output = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const end = output.lastIndexOf("\n");
  return { version: output.slice(end + 1), body: output.slice(0, end) };
}

const authorization = ["--header", `Authorization: Bearer ${token}`];

for (const version of ["2", "1.1"]) {
  Deno.test(`over HTTP/${version} the REST interface names the site that was asked`, () =>
    withSite([], async ({ port, certificate }) => {
      const how = [`--http${version}`, ...authorization];
      const ask = async (path: string, ...more: string[]) => {
        const answer = await curl(certificate, ...how, ...more, `https://localhost:${port}${path}`);
        assertEquals(answer.version, version);
        const value: Record<string, unknown> = JSON.parse(answer.body);
        return value;
      };
      const made = await ask("/api/v1/rooms", "--data", '{"name":"tea"}');
      assertEquals(made.url, `https://localhost:${port}/r/tea`);
      assertStringIncludes(String(made.ownerUrl), `https://localhost:${port}/r/tea#owner=`);
      const invite = await ask("/api/v1/rooms/tea/invites", "--data", '{"role":"member"}');
      assertStringIncludes(String(invite.url), `https://localhost:${port}/r/tea#invite=`);
      const document = await ask("/api/v1/openapi.json");
      assertEquals(at(document, "servers", "0", "url"), `https://localhost:${port}/api/v1`);
      const seen = await ask("/seen");
      assertEquals(seen, { host: `localhost:${port}`, secure: true, direct: true });
      const dotted = await ask("/seen", "--header", `Host: LocalHost.:${port}`);
      assertEquals(dotted.host, `localhost:${port}`);
    }));
}

Deno.test("headers of a trusted proxy count over HTTP/2 as over HTTP/1.1", () =>
  withSite(["--trust-proxy", "loopback"], async ({ port, certificate }) => {
    const forwarded = ["X-Forwarded-Host: Talk.Example.org:443", "X-Forwarded-Proto: https"];
    const headers = forwarded.flatMap((header) => ["--header", header]);
    const { body } = await curl(certificate, "--http2", ...headers, `https://[::1]:${port}/seen`);
    assertEquals(JSON.parse(body).host, "talk.example.org");
    const rfc = ["--header", 'Forwarded: for=192.0.2.1;proto=https;host="talk.example.org:8443"'];
    const standard = await curl(certificate, "--http2", ...rfc, `https://[::1]:${port}/seen`);
    const expected = { host: "talk.example.org:8443", secure: true, direct: false };
    assertEquals(JSON.parse(standard.body), expected);
  }));

Deno.test("the doctor finds no fault in a site with Parley's TLS", () =>
  withSite([], async ({ port, certificate }) => {
    for (const host of ["localhost", "[::1]", "127.0.0.1"]) {
      const { stdout } = await new Deno.Command(Deno.execPath(), {
        args: ["run", ...await serverFlags(), "main.ts", "doctor", `https://${host}:${port}`],
        cwd: projectFolder,
        env: { DENO_CERT: certificate },
      }).output();
      const output = new TextDecoder().decode(stdout);
      for (const check of ["page", "socket", "proxy", "certificate"]) {
        assert(new RegExp(`^ok +${check} `, "m").test(output), output);
      }
    }
  }));

Deno.test("a malformed Host header is refused and not counted as a fault", async () => {
  await using server = await startServer();
  const { port } = new URL(server.url);
  for (const host of ['bad host"<', "a:99999", "[::1"]) {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
    const request = `GET /r/tea HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    await connection.write(new TextEncoder().encode(request));
    const bytes = new Uint8Array(64);
    const count = await connection.read(bytes) ?? 0;
    const [status] = new TextDecoder().decode(bytes.subarray(0, count)).split("\r\n");
    assertEquals(status, "HTTP/1.1 400 Bad Request", host);
  }
  assertEquals((await (await fetch(`${server.url}/healthz`)).json()).faults, 0);
});
