// The server's own relay, reached in different ways: both ends and everybody else name the same.

import { assertEquals } from "../assert.ts";
import {
  joinByLink,
  launchChromium,
  openPeer,
  type Peer,
  startServer,
  waitForFullMesh,
  waitForValue,
} from "../rig/mod.ts";

/** Leaves a page the relays of one transport, as a firewall would. */
function keepTransport(transport: string): void {
  const keep = (configuration: RTCConfiguration = {}): RTCConfiguration => ({
    ...configuration,
    iceServers: configuration.iceServers?.map(({ urls, ...server }) => ({
      ...server,
      urls: [urls].flat().filter((url) => url.includes(transport)),
    })),
  });
  const Real = RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(keep(configuration));
    }
    override setConfiguration(configuration?: RTCConfiguration): void {
      super.setConfiguration(keep(configuration));
    }
  };
}

/** The words for the connection on each tile of another person, by that person's name. */
function chips({ page }: Peer): Promise<Record<string, string>> {
  return page.$$eval(".peer-tile", (tiles) =>
    Object.fromEntries(tiles.map((tile) => [
      tile.querySelector("video")?.getAttribute("aria-label") ?? "",
      tile.querySelector(".chip-words")?.textContent ?? "",
    ])));
}

Deno.test("each connection is named after its way to the relay, at both ends and by others", async () => {
  await using server = await startServer();
  await using chromium = await launchChromium();
  const enter = async (name: string, transport: string) => {
    const peer = await openPeer(chromium, `${server.url}/healthz`);
    await peer.page.evaluateOnNewDocument(keepTransport, transport);
    await peer.page.goto(server.room("ladder", { name, join: "1", relay: "1" }));
    return peer;
  };
  await using ann = await enter("Ann", "transport=udp");
  await using bob = await enter("Bob", "transport=tcp");
  await using cem = await joinByLink(chromium, { server, room: "ladder", name: "Cem" });
  await waitForFullMesh([ann, bob, cem]);
  const [udp, tcp] = ["Relayed by this server", "Relayed over TCP"];
  const said = async () => [await chips(ann), await chips(bob), await chips(cem)];
  await waitForValue(
    said,
    [{ Bob: tcp, Cem: udp }, { Ann: tcp, Cem: tcp }, { Ann: udp, Bob: tcp }],
    {
      what: "the words on all tiles",
    },
  );
  await cem.page.setViewport({ width: 1440, height: 900 });
  await cem.press("Connections");
  const cells = () =>
    cem.page.$$eval(
      "#links td.cell [title]",
      (all) => all.map((cell) => cell.getAttribute("title")?.split(" · ")[0]).sort(),
    );
  await waitForValue(cells, [udp, tcp, tcp].sort(), { what: "the words for all three pairs" });
  const remarks = await cem.page.$$eval(
    ".remark:not(.remark-trust)",
    (all) => all.map((each) => each.textContent),
  );
  assertEquals(remarks.sort(), [
    `Bob reaches you and Ann through a relay${tcp}, still encrypted.`,
    `You reach Ann through a relay${udp}, still encrypted.`,
  ]);
});
