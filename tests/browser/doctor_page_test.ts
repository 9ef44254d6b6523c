// The browser's half of `parley doctor`, against a real relay and against what goes wrong.

import { assert, assertEquals } from "../assert.ts";
import {
  allComplaints,
  type Coturn,
  freePort,
  launchChromium,
  type LaunchedBrowser,
  openPeer,
  type Peer,
  startCoturn,
  startServer,
  waitFor,
} from "../rig/mod.ts";
import { findings } from "./axe.ts";

/** The verdict of each check, by its key, once no check is running. */
async function verdicts({ page }: Peer): Promise<Record<string, string>> {
  return await waitFor(async () => {
    const rows = await page.$$eval(
      "[data-check]",
      (found) =>
        found.map((row) => [row.getAttribute("data-check"), row.getAttribute("data-verdict")]),
    );
    const done = rows.length > 0 &&
      rows.every(([, verdict]) => !/open|running/.test(verdict ?? ""));
    return done ? Object.fromEntries(rows) : undefined;
  }, { what: "all checks to be done", timeout: 60_000 });
}

function said({ page }: Peer, check: string): Promise<string> {
  return page.$eval(`[data-check="${check}"]`, (row) => row.textContent ?? "");
}

/**
 * Chromium asks for relays from a network interface, which loopback is not where there is another.
 */
function ownAddress(): string {
  const addresses = Deno.networkInterfaces().filter(({ family, address }) =>
    family === "IPv4" && !address.startsWith("127.")
  );
  return addresses[0]?.address ?? "127.0.0.1";
}

function relayArgs({ port, secretFile }: Pick<Coturn, "port" | "secretFile">): string[] {
  const urls = ["udp", "tcp"].map((way) => `turn:${ownAddress()}:${port}?transport=${way}`);
  return ["--turn-urls", urls.join(), "--turn-secret-file", secretFile];
}

async function visit(
  chromium: LaunchedBrowser,
  args: string[],
): Promise<{ peer: Peer } & AsyncDisposable> {
  const server = await startServer({ args });
  const peer = await openPeer(chromium, `${server.url}/doctor`);
  return {
    peer,
    async [Symbol.asyncDispose]() {
      await peer.close();
      await server.stop();
    },
  };
}

Deno.test("with relays that work, this server's and another, everything is well, devices included", async () => {
  await using relay = await startCoturn(undefined, { address: ownAddress() });
  await using chromium = await launchChromium();
  await using visited = await visit(chromium, relayArgs(relay));
  const { peer } = visited;
  assertEquals(await verdicts(peer), {
    "page": "good",
    "server": "good",
    "meeting": "good",
    "stun": "good",
    "relay 0": "good",
    "relay 1": "good",
    "relay 2": "good",
    "relay 3": "good",
  });
  const words = ["Relayed by this server", "Relayed over TCP"];
  const other = `${ownAddress()}:${relay.port}`;
  assertEquals(
    await peer.page.$$eval(
      "[data-check^=relay] strong",
      (rows) => rows.map(({ textContent }) => textContent),
    ),
    [...words, `Relayed by another server (${other})`, `Relayed over TCP (${other})`],
  );
  const summary = await peer.page.$eval(".desk-summary", (line) => line.textContent ?? "");
  assert(summary.includes("Everything is fine"), summary);
  await peer.press(/^Test camera/);
  const all = await waitFor(async () => {
    const found = await verdicts(peer);
    return found.microphone === undefined ? undefined : found;
  }, { what: "the devices" });
  assertEquals([all.camera, all.microphone], ["good", "good"]);
  await waitFor(() => peer.page.$eval(".desk-trial video", ({ videoWidth }) => videoWidth > 0), {
    what: "the own picture",
  });
  // The fake microphone beeps.
  await waitFor(() => peer.page.$(".desk-level .lit"), { what: "the meter to move" });
  assertEquals(await findings(peer.page, "doctor"), []);
  assertEquals(
    await allComplaints([peer]).then((found) => found.filter((it) => !it.startsWith("ice"))),
    [],
  );
});

Deno.test("no relay, a wrong secret and a relay that is not there are told apart, in words", async () => {
  await using relay = await startCoturn(undefined, { address: ownAddress() });
  await using chromium = await launchChromium();
  await using none = await visit(chromium, ["--no-turn"]);
  const found = await verdicts(none.peer);
  assertEquals([found.server, found.stun, found.relay], ["good", "poor", "poor"]);
  const secretFile = `${relay.secretFile}.wrong`;
  await Deno.writeTextFile(secretFile, "not the secret\n");
  await using wrong = await visit(chromium, ["--no-turn", ...relayArgs({ ...relay, secretFile })]);
  assertEquals((await verdicts(wrong.peer))["relay 0"], "bad");
  assert((await said(wrong.peer, "relay 0")).includes("credentials"));
  await using gone = await visit(chromium, [
    "--no-turn",
    ...relayArgs({ ...relay, port: freePort() }),
  ]);
  assertEquals((await verdicts(gone.peer))["relay 1"], "poor");
  assert((await said(gone.peer, "relay 1")).includes("cannot be reached over TCP"));
  await Deno.remove(secretFile);
});

Deno.test("a socket that does not open and devices that are refused are named with the way out", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  await using peer = await openPeer(chromium, `${server.url}/healthz`);
  await peer.page.setExtraHTTPHeaders({ "accept-language": "zh-CN" });
  await peer.page.evaluateOnNewDocument(() => {
    // As behind a proxy that drops `Upgrade`.
    globalThis.WebSocket = class extends EventTarget {
      onclose?: (event: { code: number }) => void;
      constructor() {
        super();
        setTimeout(() => this.onclose?.({ code: 1006 }), 50);
      }
      close() {}
    } as unknown as typeof WebSocket;
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
  });
  await peer.page.goto(`${server.url}/doctor`);
  await peer.press(/^测试摄像头/);
  const found = await waitFor(async () => {
    const rows = await peer.page.$$eval(
      "[data-check]",
      (found) =>
        found.map((row) => [row.getAttribute("data-check"), row.getAttribute("data-verdict")]),
    );
    const all = Object.fromEntries(rows);
    return all.server === "bad" && all.microphone === "bad" ? all : undefined;
  }, { what: "both to be found" });
  assertEquals([found.camera, found.meeting], ["bad", "good"]);
  assert((await said(peer, "server")).includes("WebSocket"));
  assert((await said(peer, "camera")).includes("摄像头"));
});
