import { assertEquals } from "../assert.ts";
import { startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} tells every client to come back soon, 1012, and ends the process with 0`, async () => {
    const server = await startServer({ args: ["--allow-origin", "*"] });
    const clients = [1, 2, 3].map(() => new Client(`${server.url.replace("http", "ws")}/ws`));
    for (const client of clients) {
      await client.opened;
      client.say({ type: "join", room: "tea", name: "Ann" });
      await client.hear("welcome");
    }
    server.child.kill(signal);
    assertEquals(await Promise.all(clients.map((client) => client.closed)), [1012, 1012, 1012]);
    assertEquals((await server.stop()).code, 0);
  });
}
