// Parley below a path of a site that belongs to something else, over a real connection.

import { assert, assertEquals } from "../assert.ts";
import { languages } from "../../app/ui/words/languages.ts";
import { startServer } from "../rig/mod.ts";
import { Client } from "./client.ts";

const below = { args: ["--base-path", "/talk/", "--allow-origin", "*"] };

/** Every address that a page names for the browser to load or go to. */
function addressesIn(html: string): string[] {
  return [...html.matchAll(/ (?:href|src)="([^"#]+)"/g)].map(([, address = ""]) => address)
    .filter((address) => !address.startsWith("data:"));
}

Deno.test("everything a page names is below the base path, and answers there", async () => {
  await using server = await startServer(below);
  assert(server.url.endsWith("/talk"), server.url);
  for (const path of ["", "/", "/r/tea", "/no/such/page"]) {
    const response = await fetch(server.url + path);
    assertEquals(response.status, path.startsWith("/no") ? 404 : 200, path);
    const addresses = addressesIn(await response.text());
    assert(addresses.length > 5, `${path}: ${addresses}`);
    for (const address of addresses) {
      assert(address.startsWith("/talk/"), `${path} names ${address}`);
      const answer = await fetch(new URL(address, server.url));
      await answer.body?.cancel();
      assertEquals(answer.status, 200, address);
    }
  }
});

Deno.test("nothing but the base path is Parley's", async () => {
  await using server = await startServer(below);
  for (const path of ["/", "/r/tea", "/healthz", "/styles.css", "/talking", "/talk.css"]) {
    const response = await fetch(new URL(path, server.url));
    await response.body?.cancel();
    assertEquals(response.status, 404, path);
  }
});

Deno.test("the manifest and the worker resolve their files below the base path", async () => {
  await using server = await startServer(below);
  for (const language of languages) {
    const address = `${server.url}/manifest.${language}.webmanifest`;
    const { start_url, scope, icons } = await (await fetch(address)).json();
    const at = (path: string) => new URL(path, address).pathname;
    assertEquals([at(start_url), at(scope)], ["/talk/", "/talk/"]);
    for (const { src } of icons) {
      const answer = await fetch(new URL(src, address));
      await answer.body?.cancel();
      assertEquals(answer.status, 200, src);
    }
  }
});

Deno.test("two people meet below the base path", async () => {
  await using server = await startServer(below);
  const address = `${server.url.replace("http", "ws")}/ws`;
  const [ann, bob] = [new Client(address), new Client(address)];
  await Promise.all([ann.opened, bob.opened]);
  ann.say({ type: "join", room: "tea", name: "Ann" });
  await ann.hear("welcome");
  bob.say({ type: "join", room: "tea", name: "Bob" });
  await ann.hear("peer-joined");
  const inside = await (await fetch(`${server.url}/r/tea/inside`)).json();
  assertEquals(inside.people.map(({ name }: { name: string }) => name), ["Ann", "Bob"]);
  await Promise.all([ann.leave(), bob.leave()]);
});
