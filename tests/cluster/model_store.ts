/**
 * The store of a simulation: a `StoreState` that every node reaches over a connection with seeded
 * delays. A command may be carried out although its answer is lost; a connection may break or be
 * cut off; the store may be down, and come back with or without its data. Commands of one
 * connection are carried out in their order, and texts to one node arrive in theirs.
 */
import type { Chance } from "../chance.ts";
import type { NodeId } from "../../signaling/core/core_types.ts";
import {
  type ClusterListener,
  type ClusterStore,
  type Lease,
  type LeaseState,
  type NodeInfo,
  type RoomChange,
  type RoomRecord,
  storePatienceMs,
  type Taken,
} from "../../signaling/cluster/cluster_store.ts";
import { Channel } from "./channel.ts";
import type { SimProcess } from "./sim_process.ts";
import { StoreState } from "./store_state.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** How long things take on the way to the store, ms. */
export interface Weather {
  /** The usual longest delay. */
  readonly usualMs: number;
  /** One in so many commands and texts takes up to `slowMs`; 0: none does. */
  readonly slowOneIn: number;
  readonly slowMs: number;
}

interface StoreOptions {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly weather: Weather;
}

/** The longest time until one end of a broken connection notices, ms. */
const noticeMs = 1_500;
/** The longest time until a client of the store connects again, ms. */
const reconnectMs = 600;

/** One store and the connections to it. */
export class ModelStore {
  readonly state: StoreState;
  readonly options: StoreOptions;
  readonly connections = new Set<StoreConnection>();
  /** Called with each text that a node sends. */
  onPublish: (from: NodeId, to: NodeId, text: string) => void = () => {};
  /** Called with each change that was accepted. */
  onCommit: (node: NodeId, lease: Lease, change: RoomChange) => void = () => {};
  #isUp = true;
  #weather: Weather;

  constructor(options: StoreOptions) {
    this.options = options;
    this.#weather = options.weather;
    this.state = new StoreState(() => options.time.date());
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Connects a node. */
  connect(node: NodeId, options: ConnectionOptions): StoreConnection {
    const connection = new StoreConnection(this, { node, ...options });
    this.connections.add(connection);
    return connection;
  }

  /** The store ends; all connections break. */
  crash({ loses }: { readonly loses: boolean }): void {
    this.#isUp = false;
    for (const connection of this.connections) connection.break();
    if (loses) this.state.lose();
  }

  start(): void {
    this.#isUp = true;
  }

  /** From now on nothing takes long. */
  calm(): void {
    this.#weather = { ...this.#weather, slowOneIn: 0 };
  }

  /** A random delay. */
  delay(): number {
    const { chance } = this.options;
    const { usualMs, slowOneIn, slowMs } = this.#weather;
    const isSlow = slowOneIn > 0 && chance.oneIn(slowOneIn);
    return chance.below((isSlow ? slowMs : usualMs) + 1);
  }
}

interface ConnectionOptions {
  /** The process of the node. */
  readonly process: SimProcess;
  readonly listener: ClusterListener;
}

interface Command {
  readonly carryOut: () => void;
  readonly fail: (reason: string) => void;
  isCarriedOut: boolean;
}

/** The store as one node reaches it. */
export class StoreConnection implements ClusterStore {
  readonly node: NodeId;
  readonly #store: ModelStore;
  readonly #process: SimProcess;
  readonly #listener: ClusterListener;
  readonly #commands: Channel;
  readonly #answers: Channel;
  readonly #texts: Channel;
  readonly #sent: Command[] = [];
  /** What the node knows. */
  #isOnline = true;
  /** What is true. */
  #isConnected = true;
  #isCut = false;
  #isClosed = false;
  #isSubscribed = true;

  constructor(
    store: ModelStore,
    { node, process, listener }: ConnectionOptions & { readonly node: NodeId },
  ) {
    this.node = node;
    this.#store = store;
    this.#process = process;
    this.#listener = listener;
    const { time } = store.options;
    this.#commands = new Channel(time);
    this.#answers = new Channel(time);
    this.#texts = new Channel(time);
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  /** Whether commands arrive now, whatever the node thinks. */
  get isReachable(): boolean {
    return this.#isConnected && this.#store.isUp;
  }

  /** How many commands of the node wait for their answer; each has a timer. */
  unanswered = 0;

  take(room: string): Promise<Taken> {
    return this.#call(({ state }) => state.take(this.node, room));
  }

  renew(leases: readonly Lease[]): Promise<LeaseState[]> {
    return this.#call(({ state }) => leases.map((lease) => state.renew(this.node, lease)));
  }

  commit(lease: Lease, change: RoomChange): Promise<LeaseState> {
    return this.#call((store) => {
      const result = store.state.commit(this.node, { lease, change });
      if (result === "held") store.onCommit(this.node, lease, change);
      return result;
    });
  }

  release(lease: Lease, { forget }: { readonly forget: boolean }): Promise<void> {
    return this.#call(({ state }) => state.release(this.node, { lease, forget }));
  }

  read(room: string): Promise<RoomRecord | undefined> {
    return this.#call(({ state }) => {
      const fields = state.read(room);
      return fields && new Map(fields);
    });
  }

  rooms(): Promise<string[]> {
    return this.#call(({ state }) => state.rooms());
  }

  publish(node: NodeId, text: string): void {
    if (!this.#isConnected || this.#process.isDead) return;
    this.#store.onPublish(this.node, node, text);
    this.#commands.send(this.#store.delay(), () => {
      if (!this.#store.isUp) return;
      for (const connection of this.#store.connections) {
        if (connection.node === node) connection.#deliver(text);
      }
    });
  }

  announce(info: NodeInfo): Promise<boolean> {
    return this.#call(({ state }) => state.announce(info));
  }

  nodes(): Promise<NodeInfo[]> {
    return this.#call(({ state }) => state.nodes());
  }

  sharedKey(offered: Uint8Array): Promise<Uint8Array> {
    return this.#call(({ state }) => state.sharedKey(offered));
  }

  async close(): Promise<void> {
    await this.#call(({ state }) => state.withdraw(this.node)).catch(() => {});
    this.disconnect();
  }

  /** The node is gone; what it has written may still arrive. */
  disconnect(): void {
    this.#isClosed = true;
    this.break();
    this.#store.connections.delete(this);
  }

  /** The connection breaks; the node notices, and connects again as soon as it can. */
  break(): void {
    this.#loseOnTheWay();
    if (this.#isClosed) return;
    this.#process.deliver(this, () => this.#setOnline(false));
    this.#failAll("the connection is lost");
    this.#reconnect();
  }

  /** The network between node and store is cut; nobody is told. */
  cut(): void {
    this.#isCut = true;
    this.#loseOnTheWay();
    const { time, chance } = this.#store.options;
    time.after(chance.below(noticeMs), () => {
      if (this.#isConnected || this.#isClosed) return;
      this.#process.deliver(this, () => this.#setOnline(false));
      this.#failAll("the connection is dead");
      this.#reconnect();
    });
  }

  /** The network is whole again. */
  mend(): void {
    this.#isCut = false;
    this.#isSubscribed = this.#isConnected;
  }

  /** Texts are lost for a while; commands work. */
  loseTexts(ms: number): void {
    this.#isSubscribed = false;
    this.#texts.drop();
    this.#store.options.time.after(ms, () => this.#isSubscribed = this.#isConnected);
  }

  /** Some of what was sent arrives still; no answer does. */
  #loseOnTheWay(): void {
    const { chance } = this.#store.options;
    let arriving = this.isReachable ? chance.below(this.#sent.length + 1) : 0;
    this.#isConnected = false;
    this.#isSubscribed = false;
    for (const command of this.#sent) {
      if (command.isCarriedOut) continue;
      if (arriving-- <= 0) break;
      command.isCarriedOut = true;
      command.carryOut();
    }
    for (const channel of [this.#commands, this.#answers, this.#texts]) channel.drop();
  }

  #failAll(reason: string): void {
    for (const { fail } of this.#sent.splice(0)) this.#process.deliver(this, () => fail(reason));
  }

  #reconnect(): void {
    const { time, chance } = this.#store.options;
    time.after(1 + chance.below(reconnectMs), () => {
      if (this.#isClosed || this.#isConnected) return;
      if (this.#isCut || !this.#store.isUp || !this.#process.isRunning) return this.#reconnect();
      this.#isConnected = true;
      this.#isSubscribed = true;
      this.#process.deliver(this, () => this.#setOnline(true));
    });
  }

  #setOnline(isOnline: boolean): void {
    if (this.#isOnline === isOnline || this.#isClosed) return;
    this.#isOnline = isOnline;
    this.#listener.onOnline(isOnline);
  }

  #deliver(text: string): void {
    if (!this.#isSubscribed) return;
    this.#texts.send(this.#store.delay(), () => {
      // The texts have a connection of their own.
      this.#process.deliver(this.#texts, () => {
        if (!this.#isClosed) this.#listener.onText(text);
      });
    });
  }

  #call<T>(run: (store: ModelStore) => T): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    if (this.#isClosed || !this.#isOnline) {
      reject(new Error("the store is not reachable"));
      return promise;
    }
    const settle = (work: () => void) => {
      if (!waits) return;
      waits = false;
      this.unanswered--;
      cancelPatience();
      work();
    };
    const fail = (reason: string) => settle(() => reject(new Error(reason)));
    let waits = true;
    this.unanswered++;
    const cancelPatience = this.#process.after(
      storePatienceMs,
      () => fail("the store does not answer"),
    );
    const command: Command = {
      isCarriedOut: false,
      carryOut: () => {
        const result = run(this.#store);
        this.#answers.send(this.#store.delay(), () => {
          this.#forget(command);
          this.#process.deliver(this, () => settle(() => resolve(result)));
        });
      },
      fail,
    };
    this.#sent.push(command);
    if (!this.#isConnected) return promise;
    this.#commands.send(this.#store.delay(), () => {
      if (command.isCarriedOut) return;
      command.isCarriedOut = true;
      command.carryOut();
    });
    return promise;
  }

  #forget(command: Command): void {
    const index = this.#sent.indexOf(command);
    if (index >= 0) this.#sent.splice(index, 1);
  }
}
