// `parley doctor` against what it looks at: a real server, a real relay, things that are wrong.

import { assert, assertEquals, assertStringIncludes } from "../assert.ts";
import { projectFolder, serverFlags } from "../../scripts/server_command.ts";
import { type Coturn, freePort, startCoturn, startServer } from "../rig/mod.ts";
import { withFolder } from "./folder.ts";

interface Check {
  readonly name: string;
  readonly state: string;
  readonly seen: string;
  readonly fix?: string;
}

/** Runs it as people do. */
async function doctor(...args: string[]): Promise<{ code: number; output: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...await serverFlags(), "main.ts", "doctor", ...args],
    cwd: projectFolder,
  }).output();
  const text = new TextDecoder();
  return { code, output: text.decode(stdout) + text.decode(stderr) };
}

async function checks(...args: string[]): Promise<{ code: number; all: readonly Check[] }> {
  const { code, output } = await doctor(...args, "--json");
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
    await using server = await startServer({ args: ["--state-dir", folder] });
    const port = new URL(server.url).port;
    const args = ["--state-dir", folder, "--port", port, ...relayOf(relay)];
    const { code, all } = await checks(server.url, ...args);
    assertEquals([all.filter(({ state }) => state === "fail"), code], [[], 0]);
    for (const name of ["page", "security headers", "socket", "clock", "proxy", "port", "state"]) {
      assertEquals(find(all, name)?.state, "ok", name);
    }
    const relays = all.filter(({ name }) => name.startsWith("relay"));
    assertEquals(relays.map(({ state }) => state), ["ok", "ok", "ok", "ok"]);
    const { output } = await doctor(server.url, ...args);
    assertStringIncludes(output, "ok    page");
  }));

Deno.test("an open relay, a wrong secret and a missing relay get different results", () =>
  withFolder(async (folder) => {
    await using open = await startCoturn(folder);
    const inside = await checks("--state-dir", folder, ...relayOf(open));
    assertEquals(inside.code, 1);
    const found = inside.all.find(({ name }) => name.endsWith(", inside"));
    assert(found?.state === "fail" && found.fix?.includes("denied-peer-ip"));

    await Deno.writeTextFile(`${folder}/other`, "another secret");
    const [, urls = ""] = relayOf(open);
    const wrong = await checks(
      ...["--state-dir", folder, "--turn-urls", urls, "--turn-secret-file", `${folder}/other`],
    );
    assertStringIncludes(find(wrong.all, "relay")?.seen ?? "", "401");

    const nobody = `turn:127.0.0.1:${freePort()}?transport=tcp`;
    const gone = await checks(
      ...["--state-dir", folder, "--turn-urls", nobody, "--turn-secret-file", `${folder}/other`],
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
  const { all, code } = await checks(url);
  assertEquals([code, find(all, "socket")?.state, find(all, "proxy")?.state], [1, "fail", "fail"]);
  assertStringIncludes(find(all, "proxy")?.fix ?? "", "--trust-proxy");

  const gone = await checks(`http://localhost:${freePort()}`);
  assertStringIncludes(find(gone.all, "page")?.fix ?? "", "nothing listens there");
  const usage = await doctor("nonsense");
  assertEquals(usage.code, 2);
  assertStringIncludes(usage.output, '"nonsense" is not the address of a site');
});
