/**
 * The rooms of a cluster, as the sockets of one node see them. Each room has one home at a time, the
 * node that holds its lease and runs the core for it; the node that has a socket is its edge.
 * docs/scaling.md describes the whole.
 */
import type { AdminCommand, Insider, NodeId, RoomView, SocketId } from "../core/core_types.ts";
import { restoreRoom } from "../core/room_record.ts";
import { CoreState } from "../core/state.ts";
import type { HostOptions, OpenSocket, ReadFrame, RoomHost } from "../shell/room_host.ts";
import { type ClusterListener, type ClusterStore, renewEveryMs } from "./cluster_store.ts";
import { Edge } from "./edge.ts";
import { Home } from "./home.ts";
import type { HomeOp } from "./link_wire.ts";
import { NodeLinks } from "./node_links.ts";

/** How long a command for a room of another node may take, ms. */
const commandMs = 5_000;
/** How long a stop waits until the rooms are handed on, ms. */
const handOnMs = 2_000;

/** What a node of a cluster is given besides. */
export interface ClusterParts {
  /** Chosen anew for each process. */
  readonly node: NodeId;
  readonly version: string;
  readonly store: ClusterStore;
  /** The signing key that all nodes share; see `ClusterStore.sharedKey`. */
  readonly key: Uint8Array;
}

/** Numbers for /metrics. */
export interface ClusterCounts {
  readonly isOnline: boolean;
  /** Rooms whose home is this node. */
  readonly homes: number;
  /** Sockets of this node whose room lives at another. */
  readonly farSockets: number;
  /** Links to and from other nodes. */
  readonly links: number;
}

/** The rooms of a cluster. */
export class ClusterHost implements RoomHost, ClusterListener {
  readonly #options: HostOptions;
  readonly #parts: ClusterParts;
  readonly #home: Home;
  readonly #edge: Edge;
  readonly #links: NodeLinks;
  /** Commands that other nodes carry out, by id. */
  readonly #commands = new Map<string, (isDone: boolean | undefined) => void>();
  #cancelAnnounce: () => void = () => {};

  constructor(options: HostOptions, parts: ClusterParts) {
    this.#options = options;
    this.#parts = parts;
    const { node, store } = parts;
    const { surroundings, onFault } = options;
    this.#links = new NodeLinks({
      ...{ node, store, surroundings, onFault },
      onEdgeOp: (from, op) => this.#home.onEdgeOp(from, op),
      onHomeOp: (from, op) => this.#onHomeOp(from, op),
      onEdgeLost: (from) => this.#home.onEdgeLost(from),
      onHomeLost: (from) => this.#edge.onHomeLost(from),
      needsHome: (other) => this.#edge.needs(other),
    });
    const home = new Home({
      ...{ options, store },
      toEdge: (other, ops) => this.#links.toEdge(other, ops),
    });
    this.#home = home;
    this.#edge = new Edge({
      ...{ options, store, home },
      toHome: (other, ops) => this.#links.toHome(other, ops),
      reach: (other) => this.#links.reach(other),
    });
    this.#announce();
  }

  connect(socket: OpenSocket): void {
    this.#edge.connect(socket);
  }

  receive(socketId: SocketId, frame: ReadFrame): void {
    this.#edge.receive(socketId, frame);
  }

  closed(socketId: SocketId, code: number): void {
    this.#edge.closed(socketId, code);
  }

  onText(text: string): void {
    this.#links.receive(text);
  }

  onOnline(isOnline: boolean): void {
    const { store, key } = this.#parts;
    // The store may have lost it, and the next node to start would make another one.
    if (isOnline) store.sharedKey(key).catch(() => {});
    this.#home.onOnline(isOnline);
  }

  counts(): { rooms: number; peers: number } {
    return this.#home.state.counts();
  }

  /** What /metrics tells of the cluster. */
  clusterCounts(): ClusterCounts {
    return {
      isOnline: this.#parts.store.isOnline,
      homes: this.#home.size,
      farSockets: this.#edge.farCount,
      links: this.#links.size,
    };
  }

  isJoined(socketId: SocketId): boolean {
    return this.#edge.isJoined(socketId);
  }

  async inside(room: string): Promise<readonly Insider[] | undefined> {
    return (await this.#stateWith(room)).inside(room, this.#at);
  }

  rooms(): Promise<string[]> {
    return this.#parts.store.rooms();
  }

  async view(room: string): Promise<RoomView | undefined> {
    return (await this.#stateWith(room)).view(room, this.#at);
  }

  async execute(room: string, command: AdminCommand): Promise<boolean> {
    const found = await this.#home.find(room);
    if (found === "here") return await this.#home.execute(room, command);
    if (!await this.#links.reach(found)) throw new Error("the node of this room does not answer");
    const id = this.#options.surroundings.newId();
    const isDone = await new Promise<boolean | undefined>((resolve) => {
      this.#commands.set(id, resolve);
      this.#options.surroundings.after(commandMs, () => resolve(undefined));
      this.#links.toHome(found, [{ op: "command", id, room, command }]);
    });
    this.#commands.delete(id);
    if (isDone === undefined) throw new Error("the node of this room does not answer");
    return isDone;
  }

  async close(): Promise<void> {
    this.#cancelAnnounce();
    this.#edge.close();
    await this.#home.close(handOnMs);
    this.#links.close();
    await this.#parts.store.close();
  }

  get #at(): number {
    return this.#options.surroundings.moment().at;
  }

  /** The state that knows a room: that of the core, or one made of the room's record. */
  async #stateWith(room: string): Promise<CoreState> {
    if (this.#home.holds(room)) return this.#home.state;
    const state = new CoreState(Object.create(this.#options, { kept: { value: [] } }));
    const record = await this.#parts.store.read(room) ?? new Map();
    restoreRoom(
      state,
      { name: room, record, revisionJump: 0 },
      this.#options.surroundings.moment(),
    );
    return state;
  }

  #onHomeOp(node: NodeId, op: HomeOp): void {
    if (op.op === "done") this.#commands.get(op.id)?.(op.isDone);
    else this.#edge.onHomeOp(node, op);
  }

  /** Shows the other nodes that this one is there. */
  #announce(): void {
    const { node, version, store } = this.#parts;
    const { admission = "open", surroundings } = this.#options;
    const takesRooms = admission === "open";
    store.announce({ node, version, takesRooms, rooms: this.#home.size }).catch(() => {});
    this.#cancelAnnounce = surroundings.after(renewEveryMs, () => this.#announce());
  }
}
