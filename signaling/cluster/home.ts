/**
 * The rooms whose home is this node: it holds their leases, runs the core for them, and keeps their
 * records in the store.
 *
 * Invariants:
 *  1 A room is in the core only while this node holds its lease, or does not know better.
 *  2 An effect takes place only if its room's ledger allows it; see ledger.ts.
 */
import { type Peer, serverLimits } from "../../protocol/mod.ts";
import type { AdminCommand, Effect, Input, NodeId, SocketId } from "../core/core_types.ts";
import { extendGrace } from "../core/membership.ts";
import { dropRoom, restoreRoom, RoomRecorder } from "../core/room_record.ts";
import type { CoreState } from "../core/state.ts";
import { CoreLoop, tickMs } from "../shell/core_loop.ts";
import type { HostOptions, OpenSocket, ReadFrame } from "../shell/room_host.ts";
import { askedRoom } from "./asked_room.ts";
import type { ClusterObserver } from "./cluster_observer.ts";
import { type ClusterStore, lastingField, renewEveryMs, type RoomRecord } from "./cluster_store.ts";
import { Ledger } from "./ledger.ts";
import type { HomeOp } from "./link_wire.ts";
import { Outlet } from "./outlet.ts";

/** How far the revision jumps when another node continues a room; see room_record.ts. */
const revisionJump = 2 ** 20;
/** Members at this node start over when nothing has taken place in their room for this long, ms. */
const silentMs = 5_000;
/** A room that stays without members and waiting clients is given up after this long, ms. */
const vacantMs = 2_000;

/** What changes nothing of a room's record, unless its sender is closed for it. */
const unrecorded: ReadonlySet<string> = new Set(["signal", "ping", "react", "note", "report"]);

/** A room in the core. */
interface HeldRoom {
  readonly recorder: RoomRecorder;
  readonly ledger: Ledger;
  /** Since when nobody is in it and nobody waits; undefined: somebody does. */
  vacantSince: number | undefined;
  /** Since when nothing takes place in it, because the store does not answer. */
  silentSince: number | undefined;
}

/** Where a room lives: at this node, or at another. */
export type Whereabouts = "here" | NodeId;

interface HomeParts {
  readonly options: HostOptions;
  readonly store: ClusterStore;
  readonly observer: ClusterObserver;
  /** Sends ops to an edge. */
  readonly toEdge: (node: NodeId, ops: readonly HomeOp[]) => void;
}

/** The homes of one node. */
export class Home {
  readonly #parts: HomeParts;
  readonly #loop: CoreLoop;
  /** The sockets of the core, wherever they are. */
  readonly outlet: Outlet;
  readonly #rooms = new Map<string, HeldRoom>();
  /** Rooms whose lease is being taken or given up. */
  readonly #busy = new Map<string, Promise<unknown>>();
  /** The room that each socket last wanted to join. */
  readonly #wanted = new Map<SocketId, string>();
  #cancelTick: () => void;
  /** Sockets of this node that were closed because nothing took place in their room. */
  readonly #cut = new Set<SocketId>();
  #renewedAt = -Infinity;
  #isClosing = false;

  constructor(parts: HomeParts) {
    this.#parts = parts;
    this.outlet = new Outlet({ ...parts, isIn: (socketId, room) => this.#isIn(socketId, room) });
    const sockets = { ...parts.options.sockets, close: this.outlet.close.bind(this.outlet) };
    // Not copied, because its fields may be getters.
    const options: HostOptions = Object.assign(Object.create(parts.options), { sockets });
    this.#loop = new CoreLoop(options, {
      handOn: (effects, input) => this.#handOn(effects, input),
      accepts: (input) => this.#accepts(input),
    });
    this.#cancelTick = parts.options.surroundings.after(tickMs, () => this.#tick());
  }

  /** The state of the core, for questions. */
  get state(): CoreState {
    return this.#loop.state;
  }

  /** How many rooms' leases this node holds. */
  get size(): number {
    return this.#rooms.size;
  }

  /** How many steps of all rooms wait for the store. */
  get waiting(): number {
    let sum = 0;
    for (const { ledger } of this.#rooms.values()) sum += ledger.waiting;
    return sum;
  }

  /** Whether it takes no more part in anything. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Whether this node is the home of a room. */
  holds(room: string): boolean {
    return this.#rooms.has(room);
  }

  /** Whether this node is the home of a room, and what it decides takes place soon. */
  acts(room: string): boolean {
    return this.#rooms.get(room)?.ledger.isActing === true;
  }

  /**
   * Finds out where a room lives; takes it if nobody has it. Rejects if that needs the store, and
   * the store is away: another node may have the room by now.
   */
  async find(room: string): Promise<Whereabouts> {
    for (let busy = this.#busy.get(room); busy !== undefined; busy = this.#busy.get(room)) {
      await busy.catch(() => {});
    }
    if (this.#isClosing) throw new Error("this node is stopping");
    const held = this.#rooms.get(room);
    if (held !== undefined) {
      if (!held.ledger.isActing && !this.#parts.store.isOnline) throw new Error("no store");
      held.vacantSince = undefined;
      return "here";
    }
    const taking = this.#take(room).finally(() => this.#busy.delete(room));
    this.#busy.set(room, taking);
    return await taking;
  }

  /** A socket has opened, or comes back from another home. */
  connect(socket: OpenSocket): void {
    this.#loop.connect(socket);
  }

  /** A frame of a socket; if it is a join, this node holds the room. */
  receive(socketId: SocketId, frame: ReadFrame): void {
    if (this.#isClosing) return;
    const room = askedRoom(frame.message);
    if (room !== undefined) this.#wanted.set(socketId, room);
    this.#loop.receive(socketId, frame);
  }

  /** A socket has ended, or goes to another home. */
  closed(socketId: SocketId, code: number): void {
    if (this.#isClosing) return;
    this.#loop.closed(socketId, this.#cut.delete(socketId) ? 1006 : code);
    this.#wanted.delete(socketId);
  }

  /**
   * Carries out a command for a room of this node; resolves when its result is in the store.
   * Undefined: the lease was lost meanwhile, and what became of the command is unknown.
   */
  async execute(room: string, command: AdminCommand): Promise<boolean | undefined> {
    const isDone = await this.#loop.execute(room, command);
    return await this.#rooms.get(room)?.ledger.settled() ? isDone : undefined;
  }

  /** The store has become reachable or unreachable. */
  onOnline(isOnline: boolean): void {
    if (isOnline) {
      const { now } = this.#parts.options.surroundings.moment();
      extendGrace(this.state, { now, leftMs: serverLimits.awayMs });
      for (const { ledger } of this.#rooms.values()) ledger.doubt();
      this.#renew();
    }
    for (const { ledger } of [...this.#rooms.values()]) ledger.proceed();
  }

  /** Gives all rooms up, so that other nodes can continue them at once. */
  async close(patienceMs: number): Promise<void> {
    this.#isClosing = true;
    this.#cancelTick();
    const { store, options: { surroundings } } = this.#parts;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancelPatience = surroundings.after(patienceMs, resolve);
    const handOver = async ([room, { ledger }]: [string, HeldRoom]) => {
      await ledger.settled();
      const forget = this.state.rooms.get(room) === undefined &&
        this.state.keptRooms.get(room) === undefined;
      await store.release(ledger.lease, { forget }).catch(() => {});
      // Its people come back while the other rooms are handed over.
      this.#drop(room);
    };
    const taking = [...this.#busy.values()].map((work) => work.catch(() => {}));
    await Promise.race([Promise.all([...taking, ...[...this.#rooms].map(handOver)]), late]);
    cancelPatience();
    for (const room of [...this.#rooms.keys()]) this.#drop(room);
  }

  async #take(room: string): Promise<Whereabouts> {
    const { store, observer, options: { surroundings } } = this.#parts;
    const askedAt = surroundings.moment().now;
    const taken = await store.take(room);
    if (taken.kind === "held") return taken.node;
    const { fence, stored } = taken;
    if (this.#isClosing) {
      await store.release({ room, fence }, { forget: false });
      throw new Error("this node is stopping");
    }
    const recorder = new RoomRecorder(room, stored);
    this.#restore(room, stored);
    const lease = { room, fence };
    const ledger = new Ledger({
      ...{ store, lease, recorder, isNew: stored.size === 0 },
      now: () => surroundings.moment().now,
      isSpread: () => this.#isSpread(room),
      carryOut: (effects) => this.outlet.carryOut(effects, room),
      onCommit: (outcome, ms) => observer.committed(outcome, ms),
      onLost: () => {
        observer.lostHome();
        this.#drop(room);
      },
    }, askedAt);
    observer.tookHome();
    this.#rooms.set(room, { recorder, ledger, vacantSince: undefined, silentSince: undefined });
    ledger.add([], recorder.changes(this.state));
    return "here";
  }

  #restore(name: string, record: RoomRecord): void {
    const { observers, surroundings, onFault } = this.#parts.options;
    try {
      const moment = surroundings.moment();
      if (restoreRoom(this.state, { name, record, revisionJump }, moment) === undefined) return;
      const peers = this.#peersIn(name);
      for (const observer of observers) observer.restored?.(name, peers);
    } catch (error) {
      // Its members found it anew with what their tokens prove, but under the rules that last.
      dropRoom(this.state, name);
      onFault(error);
      const kept = record.get(lastingField);
      if (kept !== undefined && record.size > 1) {
        this.#restore(name, new Map([[lastingField, kept]]));
      }
    }
  }

  #peersIn(room: string): Peer[] {
    return [...this.state.rooms.get(room)?.members.values() ?? []].map((member) => member.peer());
  }

  /** The lease of a room may be lost while the core waits for the check of a password. */
  #accepts(input: Input): boolean {
    const room = input.kind === "command"
      ? input.room
      : input.kind === "message"
      ? askedRoom(input.message)
      : undefined;
    if (room === undefined || this.#rooms.has(room)) return true;
    if (input.kind === "message") this.outlet.close(input.socketId, "restart");
    return false;
  }

  /** Hands the effects of one step to the ledgers of their rooms. */
  #handOn(effects: readonly Effect[], input: Input): void {
    const byRoom = new Map<string | undefined, Effect[]>();
    const of = (room: string | undefined) => {
      const list = byRoom.get(room) ?? [];
      byRoom.set(room, list);
      return list;
    };
    for (const effect of effects) of(this.#roomOf(effect)).push(effect);
    const isRecorded = input.kind !== "message" || !unrecorded.has(input.message?.type ?? "ping") ||
      effects.some(({ kind }) => kind === "close");
    if (input.kind === "command") of(input.room);
    else if (isRecorded && (input.kind === "message" || input.kind === "close")) {
      of(this.#roomOfSocket(input.socketId));
    }
    for (const [room, list] of byRoom) {
      const held = room === undefined ? undefined : this.#rooms.get(room);
      if (held === undefined) this.outlet.carryOut(list, room);
      else held.ledger.add(list, isRecorded ? held.recorder.changes(this.state) : undefined);
    }
  }

  #roomOf(effect: Effect): string | undefined {
    return "socketId" in effect ? this.#roomOfSocket(effect.socketId) : effect.room;
  }

  #roomOfSocket(socketId: SocketId): string | undefined {
    const socket = this.state.sockets.get(socketId);
    return socket?.session?.room.name ?? socket?.waitsFor ?? this.#wanted.get(socketId);
  }

  /** Whether a socket has not gone to another room since an effect was meant for it. */
  #isIn(socketId: SocketId, room: string | undefined): boolean {
    return this.#roomOfSocket(socketId) === room;
  }

  #tick(): void {
    this.#cancelTick = this.#parts.options.surroundings.after(tickMs, () => this.#tick());
    const { store, options: { surroundings } } = this.#parts;
    const { now } = surroundings.moment();
    // Without the store nobody can come back by another node, so nobody's grace period ends.
    if (!store.isOnline) extendGrace(this.state, { now, leftMs: 2 * tickMs });
    this.#loop.tick();
    if (now - this.#renewedAt >= renewEveryMs) this.#renew();
    for (const [room, held] of [...this.#rooms]) {
      held.ledger.proceed();
      this.#cutIfSilent(room, { held, now });
      const isVacant = this.#isVacant(room);
      if (!isVacant || this.#busy.has(room)) held.vacantSince = undefined;
      else if (held.vacantSince === undefined) held.vacantSince = now;
      else if (now - held.vacantSince >= vacantMs && store.isOnline) {
        this.#giveUp(room, held);
      }
    }
  }

  /**
   * Closes the sockets of this node in a room in which nothing takes place, as their edges do for
   * others: maybe another node reaches the store. They count as lost, so nobody has left.
   */
  #cutIfSilent(room: string, { held, now }: { held: HeldRoom; now: number }): void {
    if (held.ledger.isActing) {
      held.silentSince = undefined;
      return;
    }
    held.silentSince ??= now;
    if (now - held.silentSince < silentMs) return;
    const members = this.state.rooms.get(room)?.members.values() ?? [];
    const waiting = this.state.waiting.in(room).map(({ socket }) => socket);
    for (const { socketId = 0 } of [...members, ...waiting]) {
      if (socketId <= 0 || this.#cut.has(socketId)) continue;
      this.#cut.add(socketId);
      this.#parts.options.sockets.close(socketId, "restart");
    }
  }

  #renew(): void {
    const { store, options: { surroundings } } = this.#parts;
    if (this.#rooms.size === 0) return;
    const askedAt = surroundings.moment().now;
    this.#renewedAt = askedAt;
    const ledgers = [...this.#rooms.values()].map(({ ledger }) => ledger);
    store.renew(ledgers.map(({ lease }) => lease)).then(
      (states) => ledgers.forEach((ledger, n) => ledger.renewed(states[n] ?? "held", askedAt)),
      // The lease gets unsure by itself.
      () => {},
    );
  }

  /** Whether nobody is in a room, waits for it or has a password for it checked. */
  #isVacant(room: string): boolean {
    const { rooms, waiting } = this.state;
    if (rooms.has(room) || waiting.in(room).length > 0) return false;
    for (const [socketId, wanted] of this.#wanted) {
      if (wanted === room && this.#loop.isChecking(socketId)) return false;
    }
    return true;
  }

  /** Gives up a room that nobody is in. */
  #giveUp(room: string, { ledger }: HeldRoom): void {
    const releasing = ledger.settled().then(async () => {
      const isVacant = this.#isVacant(room);
      if (this.#rooms.get(room)?.ledger !== ledger || !isVacant) return;
      const forget = this.state.keptRooms.get(room) === undefined;
      this.#rooms.delete(room);
      dropRoom(this.state, room);
      await this.#parts.store.release(ledger.lease, { forget });
    }).catch(() => {}).finally(() => this.#busy.delete(room));
    this.#busy.set(room, releasing);
  }

  /** The lease of a room is lost or handed on: its people start over at another node. */
  #drop(room: string): void {
    if (!this.#rooms.delete(room)) return;
    const peers = this.#peersIn(room);
    const sockets = new Set(dropRoom(this.state, room));
    // Also those whom the core has refused, but who will never be told.
    for (const [socketId, wanted] of this.#wanted) if (wanted === room) sockets.add(socketId);
    for (const socketId of sockets) this.outlet.close(socketId, "restart");
    for (const observer of this.#parts.options.observers) observer.handedOn?.(room, peers);
  }

  #isSpread(room: string): boolean {
    return [...this.state.rooms.get(room)?.members.values() ?? []]
      .some(({ socketId = 0 }) => socketId < 0);
  }
}
