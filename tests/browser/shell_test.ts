// The service worker: nothing old is ever shown, an open page keeps its code, and a bad worker goes
// with a visit.

import type { Page } from "puppeteer-core";
import { assert, assertEquals, fail } from "../assert.ts";
import { join } from "node:path";
import { projectFolder } from "../../scripts/server_command.ts";
import {
  launchChromium,
  type LaunchedBrowser,
  openProfilePeer,
  startRestartable,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";

/** What a release that has to get rid of its worker serves in its place (docs/decisions.md). */
const farewell = `
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
})()));`;

const headingOf = (page: Page) =>
  page.evaluate(() => document.querySelector(":not([hidden]) > h1")?.textContent);
const cachesOf = (page: Page) => page.evaluate(() => caches.keys());
const fetched = (page: Page, path: string) =>
  page.evaluate(async (path) => (await fetch(path)).text().catch(String), path);

/**
 * How addresses of scripts change with their content: by the script's name, or by the folder of the
 * build.
 */
const layouts = {
  "a hash in each name": (name: string, version: string) =>
    `/_fresh/js/${name}-${version.repeat(16)}.js`,
  "a folder for each build": (name: string, version: string) =>
    name === "chunk"
      ? `/_fresh/js/${version.repeat(40)}/chunk-${version.toUpperCase().repeat(8)}.js`
      : `/_fresh/js/${version.repeat(40)}/${name}.js`,
};
type Layout = keyof typeof layouts;

/**
 * A server with a page and its code, of which there is a new version at any time; the worker is the
 * real one.
 */
class Origin implements AsyncDisposable {
  version = "a";
  readonly #layout: Layout;
  worker: string | undefined;
  down = false;
  readonly #server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    (request) => this.#answer(new URL(request.url).pathname),
  );

  constructor(layout: Layout = "a hash in each name") {
    this.#layout = layout;
  }

  get url(): string {
    return `http://localhost:${this.#server.addr.port}`;
  }

  /** The address of a script of a version. */
  script(name: string, version = this.version): string {
    return layouts[this.#layout](name, version);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }

  async #answer(path: string): Promise<Response> {
    if (this.down) return new Response("bad gateway", { status: 502 });
    const page = (text: string, type = "text/html") =>
      new Response(text, { headers: { "content-type": type } });
    if (path === "/" || path.startsWith("/r/")) return page(`<h1>version ${this.version}</h1>`);
    if (path === "/worker.js" && this.worker !== undefined) {
      return page(this.worker, "text/javascript");
    }
    if (path === this.script("RoomIsland")) {
      const chunk = this.script("chunk").split("/").at(-1);
      return page(`import("./${chunk}")`, "text/javascript");
    }
    if (path === this.script("chunk")) return page(`// ${this.version}`, "text/javascript");
    try {
      const bytes = await Deno.readFile(join(projectFolder, "static", path));
      const type = path.endsWith(".js") ? "text/javascript" : "text/html";
      return new Response(bytes, { headers: { "content-type": type } });
    } catch {
      return new Response("no such file", { status: 404 });
    }
  }
}

/** Opens the page and has the worker remember its code. */
async function openKept(browser: LaunchedBrowser, origin: Origin) {
  const peer = await openProfilePeer(browser, `${origin.url}/`);
  const { version } = origin;
  const paths = [origin.script("RoomIsland")];
  await keep(peer.page, { version, paths });
  await waitForValue(
    async () => (await cachesOf(peer.page)).includes(`parley code ${version}`),
    true,
    { what: "the code to be remembered" },
  );
  await waitFor(() => peer.page.evaluate(() => navigator.serviceWorker.controller !== null), {
    what: "the page to be the worker's",
  });
  return peer;
}

async function keep(page: Page, keep: { version: string; paths: string[] }): Promise<void> {
  await page.evaluate(async (keep) => {
    await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
    (await navigator.serviceWorker.ready).active?.postMessage({ keep });
  }, keep);
}

for (const layout of ["a hash in each name", "a folder for each build"] as const) {
  Deno.test(`after an update the next load is the new version, and an open page still finds its own code: ${layout}`, async () => {
    await using origin = new Origin(layout);
    await using chromium = await launchChromium();
    await using old = await openKept(chromium, origin);
    const chunk = origin.script("chunk");
    origin.version = "b";
    assertEquals(await fetched(old.page, chunk), "// a", "the server has it no more");
    assertEquals(await fetched(old.page, `${chunk}?1`), "// a", "a second try finds it, too");
    assertEquals(await fetched(old.page, origin.script("chunk")), "// b");

    await using fresh = await openProfilePeer(chromium, `${origin.url}/r/tea`);
    assertEquals(await headingOf(fresh.page), "version b");
    await old.page.reload();
    assertEquals(await headingOf(old.page), "version b");
  });
}

Deno.test("the code of old versions is forgotten, half a version is never kept", async () => {
  await using origin = new Origin();
  await using chromium = await launchChromium();
  await using peer = await openKept(chromium, origin);
  for (const version of ["b", "c", "d"]) {
    origin.version = version;
    await keep(peer.page, { version, paths: [origin.script("RoomIsland")] });
    await waitForValue(
      async () => (await cachesOf(peer.page)).includes(`parley code ${version}`),
      true,
      { what: `version ${version} to be remembered` },
    );
  }
  const kept = ["parley away", "parley code b", "parley code c", "parley code d"];
  await waitForValue(() => cachesOf(peer.page), kept, { what: "the oldest to be forgotten" });
  // Its server has gone on to another version before all of it was fetched.
  await keep(peer.page, { version: "e", paths: [origin.script("RoomIsland"), "/_fresh/js/no.js"] });
  await keep(peer.page, { version: "f", paths: [origin.script("RoomIsland")] });
  await waitForValue(
    async () => (await cachesOf(peer.page)).at(-1),
    "parley code f",
    { what: "the next whole version" },
  );
  assert(!(await cachesOf(peer.page)).includes("parley code e"), "half a version");
});

Deno.test("what is no page and no code goes past the worker, errors of the server are shown as they are", async () => {
  await using origin = new Origin();
  await using chromium = await launchChromium();
  await using peer = await openKept(chromium, origin);
  await peer.page.reload();
  const viaWorker: string[] = [];
  peer.page.on("response", (response) => {
    if (response.fromServiceWorker()) viaWorker.push(new URL(response.url()).pathname);
  });
  await fetched(peer.page, origin.script("chunk"));
  await fetched(peer.page, "/healthz");
  await fetched(peer.page, "/r/tea/inside");
  await peer.page.evaluate(async (script) => {
    await fetch(script, { headers: { range: "bytes=0-3" } });
    await fetch(script, { method: "POST" });
  }, origin.script("chunk"));
  assertEquals(viaWorker, [origin.script("chunk")]);
  origin.down = true;
  const answer = await peer.page.reload();
  assertEquals(answer?.status(), 502);
});

Deno.test("a bad worker is gone after one visit to a release without it", async () => {
  await using origin = new Origin();
  origin.worker = `addEventListener("install", () => skipWaiting());
    addEventListener("fetch", (event) => event.respondWith(new Response("<h1>stuck</h1>",
      { headers: { "content-type": "text/html" } })));`;
  await using chromium = await launchChromium();
  await using peer = await openProfilePeer(chromium, `${origin.url}/`);
  await peer.page.evaluate(async () => {
    await navigator.serviceWorker.register("/worker.js", { updateViaCache: "none" });
    await navigator.serviceWorker.ready;
  });
  await peer.page.reload();
  assertEquals(await headingOf(peer.page), "stuck");
  origin.worker = farewell;
  await peer.page.reload();
  // The visit is enough: the browser looks for another worker by itself.
  await waitForValue(
    () => peer.page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
    0,
    { what: "no worker to be left" },
  );
  await peer.page.reload();
  assertEquals(await headingOf(peer.page), "version a");
});

/** The folder in which the build puts its scripts. */
function codeFolder(folder = join(projectFolder, "_fresh/static")): string | undefined {
  const entries = [...Deno.readDirSync(folder)];
  if (entries.some(({ name }) => name.startsWith("RoomIsland"))) return folder;
  return entries.filter(({ isDirectory }) => isDirectory)
    .map(({ name }) => codeFolder(join(folder, name))).find((found) => found !== undefined);
}

/** The names of an island's script and of all that it may ever load. */
async function codeOf(island: string): Promise<string[]> {
  const folder = codeFolder() ?? fail("no build");
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".js"));
  const wanted = names.filter((name) => name.startsWith(island));
  const found = new Set<string>();
  for (let name = wanted.pop(); name !== undefined; name = wanted.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    const text = await Deno.readTextFile(join(folder, name));
    wanted.push(...names.filter((other) => text.includes(other)));
  }
  return [...found].sort();
}

Deno.test("a room's page can be installed, keeps its code, and says so when there is no network", async () => {
  await using server = await startRestartable();
  await using chromium = await launchChromium();
  const query = { name: "Ann", join: "1", camera: "0", microphone: "0" };
  await using ann = await openProfilePeer(chromium, server.current.room("tea", query));
  const { page } = ann;
  const all = await codeOf("RoomIsland");
  // What starts the islands is part of it.
  const start = await page.$eval(
    "body script[type=module][src]",
    (script) => script.getAttribute("src")?.replace(/.*\//, "") ?? "",
  );
  const kept = await waitFor(async () => {
    const name = (await cachesOf(page)).find((name) => name.startsWith("parley code "));
    if (name === undefined) return undefined;
    const paths = await page.evaluate(
      async (name) =>
        (await (await caches.open(name)).keys()).map(({ url }) => url.replace(/.*\//, "")),
      name,
    );
    return paths.length >= all.length ? paths : undefined;
  }, { what: "the room's code to be remembered" });
  assertEquals(
    kept.toSorted(),
    [...new Set([...all, start])].toSorted(),
    "all the room may ever load",
  );

  const session = await page.createCDPSession();
  const { errors, data } = await session.send("Page.getAppManifest");
  assertEquals(errors, []);
  assertEquals(JSON.parse(data ?? "").start_url, "./");
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  assertEquals(installabilityErrors, []);
  assertEquals(ann.complaints, []);

  await server.current.stop();
  await page.reload();
  assertEquals(await headingOf(page), "Parley cannot be reached");
  await page.evaluate(() => localStorage.setItem("parley", '{"language":"zh-CN"}'));
  await page.reload();
  assertEquals(await headingOf(page), "无法连接 Parley");
  await page.evaluate(() => localStorage.clear());
  await server.startAgain();
  // The offline page returns by itself, at a moment of its own.
  await waitFor(() => page.$("[data-self]"), { what: "the room" });
});
