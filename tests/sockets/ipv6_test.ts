// The server over both IP versions, with the real program and real clients.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { Client } from "./client.ts";
import { withFolder } from "./folder.ts";

/** Runs one of the other commands of the program. */
async function parley(...args: string[]): Promise<{ code: number; said: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...await serverFlags(), "main.ts", ...args],
    cwd: projectFolder,
  }).output();
  const text = new TextDecoder();
  return { code, said: (text.decode(stdout) + text.decode(stderr)).trim() };
}

async function curl(...args: string[]): Promise<string> {
  const { stdout } = await new Deno.Command("curl", {
    args: ["--silent", "--max-time", "10", ...args],
    stderr: "null",
  }).output();
  return new TextDecoder().decode(stdout);
}

function portOf(server: RunningServer): string {
  return new URL(server.url).port;
}

Deno.test("without --host the server listens on both IP versions, and IPv4 clients keep their address", async () => {
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  const port = portOf(server);
  for (const version of ["-4", "-6"]) {
    assertEquals(await curl(version, `http://localhost:${port}/readyz`), "ready\n", version);
  }
  // Loopback is not counted, as on a socket for IPv4 alone: it may have more than one address may.
  const clients = Array.from({ length: 40 }, () => new Client(`ws://127.0.0.1:${port}/ws`));
  await Promise.all(clients.map(({ opened }) => opened));
  for (const { socket } of clients) socket.close();
  await Promise.all(clients.map(({ closed }) => closed));
});

Deno.test("a proxy is trusted by its IPv4 address on a socket for both IP versions", async () => {
  await using server = await startServer({ args: ["--trust-proxy", "127.0.0.1"] });
  const forwarded = { "x-forwarded-host": "talk.example.org", "x-forwarded-proto": "https" };
  const seen = await fetch(`http://127.0.0.1:${portOf(server)}/seen`, { headers: forwarded });
  const host = "talk.example.org";
  assertEquals(await seen.json(), { host, secure: true, direct: true });
});

for (const host of ["::1", "[::1]"]) {
  Deno.test(`--host ${host} is printed as a link, healthy, and found well by the doctor`, () =>
    withFolder(async (folder) => {
      await Deno.chmod(folder, 0o700);
      const token = `${folder}/token`;
      await Deno.writeTextFile(token, "a-token-that-nobody-guesses");
      const settings = ["--host", host, "--admin-token-file", token, "--state-dir", folder];
      await using server = await startServer({ args: settings, address: "[::1]" });
      const port = portOf(server);
      assertStringIncludes(server.output, `is at http://[::1]:${port}\n`);
      assertEquals((await parley("healthy", "--port", port, ...settings)).code, 0);
      const site = `http://[::1]:${port}`;
      const { code, said } = await parley("doctor", site, "--port", port, ...settings);
      assertEquals(code, 0, said);
      for (const check of ["page", "socket", "proxy", `port ${port}`]) {
        assert(new RegExp(`^ok +${check} `, "m").test(said), said);
      }
      const rooms = await parley("admin", "rooms", "--url", site, "--admin-token-file", token);
      assertEquals(rooms, { code: 0, said: "" });
    }));
}

Deno.test("parley healthy fails over IPv6 too if no server listens", async () => {
  const server = await startServer({ args: ["--host", "::1"], address: "[::1]" });
  const port = portOf(server);
  await server.stop();
  assertEquals((await parley("healthy", "--host", "::1", "--port", port)).code, 1);
});

Deno.test("http redirects to https over IPv6, with brackets and the name of the site", () =>
  withFolder(async (folder) => {
    const args = ["--tls-self-signed", "--redirect-port", "0", "--state-dir", folder];
    await using server = await startServer({ args });
    const redirect = await waitFor(() => /"redirectPort":(\d+)/.exec(server.output)?.[1], {
      what: "the port to be said",
    });
    const to = (...how: string[]) =>
      curl("--output", "/dev/null", "--write-out", "%{http_code} %{redirect_url}", ...how);
    const https = portOf(server);
    assertEquals(
      await to(`http://[::1]:${redirect}/r/tea?a=1`),
      `308 https://[::1]:${https}/r/tea?a=1`,
    );
    const named = ["--header", "Host: Talk.Example.org.", `http://127.0.0.1:${redirect}/r/tea`];
    assertEquals(await to(...named), `308 https://talk.example.org:${https}/r/tea`);
    for (const host of ["Host;", "Host: a b", "Host: a/b", "Host: user@evil.example"]) {
      const [status] = (await to("--header", host, `http://127.0.0.1:${redirect}//evil.example`))
        .split(" ");
      assertEquals(status, "400", host);
    }
    // The certificate is for this address too, so a client that trusts it connects.
    const kept = `${folder}/self-signed.pem`;
    assertEquals(await curl("--cacert", kept, `https://[::1]:${https}/readyz`), "ready\n");
  }));

Deno.test("an address of another machine is refused in one line that names its source", async () => {
  const { PORT: _, HOST: __, ...env } = Deno.env.toObject();
  const run = async (more: Record<string, string>, ...args: string[]) => {
    const { code, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...await serverFlags(), "main.ts", ...args],
      cwd: projectFolder,
      env: { ...env, ...more },
      clearEnv: true,
      stdout: "null",
    }).output();
    return { code, said: new TextDecoder().decode(stderr).trim() };
  };
  const flag = await run({}, "--host", "2001:db8::1", "--port", "0");
  assertEquals(flag.code, 1);
  assertStringIncludes(flag.said, "--host: cannot listen on [2001:db8::1]:0: ");
  const name = await run({ HOST: "2001:db8::2", PORT: "0" });
  assertStringIncludes(name.said, "HOST: cannot listen on [2001:db8::2]:0: ");
  assertStringIncludes(name.said, "unset HOST");
  assertEquals(name.said.includes("\n"), false, name.said);
});

Deno.test("variables of a Kubernetes service are ignored with one line", async () => {
  const { PORT: _, HOST: __, ...env } = Deno.env.toObject();
  const service = {
    PARLEY_PORT: "tcp://10.0.0.1:80",
    PARLEY_SERVICE_HOST: "10.0.0.1",
    PARLEY_SERVICE_PORT: "80",
    PARLEY_PORT_80_TCP: "tcp://10.0.0.1:80",
  };
  await using server = await startServer({ env: { ...env, ...service } });
  const lines = await waitFor(() => {
    const found = server.output.split("\n").filter((line) => line.includes("Kubernetes"));
    return found.length > 0 ? found : undefined;
  }, { what: "the line" });
  assertEquals(lines.length, 1);
  for (const name of Object.keys(service)) assertStringIncludes(lines.join(), name);
});
