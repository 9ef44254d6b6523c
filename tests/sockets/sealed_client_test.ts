// The client module in a sealed room, over real sockets and the real server.

import { RoomClient, type RoomClientEvent } from "../../mesh/client.ts";
import { newSecret } from "../../mesh/sealing/new_secret.ts";
import { assert, assertEquals } from "../assert.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";

const fingerprint = `sha-256 ${Array(32).fill("AB").join(":")}`;
const other = `sha-256 ${Array(32).fill("CD").join(":")}`;

class Program implements AsyncDisposable {
  readonly client: RoomClient;
  readonly events: RoomClientEvent[] = [];

  constructor({ url }: RunningServer, visit: { name: string; secret: string }) {
    this.client = new RoomClient({ server: url, fingerprint });
    this.client.subscribe((event) => this.events.push(event));
    this.client.join({ room: "tea", ...visit });
  }

  /** The other member, once it is verified. */
  verified(): Promise<string> {
    return waitFor(() => {
      const [peer] = this.client.peers;
      const { kind } = this.client.trustOf(peer?.peerId ?? "");
      return Promise.resolve(kind === "verified" ? peer?.peerId : undefined);
    }, { what: "the other program to be verified" });
  }

  told<T extends RoomClientEvent["type"]>(type: T): Promise<Extract<RoomClientEvent, { type: T }>> {
    const isOfType = (event: RoomClientEvent): event is Extract<RoomClientEvent, { type: T }> =>
      event.type === type;
    return waitFor(() => Promise.resolve(this.events.find(isOfType)), { what: type });
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.client.leave();
    return Promise.resolve();
  }
}

function offer(fingerprint: string) {
  const sdp = `v=0\r\na=fingerprint:${fingerprint}\r\na=setup:actpass\r\n`;
  return { kind: "description", description: { type: "offer", sdp } } as const;
}

Deno.test("programs in a sealed room verify each other, write, and connect with their certificate only", async () => {
  await using server = await startServer({ args: ["--allow-origin", "*"] });
  const secret = newSecret();
  await using ann = new Program(server, { name: "Ann", secret });
  await using bob = new Program(server, { name: "Bob", secret });
  const [annsBob, bobsAnn] = await Promise.all([ann.verified(), bob.verified()]);
  assertEquals(ann.client.peers.map(({ name }) => name), ["Bob"]);
  assert(ann.client.chat("hello") !== undefined);
  assertEquals((await bob.told("chat")).line.text, "hello");
  ann.client.react("heart");
  assertEquals((await bob.told("reaction")).reaction, "heart");
  ann.client.signal(annsBob, offer(fingerprint));
  assertEquals((await bob.told("signal")).signal, offer(fingerprint));
  ann.client.signal(annsBob, offer(other));
  await waitFor(() => Promise.resolve(bob.client.trustOf(bobsAnn).kind === "alarm"), {
    what: "the alarm about another certificate",
  });
});
