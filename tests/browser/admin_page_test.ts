// The administration in the browser, with a real call to look after.

import { assert, assertEquals } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForTiles,
} from "../rig/mod.ts";
import { Client } from "../sockets/client.ts";
import { findings } from "./axe.ts";

const token = "a-token-that-is-long-enough-for-it";

function text({ page }: Peer): Promise<string> {
  return page.$eval("main", (main) => main.innerText);
}

async function enter(peer: Peer, word: string): Promise<void> {
  await using box = await waitFor(() => peer.page.$('input[name="admin-token"]'), {
    what: "the box for the token",
  });
  await box.click({ count: 3 });
  await box.type(word);
  await peer.press("Sign in");
}

/** A client joins a sealed room, as a program would. */
async function joinSealed({ url }: RunningServer, room: string): Promise<void> {
  const client = new Client(`${url.replace("http", "ws")}/ws`);
  await client.opened;
  const sealed = { door: "d", peerId: "01234567".repeat(4), hello: "h", card: "c" };
  client.say({ type: "join", room, name: "", sealed });
  await client.hear("welcome");
}

Deno.test("with the token an administrator sees rooms and people, removes, closes and stops", async () => {
  const tokenFile = await Deno.makeTempFile();
  await Deno.writeTextFile(tokenFile, `${token}\n`);
  const args = ["--admin-token-file", tokenFile, "--allow-origin", "*"];
  const server = await startServer({ args });
  await using chromium = await launchChromium();
  await joinSealed(server, "jam");
  const silent = { server, room: "tea", camera: false, microphone: false };
  await using ann = await joinByLink(chromium, { ...silent, name: "Ann" });
  await using bob = await joinByLink(chromium, { ...silent, name: "Bob" });
  await waitForTiles([ann, bob], 1);
  await using admin = await openPeer(chromium, `${server.url}/admin`);
  await enter(admin, "a-token-that-is-long-enough-but-wrong");
  await waitFor(async () => (await text(admin)).includes("Wrong token"), { what: "a refusal" });
  await enter(admin, token);
  await admin.press(/^jam/);
  await waitFor(async () => (await text(admin)).includes("Person 01234567"), { what: "an id" });
  assert(!(await text(admin)).includes("Copy owner link"), "it would lack the secret");
  await admin.press(/^Close the room…/);
  await admin.press("Close the room");
  await admin.press(/^tea/);
  await waitFor(async () => (await text(admin)).includes("Bob"), { what: "the people" });
  assertEquals(await findings(admin.page, "admin"), []);
  await admin.press(/^Remove\s*Bob/);
  await admin.press("Remove");
  await waitForTiles([ann], 0);
  await waitFor(async () => !(await text(admin)).includes("Bob"), { what: "Bob to be gone here" });
  // In the same tab the token is still there, nowhere else.
  await admin.page.reload();
  await waitFor(async () => (await text(admin)).includes("1 person"), { what: "the list again" });
  await using other = await openPeer(chromium, `${server.url}/admin`);
  await waitFor(async () => (await text(other)).includes("Admin token"), { what: "a door" });
  await admin.press(/^tea/);
  await admin.press(/^Close the room…/);
  await admin.press("Close the room");
  await waitFor(async () => (await text(admin)).includes("Nobody is in a room"), {
    what: "an empty list",
  });
  await waitFor(async () => (await ann.page.$("[data-self]")) === null, { what: "Ann's end" });
  await admin.press(/^Stop the server…/);
  await admin.press("Stop the server");
  await waitFor(async () => (await text(admin)).includes("is stopping"), { what: "the stop" });
  assertEquals((await server.child.status).code, 0);
  await Deno.remove(tokenFile);
});

Deno.test("over HTTP/2 the owner link that is copied opens the room as its owner", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/token`, token);
  const kept = ["--state-dir", folder, "--admin-token-file", `${folder}/token`];
  await using server = await startServer({ args: ["--tls-self-signed", ...kept] });
  await using chromium = await launchChromium({ flags: ["--ignore-certificate-errors"] });
  const silent = { server, room: "tea", camera: false, microphone: false };
  await using _ann = await joinByLink(chromium, { ...silent, name: "Ann" });
  await using admin = await openPeer(chromium, `${server.url}/admin`);
  const protocol = await admin.page.evaluate(() =>
    performance.getEntriesByType("navigation").map((entry) => Object(entry).nextHopProtocol)
  );
  assertEquals(protocol, ["h2"]);
  await enter(admin, token);
  await admin.press(/^tea/);
  await admin.page.evaluate(() => {
    navigator.clipboard.writeText = (text) => {
      document.body.dataset.copied = text;
      return Promise.resolve();
    };
  });
  await admin.press(/owner link/i);
  const copied = await waitFor(
    () => admin.page.evaluate(() => document.body.dataset.copied),
    { what: "the link" },
  );
  const { origin, pathname, hash } = new URL(copied);
  assertEquals([origin, pathname, hash.startsWith("#owner=")], [server.url, "/r/tea", true]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("without a token there is no such page", async () => {
  await using server = await startServer();
  const answer = await fetch(`${server.url}/admin`);
  assertEquals([answer.status, (await answer.text()).includes("admin-token")], [404, false]);
});
