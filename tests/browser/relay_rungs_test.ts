// A call through the server's own relay only, by each way there is to it.

import {
  launchChromium,
  type LaunchedBrowser,
  launchFirefox,
  openPeer,
  type Peer,
  type RunningServer,
  startServer,
  waitFor,
  waitForFullMesh,
  waitForValue,
} from "../rig/mod.ts";

/** A way to the relay. */
interface Rung {
  readonly protocol: "udp" | "tcp" | "tls";
  /** How its URLs begin and end. */
  readonly scheme: string;
  readonly transport: string;
  /** What the Connections view calls it. */
  readonly words: string;
}

const rungs: readonly Rung[] = [
  { protocol: "udp", scheme: "turn:", transport: "udp", words: "Relayed by this server" },
  { protocol: "tcp", scheme: "turn:", transport: "tcp", words: "Relayed over TCP" },
  { protocol: "tls", scheme: "turns:", transport: "tcp", words: "Relayed over the web port" },
];

/** Leaves out all other ways; runs in the page, before its scripts. */
function keepOnly({ scheme, transport }: Pick<Rung, "scheme" | "transport">): void {
  const keep = (configuration: RTCConfiguration = {}): RTCConfiguration => ({
    ...configuration,
    iceServers: configuration.iceServers?.flatMap((server) => {
      const urls = [server.urls].flat()
        .filter((url) => url.startsWith(scheme) && url.endsWith(`transport=${transport}`));
      return urls.length === 0 ? [] : [{ ...server, urls }];
    }) ?? [],
  });
  const Original = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Original {
    constructor(configuration?: RTCConfiguration) {
      super(keep(configuration));
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration(keep(configuration));
    }
  };
}

async function join(
  browser: LaunchedBrowser,
  { server, name, rung }: { server: RunningServer; name: string; rung: Rung },
): Promise<Peer> {
  const peer = await openPeer(browser, `${server.url}/away.html`);
  const { scheme, transport } = rung;
  await peer.page.evaluateOnNewDocument(keepOnly, { scheme, transport });
  await peer.page.goto(server.room(rung.protocol, { name, join: "1", relay: "1" }));
  return peer;
}

/** The ways of the page's connections to the relay. */
function waysOf({ page }: Peer): Promise<string[]> {
  return page.evaluate(async () => {
    const ways: string[] = [];
    for (const { connection } of globalThis.__rtc ?? []) {
      if (connection.connectionState !== "connected") continue;
      const report = await connection.getStats();
      for (const { type, state, nominated, localCandidateId } of report.values()) {
        if (type !== "candidate-pair" || state !== "succeeded" || !nominated) continue;
        const { candidateType, relayProtocol } = report.get(localCandidateId);
        ways.push(`${candidateType} ${relayProtocol}`);
      }
    }
    return [...new Set(ways)];
  });
}

Deno.test("Chromium and Firefox see and hear each other through the relay, over UDP, TCP and TLS", async () => {
  await using server = await startServer({ args: ["--tls-self-signed"] });
  await using chromium = await launchChromium({ flags: ["--ignore-certificate-errors"] });
  await using firefox = await launchFirefox({ acceptsCertificates: true });
  for (const rung of rungs) {
    const { protocol, words } = rung;
    await using ann = await join(chromium, { server, name: "Ann", rung });
    await using bob = await join(firefox, { server, name: "Bob", rung });
    await waitForFullMesh([ann, bob]);
    for (const peer of [ann, bob]) {
      await waitForValue(() => waysOf(peer), [`relay ${protocol}`], { what: "the way" });
    }
    await ann.page.setViewport({ width: 1440, height: 900 });
    await ann.press("Connections");
    const said = () => ann.page.evaluate(() => document.body.innerText);
    await waitFor(async () => (await said()).includes(words), { what: `"${words}"` });
  }
});
