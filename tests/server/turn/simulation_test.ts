// Random members, strangers and times: what the TURN server must never do, checked at each step.

import { assert, assertEquals } from "../../assert.ts";
import { Chance } from "../../chance.ts";
import { eachSeed } from "../../seeds.ts";
import { isPublic } from "../../../server/turn/peer_policy.ts";
import type { Endpoint } from "../../../server/turn/endpoint.ts";
import { attributes, methods, newMask } from "../../../server/turn/stun_message.ts";
import {
  addressOf,
  channelAttribute,
  channelData,
  type Client,
  codeOf,
  dataOf,
  peerAttribute,
  Relay,
} from "./relay_rig.ts";

const steps = 600;
const names = ["ann", "bob", "cem"] as const;
const outside: readonly [Endpoint, ...Endpoint[]] = [
  { hostname: "11.1.1.1", port: 1 },
  { hostname: "11.1.1.1", port: 2 },
  { hostname: "11.1.1.2", port: 1 },
  { hostname: "10.0.0.1", port: 1 },
  { hostname: "127.0.0.1", port: 1 },
];
const transports = ["udp", "udp", "tcp", "tls"] as const;

/** The relay's own address leads to its machine. */
function isAllowed(hostname: string): boolean {
  return isPublic(hostname) && hostname !== "5.6.7.8";
}

/** What the test knows of one client: its relayed address, and until when it permits whom. */
interface Known {
  readonly client: Client;
  readonly peerId: string;
  relayed: Endpoint | undefined;
  until: number;
  readonly permits: Map<string, number>;
  readonly channels: Map<number, { readonly peer: Endpoint; until: number }>;
}

/** One run. */
class World {
  readonly relay = new Relay({
    limits: { allocationsPerPeer: 2, allocations: 5 },
    isPeerAllowed: isAllowed,
  });
  readonly members = new Set<string>();
  readonly clients: Known[] = [];
  readonly reached = new Map<string, number>();
  readonly #chance: Chance;
  #connected = 0;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  step(): void {
    const action = this.#chance.pick([
      () => this.#admit(),
      () => this.#revoke(),
      () => this.#connect(),
      () => this.#allocate(),
      () => this.#allocate(),
      () => this.#refresh(),
      () => this.#permit(),
      () => this.#permit(),
      () => this.#bind(),
      () => this.#bind(),
      () => this.#send(),
      () => this.#send(),
      () => this.#sendByChannel(),
      () => this.#sendByChannel(),
      () => this.#arrive(),
      () => this.#arrive(),
      () => this.#arrive(),
      () => this.#pass(),
    ]);
    action();
    const live = this.clients.filter((known) => this.#isLive(known));
    const { counts } = this.relay.server;
    assertEquals(counts.allocations, live.length);
    const ports = live.map(({ relayed }) => relayed?.port ?? 0).toSorted((a, b) => a - b);
    assertEquals([...this.relay.open.keys()].toSorted((a, b) => a - b), ports);
    for (const { peerId } of live) assert(this.members.has(peerId), "only members allocate");
  }

  #isLive({ relayed, until }: Known): boolean {
    return relayed !== undefined && until > this.relay.now;
  }

  #permits({ permits }: Known, hostname: string): boolean {
    return (permits.get(hostname) ?? 0) > this.relay.now;
  }

  /** Any client that has been answered once. */
  #anySigned(): Known | undefined {
    const known = this.#any();
    return known?.client.nonce === "" || known?.client.isClosed ? undefined : known;
  }

  #note(what: string): void {
    this.reached.set(what, (this.reached.get(what) ?? 0) + 1);
  }

  #any(): Known | undefined {
    return this.clients[this.#chance.below(Math.max(1, this.clients.length))];
  }

  #peer(): Endpoint {
    const relayed = this.clients.flatMap(({ relayed }) => relayed ?? []);
    return this.#chance.pick([...outside, ...relayed, ...relayed]);
  }

  #admit(): void {
    const peerId = this.#chance.pick(names);
    this.members.add(peerId);
    this.relay.server.admit(peerId);
  }

  #revoke(): void {
    const peerId = this.#chance.pick(names);
    if (!this.#chance.oneIn(8)) return;
    this.members.delete(peerId);
    this.relay.server.revoke(peerId);
    for (const known of this.clients.filter((known) => known.peerId === peerId)) {
      this.#forget(known);
    }
  }

  #connect(): void {
    const peerId = this.#chance.pick(names);
    this.#admit();
    const isMember = this.members.has(peerId);
    const address = { hostname: `9.9.9.${this.#connected++ % 256}`, port: 1 + this.#connected };
    const client = this.relay.member(peerId, {
      address,
      transport: this.#chance.pick(transports),
    });
    if (!isMember) this.relay.server.revoke(peerId);
    const [permits, channels] = [new Map(), new Map()];
    this.clients.push({ client, peerId, relayed: undefined, until: 0, permits, channels });
    // A stream ends with its allocation; over UDP an allocation outlives what nobody knows of.
    const idle = this.clients.findIndex((known) =>
      !this.#isLive(known) || known.client.stream !== undefined
    );
    if (this.clients.length > 12 && idle >= 0) {
      this.clients.splice(idle, 1)[0]?.client.stream?.close();
    }
  }

  #allocate(): void {
    const known = this.#any();
    if (known === undefined || known.client.isClosed) return;
    const wasLive = this.#isLive(known);
    const answer = known.client.allocate();
    const relayed = addressOf(answer, attributes.xorRelayedAddress);
    if (relayed === undefined) return this.#note(`allocate ${codeOf(answer)}`);
    assert(this.members.has(known.peerId) && !wasLive);
    this.#note("allocated");
    known.relayed = relayed;
    known.until = this.relay.now + 600_000;
  }

  #refresh(): void {
    const known = this.#anySigned();
    if (known === undefined) return;
    const isEnd = this.#chance.oneIn(5);
    const list = isEnd ? [[attributes.lifetime, new Uint8Array(4)] as const] : [];
    const code = codeOf(known.client.ask(methods.refresh, list));
    if (code !== undefined) return this.#note(`refresh ${code}`);
    assert(this.#isLive(known));
    if (isEnd) this.#forget(known);
    else known.until = this.relay.now + 600_000;
  }

  #permit(): void {
    const known = this.#anySigned();
    if (known === undefined) return;
    const peer = this.#peer();
    if (known.client.permit(peer) === undefined) this.#permitted(known, peer);
  }

  #permitted(known: Known, { hostname, port }: Endpoint): void {
    assert(this.#isLive(known));
    const isHere = this.clients.some((other) =>
      this.#isLive(other) && other.relayed?.hostname === hostname && other.relayed.port === port
    );
    assert(isAllowed(hostname) || isHere);
    known.permits.set(hostname, this.relay.now + 300_000);
  }

  #bind(): void {
    const known = this.#anySigned();
    if (known === undefined) return;
    const peer = this.#peer();
    const number = 0x4000 + this.#chance.below(4);
    const mask = newMask();
    const list = [channelAttribute(number), peerAttribute(peer, mask)];
    if (codeOf(known.client.ask(methods.channelBind, list, mask)) !== undefined) return;
    this.#permitted(known, peer);
    known.channels.set(number, { peer, until: this.relay.now + 600_000 });
  }

  #send(): void {
    const known = this.#any();
    const peer = this.#peer();
    if (known !== undefined) {
      this.#expectPacket(known, {
        peer,
        send: (text) => known.client.send(peer, text),
      });
    }
  }

  #sendByChannel(): void {
    const known = this.#any();
    const [number, channel] = [...known?.channels ?? []].at(-1) ?? [];
    if (known === undefined || number === undefined || channel === undefined) return;
    const isBound = channel.until > this.relay.now && this.#isLive(known);
    this.#expectPacket(known, {
      peer: isBound ? channel.peer : undefined,
      send: (text) => known.client.give(channelData(number, text)),
    });
  }

  /** Sends four bytes, and judges where they go. `peer`: undefined if they may go nowhere. */
  #expectPacket(
    known: Known,
    { peer, send }: { peer: Endpoint | undefined; send: (payload: Uint8Array) => void },
  ): void {
    const { relay } = this;
    relay.outside.length = 0;
    for (const { client } of this.clients) client.got.length = 0;
    const text = String(1_000 + this.#chance.below(9_000));
    send(new TextEncoder().encode(text));
    const got = this.clients.filter(({ client }) => client.got.length > 0);
    const isSent = peer !== undefined && this.#isLive(known) && this.#permits(known, peer.hostname);
    const target = this.clients.find((other) =>
      this.#isLive(other) && other.relayed?.hostname === peer?.hostname &&
      other.relayed?.port === peer?.port
    );
    if (isSent && target !== undefined) {
      assertEquals(relay.outside, []);
      const isWanted = this.#permits(target, known.relayed?.hostname ?? "");
      assertEquals(got, isWanted ? [target] : []);
      this.#note(isWanted ? "joined" : "not permitted by the other");
      return;
    }
    assertEquals(got, []);
    const leaves = isSent && isAllowed(peer.hostname);
    assertEquals(relay.outside.map(({ to }) => to.port), leaves ? [peer.port] : []);
    this.#note(leaves ? "left" : "dropped");
  }

  #arrive(): void {
    const known = this.#any();
    if (known?.relayed === undefined || !this.#isLive(known)) return;
    known.client.got.length = 0;
    // Mostly those that it may hear, of whom there are few.
    const heard = outside.filter(({ hostname }) => this.#permits(known, hostname));
    const from = this.#chance.pick([outside[0], ...outside, ...heard, ...heard, ...heard]);
    this.relay.arrive(known.relayed.port, { bytes: new TextEncoder().encode("in"), from });
    const isWanted = this.#permits(known, from.hostname);
    assertEquals(known.client.got.length, isWanted ? 1 : 0);
    const [bytes] = known.client.got;
    if (bytes !== undefined && (bytes[0] ?? 0) < 0x40) {
      assertEquals(dataOf(known.client.take()), { from, text: "in" });
    }
    this.#note(isWanted ? "arrived" : "kept out");
  }

  #pass(): void {
    this.relay.pass(this.#chance.pick([1, 1, 1, 10, 10, 150, 301, 650]));
    for (const known of this.clients) if (!this.#isLive(known)) this.#forget(known);
  }

  #forget(known: Known): void {
    known.relayed = undefined;
    known.until = 0;
    known.permits.clear();
    known.channels.clear();
  }
}

const wanted = ["allocated", "joined", "left", "arrived", "kept out", "dropped"]
  .concat(["not permitted by the other", "allocate 401", "allocate 486"]);

Deno.test("whatever members do, packets go only where both ends and the rules allow", () =>
  eachSeed((seed) => {
    const reached = new Map<string, number>();
    for (let run = 0; run < 10; run++) {
      const world = new World(seed * 1_000 + run);
      for (let step = 0; step < steps; step++) world.step();
      for (const [what, count] of world.reached) {
        reached.set(what, (reached.get(what) ?? 0) + count);
      }
    }
    for (const what of wanted) assert((reached.get(what) ?? 0) > 0, `${what} was reached`);
  }));
