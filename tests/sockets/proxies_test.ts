// Parley behind nginx and Caddy as deploy/ sets them up.

import { assert, assertEquals } from "../assert.ts";
import { type ProxyName, type RunningServer, startProxy, startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

const behind = ["--trust-proxy", "loopback", "--allow-origin", "*", "--admin-token-file"];
const token = "a-token-that-nobody-guesses";

async function withServer(run: (server: RunningServer) => Promise<void>): Promise<void> {
  const file = await Deno.makeTempFile();
  await Deno.writeTextFile(file, token);
  try {
    await using server = await startServer({ args: [...behind, file] });
    await run(server);
  } finally {
    await Deno.remove(file);
  }
}

async function open(url: string): Promise<Client> {
  const client = new Client(`${url.replace("http", "ws")}/ws`);
  await client.opened;
  return client;
}

for (const name of ["nginx", "caddy"] satisfies ProxyName[]) {
  Deno.test(`behind ${name}: pages with their headers, and two people who write to each other`, () =>
    withServer(async (server) => {
      await using proxy = await startProxy(name, Number(new URL(server.url).port));
      const page = await fetch(`${proxy.url}/r/tea`);
      assertEquals(page.status, 200);
      assert((await page.text()).includes("tea"));
      assert(page.headers.get("content-security-policy")?.includes("default-src 'none'"));
      assertEquals(page.headers.get("x-content-type-options"), "nosniff");
      const ann = await open(proxy.url);
      ann.say({ type: "join", room: "tea", name: "Ann" });
      await ann.hear("welcome");
      const bob = await open(proxy.url);
      bob.say({ type: "join", room: "tea", name: "Bob" });
      await bob.hear("welcome");
      bob.say({ type: "chat", ref: "r1", text: "through the proxy" });
      await ann.hear("chat");
      await Promise.all([ann.leave(), bob.leave()]);
    }));

  Deno.test(`behind ${name}: the client's address is the proxy's word, not the client's`, () =>
    withServer(async (server) => {
      await using proxy = await startProxy(name, Number(new URL(server.url).port));
      // Whatever a client says of itself: all its wrong tokens count against its one real address.
      const guess = async (n: number) => {
        const answer = await fetch(`${proxy.url}/metrics`, {
          headers: { authorization: `Bearer wrong-${n}`, "x-forwarded-for": `198.51.100.${n}` },
        });
        await answer.body?.cancel();
        return answer.status;
      };
      const statuses: number[] = [];
      while (!statuses.includes(429) && statuses.length < 20) {
        statuses.push(await guess(statuses.length));
      }
      assertEquals(statuses.at(-1), 429);
    }));
}
