/**
 * The sockets of this node, and where the room of each one lives. A socket that has not joined, or
 * whose room lives here, is one of this node's core. For any other, its frames go to the home of
 * its room, and this node answers its pings.
 */
import { delayLimits, limits, serverLimits, TokenBucket } from "../../protocol/mod.ts";
import type { NodeId, SocketId } from "../core/core_types.ts";
import { tickMs } from "../shell/core_loop.ts";
import type { HostOptions, OpenSocket, ReadFrame } from "../shell/room_host.ts";
import { askedRoom } from "./asked_room.ts";
import type { ClusterObserver } from "./cluster_observer.ts";
import type { ClusterStore } from "./cluster_store.ts";
import type { Home, Whereabouts } from "./home.ts";
import type { EdgeOp, HomeOp } from "./link_wire.ts";

/** How long a join waits for the home of its room, ms: a lease lasts that long, and then some. */
const patienceMs = 12_000;
/**
 * How long a member that comes back waits without the store, ms. After that it tries again, maybe
 * at a node that reaches the store; a newcomer is told at once, and tries again much later.
 */
const offlinePatienceMs = 3_000;
/** How often the home is looked for meanwhile, ms. */
const againMs = 500;
/** Frames of a socket that may wait meanwhile. */
const waitingMost = 64;

/** A join that no home has answered yet. */
interface Unanswered {
  /** The join and what followed. */
  readonly frames: ReadFrame[];
  readonly room: string;
  /** Whether it comes from a member that has lost its socket. */
  readonly isReturn: boolean;
  /** When the wait is over, ms of the monotonic clock. */
  readonly until: number;
}

/** Where a socket's frames go. */
type Place =
  | { readonly kind: "here" }
  | { readonly kind: "waiting"; readonly unanswered: Unanswered }
  | {
    readonly kind: "far";
    readonly node: NodeId;
    /** The room that it has asked for there. */
    readonly room: string;
    readonly rate: TokenBucket;
    /** Undefined: the home has answered. */
    unanswered: Unanswered | undefined;
    /** When it is due a `tick`, ms of the monotonic clock. */
    nextTick: number;
  }
  /** Its home does not answer, and it is being closed. */
  | { readonly kind: "lost" };

interface Entry {
  readonly socket: OpenSocket;
  /** ms of the monotonic clock. */
  readonly openedAt: number;
  place: Place;
  /** Joins that lead to another place. The core forgets its rates when a socket moves. */
  moves: TokenBucket | undefined;
}

interface EdgeParts {
  /** This node. */
  readonly node: NodeId;
  readonly options: HostOptions;
  readonly store: ClusterStore;
  readonly home: Home;
  readonly observer: ClusterObserver;
  /** Sends ops to a home; false: there is no link to it. */
  readonly toHome: (node: NodeId, ops: readonly EdgeOp[]) => boolean;
  /** Whether a home answers. */
  readonly reach: (node: NodeId) => Promise<boolean>;
}

const here: Place = { kind: "here" };

/** The sockets of one node. */
export class Edge {
  readonly #parts: EdgeParts;
  readonly #sockets = new Map<SocketId, Entry>();
  /** How many sockets are at each home. */
  readonly #far = new Map<NodeId, Set<SocketId>>();
  #cancelTick: () => void;
  #isClosed = false;

  constructor(parts: EdgeParts) {
    this.#parts = parts;
    this.#cancelTick = parts.options.surroundings.after(tickMs, () => this.#tick());
  }

  /** A socket has opened. */
  connect(socket: OpenSocket): void {
    const { now: openedAt } = this.#parts.options.surroundings.moment();
    this.#sockets.set(socket.socketId, { socket, openedAt, place: here, moves: undefined });
    this.#parts.home.connect(socket);
  }

  /** A frame of a socket has arrived. */
  receive(socketId: SocketId, frame: ReadFrame): void {
    const entry = this.#sockets.get(socketId);
    if (entry === undefined) return;
    const { place } = entry;
    const { home, options: { sockets, surroundings } } = this.#parts;
    if (place.kind === "waiting") {
      const { frames } = place.unanswered;
      frames.push(frame);
      if (frames.length > waitingMost) sockets.close(socketId, "rate");
      return;
    }
    const room = askedRoom(frame.message);
    if (room === undefined) return this.#pass(entry, frame);
    // A member that joins again keeps its place, even if the answer takes long.
    const isKept = home.acts(room) || home.holds(room) && home.state.isJoined(socketId);
    if (place.kind === "here" && isKept) return home.receive(socketId, frame);
    // A page that has missed something joins its room again, and must not leave it for that.
    if (place.kind === "far" && place.room === room) return this.#pass(entry, frame);
    const { now } = surroundings.moment();
    entry.moves ??= new TokenBucket({
      burst: limits.signalBurst / serverLimits.joinCost,
      perSecond: limits.signalPerSecond / serverLimits.joinCost,
      now,
    });
    if (!entry.moves.take(now)) return sockets.close(socketId, "rate");
    const isReturn = frame.message?.type === "join" && frame.message.resume !== undefined;
    void this.#settle(entry, { frames: [frame], room, isReturn, until: now + patienceMs });
  }

  /** A socket has ended. */
  closed(socketId: SocketId, code: number): void {
    const entry = this.#sockets.get(socketId);
    if (entry === undefined) return;
    this.#leave(entry, code);
    this.#sockets.delete(socketId);
  }

  /** Whether a socket has joined a room, or is on the way into one at another node. */
  isJoined(socketId: SocketId): boolean {
    const kind = this.#sockets.get(socketId)?.place.kind;
    return kind === "far" || kind === "here" && this.#parts.home.state.isJoined(socketId);
  }

  /** Whether sockets of this node are at a home. */
  needs(node: NodeId): boolean {
    return this.#far.has(node);
  }

  /** How many sockets have their room at another node. */
  get farCount(): number {
    return [...this.#far.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** A home has sent an op. */
  onHomeOp(node: NodeId, op: Exclude<HomeOp, { op: "done" }>): void {
    const { sockets } = this.#parts.options;
    if (op.op === "send") {
      for (const socketId of op.to) {
        if (this.#isAnswered(socketId, node)) sockets.send(socketId, op.message);
      }
      return;
    }
    const { socketId } = op;
    if (op.op === "elsewhere") return this.#returned(socketId, { from: node, known: op.node });
    if (!this.#isAnswered(socketId, node)) return;
    switch (op.op) {
      case "signal":
        return sockets.send(socketId, { type: "signal", from: op.from, body: op.body });
      case "close":
        return sockets.close(socketId, op.reason);
      default:
        op satisfies never;
    }
  }

  /** The link to a home is broken: its sockets start over. */
  onHomeLost(node: NodeId): void {
    const there = this.#far.get(node) ?? new Set();
    this.#far.delete(node);
    if (there.size > 0) this.#parts.observer.lostSockets("edge", there.size);
    for (const socketId of there) {
      const entry = this.#sockets.get(socketId);
      if (entry !== undefined) entry.place = { kind: "lost" };
      this.#parts.options.sockets.close(socketId, "restart");
    }
  }

  /** Ends the work. */
  close(): void {
    this.#isClosed = true;
    this.#cancelTick();
  }

  /** Passes a frame to where the socket is; a join only if the socket need not move for it. */
  #pass({ socket: { socketId }, place }: Entry, frame: ReadFrame): void {
    const { home, toHome, options: { sockets, surroundings } } = this.#parts;
    if (place.kind === "here") return home.receive(socketId, frame);
    if (place.kind !== "far") return;
    const { now, at } = surroundings.moment();
    // The core has the exact rates; this one keeps a flood away from the other nodes.
    if (!place.rate.take(now)) return sockets.close(socketId, "rate");
    if (frame.message?.type === "ping") return sockets.send(socketId, { type: "tick", at });
    const { frames = [] } = place.unanswered ?? {};
    if (frames.push(frame) > waitingMost) return sockets.close(socketId, "rate");
    toHome(place.node, [{ op: "frame", socketId, frame }]);
  }

  /**
   * Brings a socket that joins to the home of its room, or refuses it. `known`: where the room is,
   * according to another node.
   */
  async #settle(entry: Entry, unanswered: Unanswered, known?: NodeId): Promise<void> {
    const { node, options: { sockets, surroundings } } = this.#parts;
    const { socketId } = entry.socket;
    const place = { kind: "waiting", unanswered } as const;
    this.#move(entry, place);
    const { room, isReturn, until } = unanswered;
    const offlineUntil = surroundings.moment().now + offlinePatienceMs;
    let hint = known === node ? undefined : known;
    const isWaiting = () =>
      !this.#isClosed && this.#sockets.get(socketId) === entry && entry.place === place;
    while (isWaiting()) {
      const found = await this.#find(room, hint).catch(() => undefined);
      hint = undefined;
      if (!isWaiting()) return;
      if (found !== undefined) return this.#arrive(entry, { found, unanswered });
      const { isOnline } = this.#parts.store;
      if (!isOnline && !isReturn) return refuse(socketId, this.#parts.options);
      const { now } = surroundings.moment();
      if (now >= (isOnline ? until : offlineUntil)) return sockets.close(socketId, "restart");
      await new Promise<void>((resolve) => surroundings.after(againMs, resolve));
    }
  }

  /** Where a room lives now; undefined: at a node that does not answer. */
  async #find(room: string, hint: NodeId | undefined): Promise<Whereabouts | undefined> {
    const { home, reach, options: { admission } } = this.#parts;
    const isFull = admission === "overload" && !home.holds(room);
    // A full node asks another one, which knows where the room is if it cannot take it itself.
    const found = hint ?? (isFull ? await this.#emptiest() : undefined) ?? await home.find(room);
    return found === "here" || await reach(found) ? found : undefined;
  }

  /** The other node with the fewest rooms that takes more; undefined: there is none. */
  async #emptiest(): Promise<NodeId | undefined> {
    const { node: self, store } = this.#parts;
    const [emptiest] = (await store.nodes())
      .filter(({ node, takesRooms }) => takesRooms && node !== self)
      .toSorted((one, other) => one.rooms - other.rooms);
    return emptiest?.node;
  }

  /** Gives the frames that waited to the home of their room. */
  #arrive(
    entry: Entry,
    { found, unanswered }: { found: Whereabouts; unanswered: Unanswered },
  ): void {
    const { home, toHome, options: { surroundings } } = this.#parts;
    const { socketId } = entry.socket;
    const { frames } = unanswered;
    const { now } = surroundings.moment();
    const socket = { ...entry.socket, ageMs: now - entry.openedAt };
    if (found === "here") {
      this.#move(entry, here);
      home.connect(socket);
      const [join, ...later] = frames;
      // The lease may have been lost since.
      if (join !== undefined) home.receive(socketId, join);
      for (const frame of later) this.receive(socketId, frame);
      return;
    }
    this.#move(entry, {
      kind: "far",
      node: found,
      room: unanswered.room,
      rate: new TokenBucket({
        burst: limits.signalBurst + delayLimits.signals + delayLimits.reserve,
        perSecond: limits.signalPerSecond,
        now,
      }),
      unanswered,
      nextTick: now + serverLimits.tickMs,
    });
    const ops = frames.map((frame) => ({ op: "frame", socketId, frame }) as const);
    // The link may have broken since the home has answered.
    if (!toHome(found, [{ op: "open", socket }, ...ops])) this.onHomeLost(found);
  }

  /** The node to which a socket went is not the home of its room; `known`: the node that is. */
  #returned(
    socketId: SocketId,
    { from, known }: { from: NodeId; known: NodeId | undefined },
  ): void {
    const entry = this.#sockets.get(socketId);
    if (entry?.place.kind !== "far" || entry.place.node !== from) return;
    const { options: { sockets, surroundings } } = this.#parts;
    const { unanswered } = entry.place;
    if (unanswered === undefined || surroundings.moment().now >= unanswered.until) {
      return sockets.close(socketId, "restart");
    }
    void this.#settle(entry, unanswered, known);
  }

  /** Whether a socket is at a home, which has answered its join now. */
  #isAnswered(socketId: SocketId, node: NodeId): boolean {
    const place = this.#sockets.get(socketId)?.place;
    if (place?.kind !== "far" || place.node !== node) return false;
    place.unanswered = undefined;
    return true;
  }

  /** Ends what a socket has where it is, and puts it elsewhere. */
  #move(entry: Entry, place: Place): void {
    this.#leave(entry, 1000);
    entry.place = place;
    if (place.kind !== "far") return;
    const there = this.#far.get(place.node) ?? new Set<SocketId>();
    this.#far.set(place.node, there.add(entry.socket.socketId));
  }

  #leave({ socket: { socketId }, place }: Entry, code: number): void {
    const { home, toHome } = this.#parts;
    if (place.kind === "here") return home.closed(socketId, code);
    if (place.kind !== "far") return;
    const there = this.#far.get(place.node);
    there?.delete(socketId);
    if (there?.size === 0) this.#far.delete(place.node);
    toHome(place.node, [{ op: "closed", socketId, code }]);
  }

  #tick(): void {
    const { options } = this.#parts;
    this.#cancelTick = options.surroundings.after(tickMs, () => this.#tick());
    const { now, at } = options.surroundings.moment();
    for (const { socket: { socketId }, place } of [...this.#sockets.values()]) {
      if (place.kind !== "far") continue;
      if (options.admission === "off") {
        options.sockets.close(socketId, "off");
      } else if (now >= place.nextTick) {
        place.nextTick = now + serverLimits.tickMs;
        options.sockets.send(socketId, { type: "tick", at });
      }
    }
  }
}

/** Rooms cannot be found without the store. */
function refuse(socketId: SocketId, { sockets }: HostOptions): void {
  const message = "the server cannot reach its store of rooms; try again";
  sockets.send(socketId, { type: "error", code: "overload", message });
  sockets.close(socketId, "overload");
}
