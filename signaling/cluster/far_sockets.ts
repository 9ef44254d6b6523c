/**
 * The sockets of other nodes whose room's home is this node. For its core they are sockets like any
 * other, with negative numbers.
 */
import type { NodeId, SocketId } from "../core/core_types.ts";
import type { ReadFrame } from "../shell/room_host.ts";
import { askedRoom } from "./asked_room.ts";
import type { ClusterObserver } from "./cluster_observer.ts";
import type { ClusterStore } from "./cluster_store.ts";
import type { Home } from "./home.ts";
import type { EdgeOp, HomeOp } from "./link_wire.ts";

/** Frames of a socket that may wait until this node has the lease of its room. */
const deferredMost = 64;

interface FarParts {
  readonly home: Home;
  readonly store: ClusterStore;
  readonly observer: ClusterObserver;
  /** Sends ops to an edge. */
  readonly toEdge: (node: NodeId, ops: readonly HomeOp[]) => void;
}

/** All sockets of other nodes here. */
export class FarSockets {
  readonly #parts: FarParts;
  /** Frames of sockets whose room's lease is being taken. */
  readonly #deferred = new Map<SocketId, ReadFrame[]>();
  /** Sockets whose edge was lost while the store could not be reached. */
  #lostMeanwhile: SocketId[] = [];
  #lastNumber = 0;

  constructor(parts: FarParts) {
    this.#parts = parts;
  }

  /** An edge has sent an op. */
  onEdgeOp(node: NodeId, op: EdgeOp): void {
    const { home, home: { outlet } } = this.#parts;
    if (home.isClosing) return;
    switch (op.op) {
      case "open": {
        const socketId = --this.#lastNumber;
        outlet.add(socketId, { node, socketId: op.socket.socketId });
        return home.connect({ ...op.socket, socketId });
      }
      case "frame": {
        const socketId = outlet.find({ node, socketId: op.socketId });
        return socketId === undefined ? undefined : this.#receive(socketId, op.frame);
      }
      case "closed": {
        const socketId = outlet.find({ node, socketId: op.socketId });
        return socketId === undefined ? undefined : this.#end(socketId, op.code);
      }
      case "command":
        return void this.#execute(node, op);
      default:
        op satisfies never;
    }
  }

  /** The link from an edge is broken: its sockets are lost. */
  onEdgeLost(node: NodeId): void {
    const { home, store, observer } = this.#parts;
    const lost = home.outlet.of(node);
    if (lost.length > 0) observer.lostSockets("home", lost.length);
    // Without the store nobody can come back, so nobody's grace period begins.
    if (!store.isOnline) this.#lostMeanwhile.push(...lost);
    else for (const socketId of lost) this.#end(socketId, 1006);
  }

  /** The store has become reachable. */
  onOnline(): void {
    for (const socketId of this.#lostMeanwhile.splice(0)) this.#end(socketId, 1006);
  }

  #receive(socketId: SocketId, frame: ReadFrame): void {
    const { home } = this.#parts;
    const deferred = this.#deferred.get(socketId);
    if (deferred !== undefined) {
      deferred.push(frame);
      if (deferred.length > deferredMost) home.outlet.close(socketId, "rate");
      return;
    }
    const room = askedRoom(frame.message);
    if (room === undefined || home.holds(room)) return home.receive(socketId, frame);
    this.#deferred.set(socketId, [frame]);
    void this.#findFor(socketId, room);
  }

  /** Takes the room of a socket's join, or tells its edge that another node has it. */
  async #findFor(socketId: SocketId, room: string): Promise<void> {
    const { home } = this.#parts;
    const found = await home.find(room).catch(() => undefined);
    const frames = this.#deferred.get(socketId);
    this.#deferred.delete(socketId);
    if (frames === undefined || home.isClosing) return;
    if (found === "here") {
      for (const frame of frames) this.#receive(socketId, frame);
      return;
    }
    home.outlet.say(socketId, (far) => ({ op: "elsewhere", socketId: far, node: found }));
    this.#end(socketId, 1000);
  }

  #end(socketId: SocketId, code: number): void {
    const { home } = this.#parts;
    this.#deferred.delete(socketId);
    home.outlet.remove(socketId);
    home.closed(socketId, code);
  }

  async #execute(
    node: NodeId,
    { id, room, command }: EdgeOp & { op: "command" },
  ): Promise<void> {
    const { home, toEdge } = this.#parts;
    const isDone = await home.find(room)
      .then((found) => found === "here" ? home.execute(room, command) : undefined)
      .catch(() => undefined);
    toEdge(node, [{ op: "done", id, isDone }]);
  }
}
