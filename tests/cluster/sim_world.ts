/**
 * A simulated cluster: nodes, a store, clients, a balancer that sends each socket to any node, and
 * what can happen to them. Everything depends on the seed only.
 */
import type { ChatHistory } from "../../signaling/core/core_types.ts";
import { assert } from "../assert.ts";
import { Chance } from "../chance.ts";
import { ClientWatch } from "./client_watch.ts";
import type { Expectation } from "./faults.ts";
import { ModelStore, type Weather } from "./model_store.ts";
import { nothingReached, type Reached } from "./reached.ts";
import { RoomWatch, type ShownLine } from "./room_watch.ts";
import { SimClient } from "./sim_client.ts";
import { type MakeHost, SimNode } from "./sim_node.ts";
import { SimSocket } from "./sim_socket.ts";
import { VirtualTime } from "./virtual_time.ts";

/** What a simulation begins with. */
export interface WorldOptions {
  readonly seed: number;
  readonly makeHost: MakeHost;
  readonly nodes: number;
  readonly clients: number;
  readonly history: ChatHistory;
  readonly weather: Weather;
  readonly expectation: Expectation;
  readonly reached?: Reached;
  /** Gets what happens, line by line. */
  readonly trace?: (line: string) => void;
}

/** Who was the home, according to the store, when a node sent something. */
interface Sent {
  readonly from: SimNode;
  readonly isReachable: boolean;
  readonly holders: ReadonlyMap<string, string>;
}

/** What no home says, so that any node may. */
const ofNoHome = /^\{"type":"(tick|error)"/;

/** How long a node that ends may take to, ms. */
const endMs = 10_000;

/** After the store has lost its data, it is decided by then who goes on with a room, ms. */
const lossMs = 45_000;

/** Names that JavaScript could take for something else. */
export const roomNames = ["tea", "__proto__", "constructor", "cake"] as const;

export class SimWorld {
  readonly time = new VirtualTime();
  readonly chance: Chance;
  readonly store: ModelStore;
  readonly clients: readonly SimClient[];
  readonly reached: Reached;
  readonly #options: WorldOptions;
  readonly #rooms = new Map<string, RoomWatch>();
  /** In their places; a node that has ended stays there until another starts. */
  readonly #nodes: SimNode[] = [];
  readonly #sockets = new Map<SimSocket, SimNode>();
  readonly #texts = new Map<string, Sent>();
  /** More than one after the store has lost it while a node started: tokens are foreign then. */
  readonly #keys = new Set<string>();
  #failure: unknown;
  /** How many texts nodes have sent each other. */
  published = 0;
  /** How many losses of all data are so recent that any former home may be the next one. */
  #losses = 0;
  #lives = 0;

  constructor(options: WorldOptions) {
    this.#options = options;
    this.chance = new Chance(options.seed);
    this.reached = options.reached ?? nothingReached();
    const { time, chance } = this;
    this.store = new ModelStore({ time, chance, weather: options.weather });
    this.store.onPublish = (from, to, text) => this.#published(from, { to, text });
    for (let place = 0; place < options.nodes; place++) this.start(place);
    this.clients = Array.from({ length: options.clients }, (_, n) => this.#newClient(n));
  }

  get nodes(): readonly SimNode[] {
    return this.#nodes;
  }

  room(name: string): RoomWatch {
    const room = this.#rooms.get(name) ?? new RoomWatch();
    this.#rooms.set(name, room);
    return room;
  }

  readonly trace = (line: () => string): void => {
    const { trace } = this.#options;
    trace?.(`${(this.time.now() / 1_000).toFixed(3).padStart(8)}  ${line()}`);
  };

  /** A failure ends the simulation; the first one counts. */
  readonly fail = (error: unknown): void => {
    this.#failure ??= error;
    this.trace(() => `FAILURE: ${error instanceof Error ? error.message : error}`);
  };

  readonly check = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  };

  /** Lets time pass; throws the first failure. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0 && this.#failure === undefined; left -= 1_000) {
      await this.time.pass(Math.min(left, 1_000));
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** A node starts in a place whose node has ended. */
  start(place: number): void {
    if (this.#nodes[place]?.process.isDead === false) return;
    const { makeHost, history } = this.#options;
    const { time, chance, store } = this;
    const id = `n${place + 1}.${++this.#lives}`;
    this.trace(() => `${id} starts`);
    this.#nodes[place] = new SimNode({
      ...{ id, time, chance, store, history, makeHost },
      onFault: (error) => this.fail(new Error(`${id} has a fault`, { cause: error })),
    });
  }

  kill(node: SimNode): void {
    if (node.process.isDead) return;
    this.trace(() => `${node.id} is gone`);
    node.kill();
    for (const [socket, at] of this.#sockets) if (at === node) socket.reset();
  }

  stop(node: SimNode): void {
    this.trace(() => `${node.id} is stopped`);
    node.process.stop();
  }

  wake(node: SimNode): void {
    if (!node.process.isDead) this.trace(() => `${node.id} wakes`);
    node.process.wake();
  }

  /** A node ends as in a rolling update. */
  async end(node: SimNode): Promise<void> {
    this.trace(() => `${node.id} ends`);
    const tooLate = new Promise<void>((resolve) => void this.time.after(endMs, resolve));
    await Promise.race([node.end(), tooLate]);
    this.kill(node);
  }

  crashStore({ loses }: { readonly loses: boolean }): void {
    this.trace(() => `the store crashes${loses ? " and loses its data" : ""}`);
    this.store.crash({ loses });
    if (!loses) return;
    for (const room of this.#rooms.values()) room.forgive();
    this.#losses++;
    this.time.after(lossMs, () => this.#losses--);
  }

  /** All faults end. */
  heal(): void {
    this.trace(() => "all faults end");
    this.store.start();
    this.store.calm();
    for (const connection of this.store.connections) connection.mend();
    this.#nodes.forEach((node, place) => {
      this.wake(node);
      node.isFull = false;
      this.start(place);
    });
  }

  #newClient(n: number): SimClient {
    const name = ["ann", "bob", "cid", "dan", "eve", "fay", "gil", "hal"][n] ?? `client ${n}`;
    const { reached, check, trace, time, chance } = this;
    const { history, expectation } = this.#options;
    const now = () => this.time.now();
    const room = (each: string) => this.room(each);
    const isSure = () => {
      for (const { key } of this.#nodes) if (key !== "") this.#keys.add(key);
      return this.#keys.size <= 1;
    };
    const watch = new ClientWatch({ name, room, reached, history, now, expectation, isSure });
    const openSocket = (client: SimClient) => this.#openSocket(client, `192.0.2.${n + 1}`);
    return new SimClient({ name, time, chance, watch, openSocket, trace, check });
  }

  /** The balancer: any node that listens. */
  #openSocket(client: SimClient, address: string): SimSocket {
    const listening = this.#nodes.filter(({ isListening }) => isListening);
    for (const { key } of listening) this.#keys.add(key);
    const [first, ...others] = listening;
    const node = first && this.chance.pick([first, ...others]);
    this.trace(() => `${client.name} connects to ${node?.id ?? "nobody"}`);
    const fates: ShownLine["fate"][] = [];
    const room = client.watch.roomName;
    const socket = new SimSocket({
      time: this.time,
      server: node,
      address,
      delay: () => this.chance.below(4),
      onSent: (frame) => {
        if (node === undefined) return;
        fates.push(this.#fateAt(node));
        if (!frame.includes('"type":"tick"')) {
          this.trace(() => `${node.id} → ${client.name}: ${frame}`);
        }
        this.check(() => this.#checkHome(frame, { node, room }));
      },
      onFrame: (frame) => {
        const fate = fates.shift() ?? "unsure";
        if (client.socket === socket) this.check(() => client.watch.receive(frame, fate));
      },
    });
    if (node !== undefined) this.#sockets.set(socket, node);
    return socket;
  }

  /** What may become of what a node shows now. */
  #fateAt({ store }: SimNode): ShownLine["fate"] {
    if (this.#losses > 0) return "forgiven";
    return store.isOnline && store.isReachable ? "kept" : "unsure";
  }

  #published(from: string, { to, text }: { readonly to: string; readonly text: string }): void {
    this.published++;
    // Not the beats of the links.
    if (!text.includes('"ops":[]')) this.trace(() => `${from} ⇒ ${to}: ${text}`);
    const node = this.#nodes.find(({ id }) => id === from);
    if (node !== undefined) this.#texts.set(`${to} ${text}`, this.#sentNow(node));
  }

  #sentNow(from: SimNode): Sent {
    const holders = new Map<string, string>();
    for (const name of roomNames) {
      const holder = this.store.state.holderOf(name);
      if (holder !== undefined) holders.set(name, holder.node);
    }
    return { from, isReachable: from.store.isReachable, holders };
  }

  /** What a client is sent comes from the only home of its room. */
  #checkHome(
    frame: string,
    { node, room }: { readonly node: SimNode; readonly room: string },
  ): void {
    if (ofNoHome.test(frame)) return;
    const { handledText = "" } = node;
    // What an edge sends lets this home act.
    const known = /"by":"home"/.test(handledText)
      ? this.#texts.get(`${node.id} ${handledText}`)
      : undefined;
    const { from, isReachable, holders } = known ?? this.#sentNow(node);
    if (from !== node) this.reached.remote++;
    const holder = holders.get(room);
    if (holder === undefined || holder === from.id) return;
    assert(!isReachable && from === node, `${from.id} acts in ${room}, whose home is ${holder}`);
  }
}
