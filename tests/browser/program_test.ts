// The hash of the program that a site serves: anybody can recompute it, and a change is said once.

import { assert, assertEquals } from "../assert.ts";
import { launchChromium, openPeer, type Peer, startServer, waitFor } from "../rig/mod.ts";
import { shortHash } from "../../app/program/program.ts";

async function sha256(content: ArrayBuffer): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", content)).toHex();
}

function words({ page }: Peer, text: string): Promise<unknown> {
  return waitFor(() => page.evaluate((text) => document.body.innerText.includes(text), text), {
    what: `"${text}"`,
  });
}

Deno.test("the room names the program that the site serves, and says once that it has changed", async () => {
  await using server = await startServer();
  const read = async (path: string) => await (await fetch(`${server.url}/${path}`)).arrayBuffer();
  const list = await read("program.txt");
  const lines = new TextDecoder().decode(list).trimEnd().split("\n");
  for (const line of lines) {
    const [digest = "", path = ""] = line.split("  ");
    assertEquals(await sha256(await read(path)), digest, path);
  }
  const page = await (await fetch(server.room("tea"))).text();
  const used = [...page.matchAll(/(?:src|href)="\/([\w./-]+\.js)/g)].map(([, path]) => path);
  assert(used.length > 2, `${used}`);
  for (const path of used) assert(lines.some((line) => line.endsWith(`  ${path}`)), path);

  const now = await sha256(list);
  const before = "0123456789abcdef".repeat(4);
  await using chromium = await launchChromium();
  await using ann = await openPeer(chromium, `${server.url}/healthz`);
  await ann.page.setViewport({ width: 1_200, height: 800 });
  await ann.page.evaluate((before) => localStorage.setItem("parley.program", before), before);
  const room = server.room("tea", { name: "Ann", join: "1", camera: "0", microphone: "0" });
  await ann.page.goto(room);
  await words(ann, "The program of this site has changed");
  await ann.press("What does this mean?");
  await words(ann, shortHash(before));
  await words(ann, shortHash(now));
  await ann.press("Close");
  await ann.page.reload();
  await ann.press("People");
  await words(ann, `Program ${shortHash(now)}`);
  assert(!(await ann.page.evaluate(() => document.body.innerText)).includes("has changed"));
});
