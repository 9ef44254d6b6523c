/** Carries the effects of a home out: at the sockets of this node, and at those of other nodes. */
import type { CloseReason } from "../../protocol/mod.ts";
import type { Effect, NodeId, SocketId } from "../core/core_types.ts";
import { observe } from "../shell/observer.ts";
import type { HostOptions } from "../shell/room_host.ts";
import type { HomeOp } from "./link_wire.ts";

/** A socket of another node, as that node numbers it. */
export interface FarSocket {
  readonly node: NodeId;
  readonly socketId: SocketId;
}

interface OutletParts {
  readonly options: HostOptions;
  readonly toEdge: (node: NodeId, ops: readonly HomeOp[]) => void;
  /** Whether a socket is still in the room that an effect was meant for. */
  readonly isIn: (socketId: SocketId, room: string | undefined) => boolean;
}

/** The sockets of other nodes, by the numbers that the core knows them by. */
export class Outlet {
  readonly #parts: OutletParts;
  readonly #far = new Map<SocketId, FarSocket>();
  readonly #near = new Map<NodeId, Map<SocketId, SocketId>>();

  constructor(parts: OutletParts) {
    this.#parts = parts;
  }

  /** Adds a socket of another node. */
  add(socketId: SocketId, far: FarSocket): void {
    this.#far.set(socketId, far);
    const ofNode = this.#near.get(far.node) ?? new Map<SocketId, SocketId>();
    this.#near.set(far.node, ofNode.set(far.socketId, socketId));
  }

  /** The number by which the core knows a socket of another node. */
  find({ node, socketId }: FarSocket): SocketId | undefined {
    return this.#near.get(node)?.get(socketId);
  }

  /** All sockets of another node. */
  of(node: NodeId): SocketId[] {
    return [...this.#near.get(node)?.values() ?? []];
  }

  /** Forgets a socket of another node. */
  remove(socketId: SocketId): void {
    const far = this.#far.get(socketId);
    if (far === undefined) return;
    this.#far.delete(socketId);
    const ofNode = this.#near.get(far.node);
    // The node may have given its number to a newer socket here.
    if (ofNode?.get(far.socketId) === socketId) ofNode.delete(far.socketId);
    if (ofNode?.size === 0) this.#near.delete(far.node);
  }

  /** Closes a socket of this node or of another one. */
  close(socketId: SocketId, reason: CloseReason): void {
    if (!this.#far.has(socketId)) return this.#parts.options.sockets.close(socketId, reason);
    this.say(socketId, (far) => ({ op: "close", socketId: far, reason }));
  }

  /** Sends an op about one socket of another node. */
  say(socketId: SocketId, op: (far: SocketId) => HomeOp): void {
    const far = this.#far.get(socketId);
    if (far !== undefined) this.#parts.toEdge(far.node, [op(far.socketId)]);
  }

  /** Carries effects out in order; those of one step go to each edge in one packet. */
  carryOut(effects: readonly Effect[], room: string | undefined): void {
    const { options: { sockets, observers }, isIn, toEdge } = this.#parts;
    const packets = new Map<NodeId, HomeOp[]>();
    for (const effect of effects) {
      switch (effect.kind) {
        case "send":
        case "close": {
          const { socketId } = effect;
          const far = this.#far.get(socketId);
          if (effect.kind === "send" && !isIn(socketId, room)) break;
          if (far !== undefined) addTo(packets, far, effect);
          else if (effect.kind === "send") sockets.send(socketId, effect.message);
          else sockets.close(socketId, effect.reason);
          break;
        }
        case "publish":
        case "subscribe":
        case "unsubscribe":
        case "ring":
          observe(observers, effect);
          break;
        case "keep":
          // It is part of the record.
          break;
        default:
          effect satisfies never;
      }
    }
    for (const [node, ops] of packets) toEdge(node, ops);
  }
}

function addTo(
  packets: Map<NodeId, HomeOp[]>,
  { node, socketId }: FarSocket,
  effect: Effect & { kind: "send" | "close" },
): void {
  const ops = packets.get(node) ?? [];
  packets.set(node, ops);
  if (effect.kind === "close") {
    ops.push({ op: "close", socketId, reason: effect.reason });
    return;
  }
  const { message } = effect;
  // An edge sends these itself.
  if (message.type === "tick") return;
  if (message.type === "signal") {
    ops.push({ op: "signal", socketId, from: message.from, body: message.body });
    return;
  }
  const last = ops.at(-1);
  // The core sends a broadcast to all its receivers one after the other.
  if (last?.op === "send" && last.message === message) last.to.push(socketId);
  else ops.push({ op: "send", to: [socketId], message });
}
