// The client module as docs/client.md tells others to use it: the manual's own programs are run.

import { assertEquals, fail } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  type RunningServer,
  startRestartable,
  startServer,
  waitFor,
  waitForValue,
} from "../rig/mod.ts";

const manual = await Deno.readTextFile(new URL("../../docs/client.md", import.meta.url));

/** The manual's program of this kind, for this server and room. */
function program(kind: "bot" | "page", { server, name }: { server: string; name: string }): string {
  const text = new RegExp(`\`\`\`\\w+ ${kind}\\n(.*?)\`\`\``, "s").exec(manual)?.[1] ?? fail(kind);
  return text.replaceAll("https://talk.example.org", server).replace(
    'name: "Ann"',
    `name: "${name}"`,
  );
}

/** Runs a program of text in Deno; `await using` ends it. */
async function run(text: string): Promise<AsyncDisposable> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(file, text);
  const args = ["run", "-A", "--no-lock", "--no-config", "--no-check", "--reload", file];
  const child = new Deno.Command(Deno.execPath(), { args, stdout: "null" }).spawn();
  return {
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.status;
      await Deno.remove(file);
    },
  };
}

Deno.test("the manual's bot greets in a room of Parley's page, and is back after a restart", async () => {
  await using restartable = await startRestartable({ args: ["--allow-origin", "*"] });
  const server = restartable.current;
  await using chromium = await launchChromium();
  await using _bot = await run(program("bot", { server: server.url, name: "" }));
  const botIsIn = () =>
    waitFor(async () => (await peopleIn(server)).includes("Butler"), { what: "the bot" });
  await botIsIn();
  await restartable.kill();
  await restartable.startAgain();
  await botIsIn();
  const text = { camera: false, microphone: false };
  await using ann = await joinByLink(chromium, { server, room: "tea", name: "Ann", ...text });
  await waitFor(async () => (await ann.chat()).includes("Welcome, Ann!"), { what: "a greeting" });
  await ann.say("time?");
  await waitFor(async () => /\d{4}-\d\d-\d\dT/.test(await ann.chat()), { what: "the time" });
});

async function peopleIn({ url }: RunningServer): Promise<string> {
  return await (await fetch(`${url}/r/tea/inside`)).text();
}

/** How many pictures move in a page made by the manual's program. */
function pictures({ page }: Peer): Promise<number> {
  return page.evaluate(() =>
    [...document.querySelectorAll("video")].filter(({ videoWidth }) => videoWidth > 0).length
  );
}

Deno.test("the manual's page and Parley's own see each other, in either order", async () => {
  let server = "";
  await using site = Deno.serve({ port: 0, onListen: () => {} }, (request) => {
    const { searchParams, pathname } = new URL(request.url);
    if (pathname !== "/") return new Response(null, { status: 404 });
    const script = program("page", { server, name: searchParams.get("name") ?? "" });
    return new Response(
      `<!doctype html><link rel="icon" href="data:,"><body><script type="module">${script}</script>`,
      {
        headers: { "content-type": "text/html" },
      },
    );
  });
  await using running = await startServer({ args: ["--allow-origin", "*"] });
  server = running.url;
  await using chromium = await launchChromium();
  const address = `http://localhost:${site.addr.port}/`;
  await using first = await openPeer(chromium, `${address}?name=First`);
  await waitFor(async () => (await peopleIn(running)).includes("First"), { what: "the first" });
  await using ann = await joinByLink(chromium, { server: running, room: "tea", name: "Ann" });
  await waitForValue(() => pictures(first), 1, { what: "Ann's picture at the first" });
  await using last = await openPeer(chromium, `${address}?name=Last`);
  await waitForValue(() => pictures(last), 2, { what: "two pictures at the last" });
  await waitForValue(() => pictures(first), 2, { what: "two pictures at the first" });
  await waitFor(async () => {
    const tiles = await ann.media();
    return tiles.length === 2 &&
      tiles.every(({ link, videoWidth, audioPackets }) =>
        link === "connected" && videoWidth > 0 && audioPackets > 0
      );
  }, { what: "sound and picture of both at Ann's" });
  await last.close();
  await waitForValue(() => pictures(first), 1, { what: "the last to be gone" });
  const wrong = first.complaints.filter(({ kind }) => kind !== "third-party request");
  assertEquals([...wrong, ...ann.complaints], []);
});
