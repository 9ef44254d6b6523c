// `parley doctor` against what it looks at: a real server, a real relay, things that are wrong.

import { once } from "node:events";
import { createSocket } from "node:dgram";
import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { listenHosts } from "../../server/listen_address.ts";
import { selfSigned } from "../../server/tls/self_signed.ts";
import { type Coturn, freePort, startCoturn, startServer } from "../rig/mod.ts";
import { withFolder } from "./folder.ts";

interface Check {
  readonly name: string;
  readonly state: string;
  readonly seen: string;
  readonly fix?: string;
}

/** Runs it as people do. */
async function doctor(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...await serverFlags(), "main.ts", "doctor", ...args],
    cwd: projectFolder,
    env,
  }).output();
  const text = new TextDecoder();
  return { code, output: text.decode(stdout) + text.decode(stderr) };
}

async function checks(
  args: readonly string[],
  env?: Record<string, string>,
): Promise<{ code: number; all: readonly Check[] }> {
  const { code, output } = await doctor([...args, "--json"], env);
  const all: Check[] = JSON.parse(output);
  return { code, all };
}

function find(all: readonly Check[], name: string): Check | undefined {
  return all.find((check) => check.name.startsWith(name));
}

function relayOf({ port, secretFile }: Coturn): string[] {
  const urls = ["udp", "tcp"].map((way) => `turn:127.0.0.1:${port}?transport=${way}`);
  return ["--turn-urls", urls.join(), "--turn-secret-file", secretFile];
}

Deno.test("a healthy server passes, and the relay of deploy/ refuses private addresses", () =>
  withFolder(async (folder) => {
    await Deno.chmod(folder, 0o700);
    await using relay = await startCoturn(folder, { config: "turnserver.conf" });
    const settings = ["--state-dir", folder, ...relayOf(relay)];
    await using server = await startServer({ args: settings });
    const { port } = new URL(server.url);
    const args = [...settings, "--port", port];
    const { code, all } = await checks([server.url, ...args]);
    assertEquals([all.filter(({ state }) => state === "fail"), code], [[], 0]);
    for (
      const name of ["page", "security headers", "socket", "clock", "proxy", "port", "UDP", "state"]
    ) {
      assertEquals(find(all, name)?.state, "ok", name);
    }
    const relays = all.filter(({ name }) => name.startsWith(`relay turn:127.0.0.1:${relay.port}`));
    assertEquals(relays.map(({ state }) => state), ["ok", "ok", "ok", "ok"]);
    const { output } = await doctor([server.url, ...args]);
    assertStringIncludes(output, "ok    page");
  }));

Deno.test("an open relay, a wrong secret and a missing relay get different results", () =>
  withFolder(async (folder) => {
    await using open = await startCoturn(folder);
    const inside = await checks(["--state-dir", folder, ...relayOf(open)]);
    assertEquals(inside.code, 1);
    const found = inside.all.find(({ name }) => name.endsWith(", inside"));
    assert(found?.state === "fail" && found.fix?.includes("denied-peer-ip"));

    await Deno.writeTextFile(`${folder}/other`, "another secret");
    const [, urls = ""] = relayOf(open);
    const wrong = await checks(
      ["--state-dir", folder, "--turn-urls", urls, "--turn-secret-file", `${folder}/other`],
    );
    assertStringIncludes(find(wrong.all, "relay")?.seen ?? "", "401");

    const nobody = `turn:127.0.0.1:${freePort()}?transport=tcp`;
    const gone = await checks(
      ["--state-dir", folder, "--turn-urls", nobody, "--turn-secret-file", `${folder}/other`],
    );
    assert(find(gone.all, "relay")?.fix?.includes("check that it is running"));
  }));

Deno.test("a proxy that drops Upgrade and a missing site are reported with the fix", async () => {
  await using server = await startServer();
  await using proxy = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    return fetch(server.url + pathname, { headers: { host: "inside" } });
  });
  const url = `http://localhost:${proxy.addr.port}`;
  const { all, code } = await checks([url]);
  assertEquals([code, find(all, "socket")?.state, find(all, "proxy")?.state], [1, "fail", "fail"]);
  assertStringIncludes(find(all, "proxy")?.fix ?? "", "--trust-proxy");

  const gone = await checks([`http://localhost:${freePort()}`]);
  assertStringIncludes(find(gone.all, "page")?.fix ?? "", "nothing listens there");
  const usage = await doctor(["nonsense"]);
  assertEquals(usage.code, 2);
  assertStringIncludes(usage.output, '"nonsense" is not the address of a site');
});

/** State and words of each check of the server's own relay, by its name without the port. */
function ownRelay(all: readonly Check[], port: string): Record<string, string> {
  return Object.fromEntries(
    all.filter(({ name }) => name.startsWith("relay"))
      .map(({ name, state, seen }) => [name.replaceAll(`:${port}`, ""), `${state}: ${seen}`]),
  );
}

Deno.test("the server's own relay is tried over UDP, TCP and TLS as a page would", () =>
  withFolder(async (folder) => {
    const names = () => ({ names: ["localhost"], addresses: [] });
    const { cert, key } = await selfSigned(undefined, names).read();
    await Deno.writeTextFile(`${folder}/cert.pem`, cert);
    await Deno.writeTextFile(`${folder}/key.pem`, key);
    const tls = ["--tls-cert", `${folder}/cert.pem`, "--tls-key", `${folder}/key.pem`];
    await using server = await startServer({ args: ["--state-dir", folder, ...tls] });
    const { port } = new URL(server.url);
    const args = [server.url, "--state-dir", folder, ...tls, "--port", port];
    const { all, code } = await checks(args, { DENO_CERT: `${folder}/cert.pem` });
    assertEquals([all.filter(({ state }) => state === "fail"), code], [[], 0]);
    const found = ownRelay(all, port);
    for (const way of ["turn:localhost?transport=udp", "turn:localhost?transport=tcp"]) {
      assertStringIncludes(found[`relay ${way}`] ?? "", "ok: relays from ");
    }
    assertStringIncludes(found["relay turns:localhost?transport=tcp"] ?? "", "ok: relays from ");
    assertEquals(
      found["relay turns:localhost?transport=tcp, inside"],
      "ok: is closed to private addresses",
    );
    assertStringIncludes(
      found["relay stun:localhost"] ?? "",
      "ok: sees this machine as 127.0.0.1:",
    );
  }));

Deno.test("the relay's ports and what it reaches inside are compared with the settings", () =>
  withFolder(async (folder) => {
    const settings = ["--state-dir", folder, "--host", "127.0.0.1"];
    const open = [...settings, "--turn-allow-peers", "loopback"];
    await using server = await startServer({ args: open });
    const { port } = new URL(server.url);
    const url = `http://127.0.0.1:${port}`;
    const known = await checks([url, ...open, "--port", port]);
    const found = ownRelay(known.all, port);
    assertEquals(known.code, 0);
    assertStringIncludes(found["relay ports"] ?? "", "ok: 127.0.0.1:");
    assertStringIncludes(
      found["relay turn:127.0.0.1?transport=udp, inside"] ?? "",
      "ok: lets people reach 127.0.0.1, as --turn-allow-peers says",
    );
    // A doctor that does not know of the permission takes it for a mistake.
    const unknown = await checks([url, ...settings, "--port", port, "--turn-ports", "none"]);
    assertEquals(unknown.code, 1);
    assertStringIncludes(ownRelay(unknown.all, port)["relay ports"] ?? "", "ok: none");
  }));

Deno.test("a relay that is off, or has no UDP port, is reported with the reason", () =>
  withFolder(async (folder) => {
    await using server = await startServer({ args: ["--no-turn", "--state-dir", folder] });
    const off = await checks([server.url, "--no-turn", "--state-dir", folder]);
    assertStringIncludes(find(off.all, "relay")?.seen ?? "", "--no-turn is set");
    assertStringIncludes(find(off.all, "relay")?.fix ?? "", "remove --no-turn");
    assertEquals(find(off.all, "UDP port"), undefined);

    // Another program has the port on all addresses.
    const [everywhere = ""] = listenHosts("::");
    const other = createSocket(everywhere === "::" ? "udp6" : "udp4").bind(0, everywhere);
    await once(other, "listening");
    const taken = ["--turn-port", String(other.address().port), "--state-dir", folder];
    await using second = await startServer({ args: taken });
    const { all } = await checks([second.url, ...taken]);
    other.close();
    assertEquals(find(all, "relay over UDP")?.state, "warn");
    assertStringIncludes(find(all, "UDP port")?.fix ?? "", "ss -lunp");
    assertEquals(all.filter(({ name, state }) => /^relay turn:/.test(name) && state !== "ok"), []);
  }));

Deno.test("a machine that others cannot reach is told to set --turn-address", () =>
  withFolder(async (folder) => {
    const args = ["--state-dir", folder, "--port", String(freePort()), "--turn-address"];
    const inside = find((await checks([...args, "10.1.2.3"])).all, "relayed address");
    assertEquals(inside?.state, "warn");
    assertStringIncludes(inside?.fix ?? "", "set --turn-address to the public address");
    const outside = find((await checks([...args, "8.8.8.8"])).all, "relayed address");
    assertEquals(outside?.seen, "8.8.8.8, from --turn-address");
  }));
