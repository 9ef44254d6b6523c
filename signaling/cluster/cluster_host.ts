/**
 * The rooms of a cluster, as the sockets of one node see them. Each room has one home at a time,
 * the node that holds its lease and runs the core for it; the node that has a socket is its edge.
 * docs/scaling.md describes the whole.
 */
import type {
  AdminCommand,
  Insider,
  NodeId,
  OwnedRoom,
  RoomView,
  SocketId,
} from "../core/core_types.ts";
import { restoreRoom } from "../core/room_record.ts";
import { CoreState } from "../core/state.ts";
import {
  type HostOptions,
  type OpenSocket,
  type ReadFrame,
  type RoomHost,
  RoomsUnavailable,
} from "../shell/room_host.ts";
import type { ClusterObserver } from "./cluster_observer.ts";
import { type ClusterListener, type ClusterStore, renewEveryMs } from "./cluster_store.ts";
import { Edge } from "./edge.ts";
import { FarSockets } from "./far_sockets.ts";
import { Home } from "./home.ts";
import type { HomeOp } from "./link_wire.ts";
import { NodeLinks } from "./node_links.ts";
import { Orphans } from "./orphans.ts";

/** How long a command of the administration may take, ms. */
const commandMs = 5_000;
/** How long a stop waits until the rooms are handed on, ms. */
const handOnMs = 2_000;

/**
 * For how long who is inside a room is not read again, ms: every open entry page asks, and the
 * record of a room with a long chat is large.
 */
const insideMs = 1_000;

/** What a node of a cluster is given besides. */
export interface ClusterParts {
  /** Chosen anew for each process. */
  readonly node: NodeId;
  readonly version: string;
  readonly store: ClusterStore;
  readonly observer: ClusterObserver;
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
  /** Steps of rooms of this node that wait for the store. */
  readonly waiting: number;
}

/** One answer to who is inside a room. */
interface Asked {
  /** ms of the monotonic clock. */
  readonly since: number;
  readonly answer: Promise<readonly Insider[] | undefined>;
}

/** The rooms of a cluster. */
export class ClusterHost implements RoomHost, ClusterListener {
  readonly #options: HostOptions;
  readonly #parts: ClusterParts;
  readonly #home: Home;
  readonly #farSockets: FarSockets;
  readonly #edge: Edge;
  readonly #links: NodeLinks;
  readonly #orphans: Orphans;
  /** Commands that other nodes carry out, by id. */
  readonly #commands = new Map<string, (isDone: boolean | undefined) => void>();
  /** What was asked lately of who is inside; all of it is forgotten with each announcement. */
  readonly #inside = new Map<string, Asked>();
  #cancelAnnounce: () => void = () => {};
  #isClosing = false;

  constructor(options: HostOptions, parts: ClusterParts) {
    this.#options = options;
    this.#parts = parts;
    const { node, store, observer } = parts;
    const { surroundings, onFault } = options;
    this.#links = new NodeLinks({
      ...{ node, store, surroundings, onFault },
      onEdgeOp: (from, op) => this.#farSockets.onEdgeOp(from, op),
      onHomeOp: (from, op) => this.#onHomeOp(from, op),
      onEdgeLost: (from) => this.#farSockets.onEdgeLost(from),
      onHomeLost: (from) => this.#edge.onHomeLost(from),
      needsHome: (other) => this.#edge.needs(other),
    });
    const toEdge = (other: NodeId, ops: readonly HomeOp[]) => this.#links.toEdge(other, ops);
    const home = new Home({ options, store, observer, toEdge });
    this.#home = home;
    this.#farSockets = new FarSockets({ home, store, observer, toEdge });
    this.#edge = new Edge({
      ...{ node, options, store, home, observer },
      toHome: (other, ops) => this.#links.toHome(other, ops),
      reach: (other) => this.#links.reach(other),
    });
    this.#orphans = new Orphans({ node, store, home, surroundings });
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
    this.#home.onOnline(isOnline);
    if (isOnline) this.#farSockets.onOnline();
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
      waiting: this.#home.waiting,
    };
  }

  isJoined(socketId: SocketId): boolean {
    return this.#edge.isJoined(socketId);
  }

  async inside(room: string): Promise<readonly Insider[] | undefined> {
    const { now } = this.#options.surroundings.moment();
    const known = this.#inside.get(room);
    if (known !== undefined && now - known.since < insideMs) return await known.answer;
    const answer = this.#stateWith(room).then((state) => state.inside(room, this.#at));
    this.#inside.set(room, { since: now, answer });
    return await answer;
  }

  async owned(room: string, ownerKey: string): Promise<OwnedRoom | undefined> {
    const at = this.#at;
    // Only owners make this node read records.
    if (this.#options.tokens.ownerKey.read(ownerKey, at)?.room !== room) return undefined;
    return (await this.#stateWith(room)).owned(room, { ownerKey, at });
  }

  rooms(): Promise<string[]> {
    return answered(this.#parts.store.rooms());
  }

  async view(room: string): Promise<RoomView | undefined> {
    return (await this.#stateWith(room)).view(room, this.#at);
  }

  async execute(room: string, command: AdminCommand): Promise<boolean> {
    const found = await answered(this.#home.find(room));
    const isDone =
      await (found === "here"
        ? this.#inTime(this.#home.execute(room, command))
        : this.#executeAt(found, { room, command }));
    if (isDone === undefined) throw new RoomsUnavailable("the node of this room does not answer");
    return isDone;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#cancelAnnounce();
    this.#announce();
    this.#edge.close();
    this.#orphans.close();
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
    const record = await answered(this.#parts.store.read(room)) ?? new Map();
    restoreRoom(
      state,
      { name: room, record, revisionJump: 0 },
      this.#options.surroundings.moment(),
    );
    return state;
  }

  /** Carries out a command at another node; undefined: that one does not answer. */
  async #executeAt(
    node: NodeId,
    { room, command }: { room: string; command: AdminCommand },
  ): Promise<boolean | undefined> {
    if (!await this.#links.reach(node)) return undefined;
    const id = this.#options.surroundings.newId();
    const { promise, resolve } = Promise.withResolvers<boolean | undefined>();
    this.#commands.set(id, resolve);
    this.#links.toHome(node, [{ op: "command", id, room, command }]);
    return await this.#inTime(promise).finally(() => this.#commands.delete(id));
  }

  /** The outcome of a command; undefined if it is not known in time. */
  async #inTime(outcome: Promise<boolean | undefined>): Promise<boolean | undefined> {
    const { promise: late, resolve } = Promise.withResolvers<undefined>();
    const cancel = this.#options.surroundings.after(commandMs, () => resolve(undefined));
    return await Promise.race([outcome, late]).finally(cancel);
  }

  #onHomeOp(node: NodeId, op: HomeOp): void {
    if (op.op === "done") this.#commands.get(op.id)?.(op.isDone);
    else this.#edge.onHomeOp(node, op);
  }

  /** Shows the other nodes that this one is there. */
  #announce(): void {
    const { node, version, store } = this.#parts;
    const { admission = "open", surroundings } = this.#options;
    const takesRooms = admission === "open" && !this.#isClosing;
    const { startedAt: since } = this.#options;
    store.announce({ node, version, takesRooms, rooms: this.#home.size, since }).catch(() => {});
    if (this.#isClosing) return;
    void this.#orphans.look();
    this.#inside.clear();
    this.#cancelAnnounce = surroundings.after(renewEveryMs, () => this.#announce());
  }
}

/** The answer of the store; rejects with `RoomsUnavailable` if there is none. */
async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (cause) {
    throw new RoomsUnavailable("the store of rooms does not answer", { cause });
  }
}
