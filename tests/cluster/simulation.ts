/**
 * One random life of a cluster: people come, talk and go while nodes, the store and the network
 * fail; then everything is mended, and what people see must be right; then everybody leaves, and
 * nothing must be left.
 */
import type { ChatHistory } from "../../signaling/core/core_types.ts";
import { assertEquals } from "../assert.ts";
import { Chance } from "../chance.ts";
import { type Expectation, expectationOf, type Fault, faults } from "./faults.ts";
import type { Weather } from "./model_store.ts";
import { checkBack, checkEmpty, checkQuiet } from "./quiet.ts";
import type { Reached } from "./reached.ts";
import type { SimClient } from "./sim_client.ts";
import type { MakeHost, SimNode } from "./sim_node.ts";
import { roomNames, SimWorld } from "./sim_world.ts";

const weathers: readonly [Weather, ...Weather[]] = [
  { usualMs: 2, slowOneIn: 0, slowMs: 0 },
  { usualMs: 20, slowOneIn: 20, slowMs: 300 },
  { usualMs: 60, slowOneIn: 30, slowMs: 2_500 },
];

/** An update goes on to the next node when the people of the last one are back, ms. */
const updateEveryMs = 5_000;
/** How long stops, cuts and outages last, ms. */
const durations = [300, 2_000, 6_000, 12_000, 25_000] as const;
/** Between two acts, ms. */
const pauses = [0, 10, 100, 500, 2_000] as const;

/** Everybody is back who had not to wait for silence: a lease is over, a client has tried, ms. */
const backMs = 22_000;
/** What was taken over is settled, and absent members are gone, ms. */
const quietMs = 75_000;
/** How long the nodes are left alone at first, ms. */
const beginMs = 25_000;
/** Absent members are gone, ms. */
const graceMs = 25_000;
/** Grace periods, leases and idle links are over, ms. */
const emptyMs = 75_000;

interface Options {
  readonly seed: number;
  readonly makeHost: MakeHost;
  /** By default 2 to 4. */
  readonly nodes?: number;
  /** What may fail; by default everything. */
  readonly allowed?: readonly Fault[];
  readonly reached?: Reached;
  readonly trace?: (line: string) => void;
}

/** Runs one simulation; throws what was wrong. */
export async function simulate({ seed, ...options }: Options): Promise<void> {
  await new Simulation({ seed, ...options }).run();
}

class Simulation {
  readonly #world: SimWorld;
  readonly #chance: Chance;
  readonly #faults: readonly Fault[];
  #lastDrainAt = -Infinity;
  readonly #rooms: readonly string[];
  readonly #expectation: Expectation;

  constructor(options: Options) {
    const chance = new Chance(options.seed ^ 0x5eed);
    this.#chance = chance;
    const mostFaults = chance.below(5);
    const { allowed = faults } = options;
    this.#faults = allowed.filter(() => chance.below(allowed.length) < mostFaults);
    this.#rooms = roomNames.slice(0, 1 + chance.below(chance.pick([1, 2, 4])));
    const weather = chance.pick(weathers);
    this.#expectation = expectationOf(this.#faults, weather);
    const history: ChatHistory = chance.oneIn(2) ? "none" : "while-occupied";
    this.#world = new SimWorld({
      ...options,
      nodes: options.nodes ?? 2 + chance.below(3),
      clients: 2 + chance.below(5),
      history,
      weather,
      expectation: this.#expectation,
    });
    const named = this.#faults.join(", ") || "no faults";
    this.#world.trace(() => `seed ${options.seed}: ${this.#world.nodes.length} nodes, ${named}`);
  }

  async run(): Promise<void> {
    const world = this.#world;
    const uncaught = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      world.fail(new Error("a rejection that nobody handles", { cause: event.reason }));
    };
    addEventListener("unhandledrejection", uncaught);
    try {
      do await world.pass(1_000); while (!world.nodes.every(({ isListening }) => isListening));
      // By then a node that began alone has looked for rooms that were left.
      await world.pass(beginMs);
      const timers = world.nodes.map(({ process, store }) => process.timers - store.unanswered);
      await this.#live();
      await this.#settle();
      checkQuiet(world, this.#expectation);
      await this.#empty();
      checkEmpty(world, timers);
    } finally {
      removeEventListener("unhandledrejection", uncaught);
    }
  }

  async #live(): Promise<void> {
    const chance = this.#chance;
    const [firstClient, ...otherClients] = this.#world.clients;
    if (firstClient === undefined) return;
    const steps = 20 + chance.below(60);
    for (let step = 0; step < steps; step++) {
      const client = chance.pick([firstClient, ...otherClients]);
      const fault = chance.oneIn(6) ? this.#faults[chance.below(this.#faults.length)] : undefined;
      if (fault === undefined) this.#act(client);
      else this.#fail(fault, client);
      await this.#world.pass(chance.pick(pauses));
    }
  }

  /** Everything is mended; people who wait are let in. */
  async #settle(): Promise<void> {
    for (const client of this.#world.clients) client.isKind = true;
    this.#world.heal();
    await this.#world.pass(backMs);
    if (this.#expectation.comesBackSoon) checkBack(this.#world);
    await this.#world.pass(quietMs - backMs);
  }

  async #empty(): Promise<void> {
    const { clients, store: { state } } = this.#world;
    this.#world.trace(() => "everybody leaves");
    for (const client of clients) client.leave();
    await this.#world.pass(emptyMs);
    // Nobody came back to some rooms whose home has died; somebody comes to each.
    for (const room of state.rooms()) {
      if (state.read(room)?.has("members")) clients[0]?.join(room);
      await this.#world.pass(graceMs);
      clients[0]?.leave();
    }
    for (const client of clients) client.close();
    await this.#world.pass(emptyMs);
    const { published } = this.#world;
    await this.#world.pass(3_000);
    assertEquals(this.#world.published, published, "nodes talk to each other about nothing");
  }

  #act(client: SimClient): void {
    const chance = this.#chance;
    if (!client.isVisiting) {
      const [first = "", ...others] = this.#rooms;
      const room = chance.pick([first, ...others]);
      this.#world.trace(() => `${client.name} joins ${room}`);
      return client.join(room);
    }
    switch (chance.below(14)) {
      case 0:
      case 1:
      case 2:
        return client.say();
      case 3:
        return client.whisper();
      case 4:
        return client.change();
      case 5:
      case 6:
        return client.signal();
      case 7:
      case 8:
        return client.toggleHand();
      case 9:
        return client.rename();
      case 10:
      case 11:
        return this.#own(client);
      case 12:
        return chance.oneIn(3) ? client.leave() : client.say();
      default:
        return client.signal();
    }
  }

  /** What owners may do; the server refuses it from others. */
  #own(client: SimClient): void {
    const chance = this.#chance;
    const { session, watch } = client;
    if (!watch.isOwner && !chance.oneIn(8)) return client.say();
    const [first, ...others] = session.roster.peers;
    switch (chance.below(6)) {
      case 0:
        return void session.send({ type: "set-rules", locked: chance.oneIn(3) });
      case 1:
        return void session.send({ type: "set-rules", knocking: chance.oneIn(2) });
      case 2: {
        const chat = chance.oneIn(4) ? "owners" : "everyone";
        return void session.send({ type: "set-rules", chat });
      }
      case 3:
        return void session.send({ type: "make-invite", role: "member", lifetimeMs: 3_600_000 });
      case 4:
        return void session.send({ type: "mute-all" });
      default: {
        if (first === undefined || !chance.oneIn(2)) return;
        const { peerId } = chance.pick([first, ...others]);
        this.#world.room(watch.roomName).removed.add(peerId);
        return void session.send({ type: "remove", peerId, ban: chance.oneIn(2) });
      }
    }
  }

  #fail(fault: Fault, client: SimClient): void {
    const chance = this.#chance;
    const world = this.#world;
    const node = this.#node();
    const lasts = chance.pick(durations);
    const later = (work: () => void) => void world.time.after(lasts, work);
    switch (fault) {
      case "cut":
        return client.socket?.isLive ? client.socket.cut() : undefined;
      case "die":
        return client.socket?.isLive ? client.socket.die() : undefined;
      case "crash":
        return client.crash();
      case "reload":
        return client.reload();
      case "kill": {
        const place = world.nodes.indexOf(node);
        world.kill(node);
        return later(() => world.start(place));
      }
      case "drain": {
        if (world.time.now() - this.#lastDrainAt < updateEveryMs) return;
        this.#lastDrainAt = world.time.now();
        const place = world.nodes.indexOf(node);
        return void world.end(node).then(() => world.start(place));
      }
      case "stop":
        world.stop(node);
        return later(() => world.wake(node));
      case "full":
        world.trace(() => `${node.id} takes no more rooms for ${lasts} ms`);
        node.isFull = true;
        return later(() => node.isFull = false);
      case "partition":
        world.trace(() => `${node.id} is cut off from the store for ${lasts} ms`);
        node.store.cut();
        return later(() => node.store.mend());
      case "blip":
        world.trace(() => `${node.id} loses its connection to the store`);
        return node.store.break();
      case "deaf":
        world.trace(() => `${node.id} gets no texts for ${lasts} ms`);
        return node.store.loseTexts(lasts);
      case "outage":
      case "loss":
        world.crashStore({ loses: fault === "loss" });
        return later(() => world.store.start());
      default:
        return fault satisfies never;
    }
  }

  #node(): SimNode {
    const [first, ...others] = this.#world.nodes;
    if (first === undefined) throw new Error("there are no nodes");
    return this.#chance.pick([first, ...others]);
  }
}
