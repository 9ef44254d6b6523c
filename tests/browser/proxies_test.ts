// A call through the proxies that docs/deploy.md sets up.

import { assertEquals } from "../assert.ts";
import {
  allComplaints,
  joinByLink,
  launchChromium,
  type ProxyName,
  startProxy,
  startServer,
  waitForFullMesh,
} from "../rig/mod.ts";

for (const name of ["nginx", "caddy"] satisfies ProxyName[]) {
  Deno.test(`two people see each other through ${name}`, async () => {
    await using server = await startServer({ args: ["--trust-proxy", "loopback"] });
    await using proxy = await startProxy(name, { target: Number(new URL(server.url).port) });
    await using chromium = await launchChromium();
    await using ann = await joinByLink(chromium, { server: proxy, room: "tea", name: "Ann" });
    await using bob = await joinByLink(chromium, { server: proxy, room: "tea", name: "Bob" });
    await waitForFullMesh([ann, bob]);
    assertEquals(await allComplaints([ann, bob]), []);
  });
}
