/**
 * The links between this node and the others. A link is opened by an edge to a home; both ways its
 * packets are numbered. A lost packet or a silence breaks it, at both ends, and everything that
 * hung on it starts over: its edge closes the sockets, its home counts them as lost.
 *
 * Invariants:
 *  1 The ops of a link take place in the order in which they were sent, each once, or the link
 *    breaks.
 *  2 After a break nothing of that link takes place.
 */
import type { NodeId } from "../core/core_types.ts";
import type { Surroundings } from "../shell/room_host.ts";
import type { ClusterStore } from "./cluster_store.ts";
import { decodePacket, type EdgeOp, encodePacket, type HomeOp, type Packet } from "./link_wire.ts";

/** How often each end of a link shows that it is there, ms. */
const beatMs = 1_000;
/** A link that is silent for this long is broken, ms. */
const silenceMs = 5_000;
/** A node that is asked for the first time answers within this time, or counts as away, ms. */
const reachMs = 1_000;
/** A link that no socket hangs on is closed after this long without a packet, ms. */
const idleMs = 60_000;

/** One end of a link. */
interface Link {
  readonly id: string;
  readonly other: NodeId;
  /** What this node is on it. */
  readonly end: "edge" | "home";
  /** What has still to be sent in this turn. */
  readonly waiting: (EdgeOp | HomeOp)[];
  /** The number of the next packet, each way. */
  nextOut: number;
  nextIn: number;
  /** Undefined: never, because it is new. */
  heardAt: number | undefined;
  readonly openedAt: number;
  usedAt: number;
}

/** What happens on the links. `node`: the other end. */
export interface LinkEvents {
  /** An edge has sent an op. */
  onEdgeOp(node: NodeId, op: EdgeOp): void;
  /** A home has sent an op. */
  onHomeOp(node: NodeId, op: HomeOp): void;
  /** The link from an edge is broken. */
  onEdgeLost(node: NodeId): void;
  /** The link to a home is broken. */
  onHomeLost(node: NodeId): void;
  /** Whether something of this node hangs on the link to a home. */
  needsHome(node: NodeId): boolean;
}

interface LinkParts extends LinkEvents {
  readonly node: NodeId;
  readonly store: Pick<ClusterStore, "publish">;
  readonly surroundings: Surroundings;
  readonly onFault: (error: unknown) => void;
}

/** Those who wait for the first sign of a home. */
interface Reaching {
  readonly waiting: ((isThere: boolean) => void)[];
  readonly cancelPatience: () => void;
}

/** All links of one node. */
export class NodeLinks {
  readonly #parts: LinkParts;
  /** Where this node is the edge, by home. */
  readonly #homes = new Map<NodeId, Link>();
  /** Where this node is the home, by edge. */
  readonly #edges = new Map<NodeId, Link>();
  /** Called when a home has answered, or not in time. */
  readonly #reaching = new Map<NodeId, Reaching>();
  #cancelBeat: () => void;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#cancelBeat = parts.surroundings.after(beatMs, () => this.#beat());
  }

  /** How many links there are, as edge and as home. */
  get size(): number {
    return this.#homes.size + this.#edges.size;
  }

  /** Opens a link to a home, if there is none; resolves to whether the home answers. */
  reach(node: NodeId): Promise<boolean> {
    const known = this.#homes.get(node);
    if (known?.heardAt !== undefined) return Promise.resolve(true);
    const { waiting } = this.#reaching.get(node) ?? this.#open(node);
    return new Promise((resolve) => waiting.push(resolve));
  }

  /** Sends ops to a home; false: there is no link to it. */
  toHome(node: NodeId, ops: readonly EdgeOp[]): boolean {
    const link = this.#homes.get(node);
    if (link === undefined) return false;
    this.#queue(link, ops);
    return true;
  }

  /** Sends ops to an edge; does nothing if its link is broken. */
  toEdge(node: NodeId, ops: readonly HomeOp[]): void {
    const link = this.#edges.get(node);
    if (link !== undefined) this.#queue(link, ops);
  }

  /** Takes a text of another node. */
  receive(text: string): void {
    try {
      const packet = decodePacket(text);
      if (packet !== undefined) this.#take(packet);
    } catch (error) {
      this.#parts.onFault(error);
    }
  }

  /** Breaks all links, and ends the work. */
  close(): void {
    this.#cancelBeat();
    for (const link of [...this.#homes.values(), ...this.#edges.values()]) {
      this.#flush(link);
      this.#tellBroken(link.other, link.id, link.end);
    }
    for (const node of this.#homes.keys()) this.#reached(node, false);
    this.#homes.clear();
    this.#edges.clear();
  }

  #open(node: NodeId): Reaching {
    const { surroundings } = this.#parts;
    const link = this.#newLink(node, { id: surroundings.newId(), end: "edge" });
    this.#homes.set(node, link);
    const cancelPatience = surroundings.after(reachMs, () => {
      if (this.#homes.get(node) !== link || link.heardAt !== undefined) return;
      this.#homes.delete(node);
      this.#reached(node, false);
    });
    const reaching: Reaching = { waiting: [], cancelPatience };
    this.#reaching.set(node, reaching);
    this.#send(link);
    return reaching;
  }

  #reached(node: NodeId, isThere: boolean): void {
    const reaching = this.#reaching.get(node);
    this.#reaching.delete(node);
    reaching?.cancelPatience();
    for (const resolve of reaching?.waiting ?? []) resolve(isThere);
  }

  #newLink(other: NodeId, { id, end }: Pick<Link, "id" | "end">): Link {
    const { now } = this.#now;
    const numbers = { nextOut: 0, nextIn: 0 };
    return {
      id,
      other,
      end,
      waiting: [],
      ...numbers,
      heardAt: undefined,
      openedAt: now,
      usedAt: now,
    };
  }

  get #now() {
    return this.#parts.surroundings.moment();
  }

  /** What one turn of the event loop sends is one packet. */
  #queue(link: Link, ops: readonly (EdgeOp | HomeOp)[]): void {
    if (link.waiting.length === 0) queueMicrotask(() => this.#flush(link));
    link.waiting.push(...ops);
  }

  #flush(link: Link): void {
    const ops = link.waiting.splice(0);
    const links = link.end === "edge" ? this.#homes : this.#edges;
    // It may be broken by now.
    if (ops.length > 0 && links.get(link.other) === link) this.#send(link, ops);
  }

  /** Without ops, it only shows that this end is there. */
  #send(link: Link, ops: readonly (EdgeOp | HomeOp)[] = []): void {
    const { node: from, store } = this.#parts;
    const packet = { from, link: link.id, seq: link.nextOut, by: link.end, ops };
    if (ops.length > 0) {
      link.nextOut++;
      link.usedAt = this.#now.now;
    }
    // An edge queues ops of an edge, a home those of a home.
    store.publish(link.other, encodePacket(packet as Packet));
  }

  #take(packet: Packet): void {
    const { from, link: id, by } = packet;
    const [links, lose, end] = by === "edge" || by === "edge-broken"
      ? [this.#edges, this.#loseEdge, "home" as const]
      : [this.#homes, this.#loseHome, "edge" as const];
    let link = links.get(from);
    if (by === "edge-broken" || by === "home-broken") {
      if (link?.id === id) lose.call(this, from);
      return;
    }
    if (link?.id !== id) {
      // Only an edge opens links, with the first packet.
      if (by === "home" || packet.seq !== 0) return this.#tellBroken(from, id, end);
      if (link !== undefined) this.#loseEdge(from);
      link = this.#newLink(from, { id, end: "home" });
      this.#edges.set(from, link);
      // Its edge waits for a sign.
      this.#send(link);
    }
    if (packet.seq !== link.nextIn) {
      this.#tellBroken(from, id, end);
      return lose.call(this, from);
    }
    const isFirst = link.heardAt === undefined;
    link.heardAt = this.#now.now;
    if (isFirst && by === "home") this.#reached(from, true);
    if (packet.ops.length === 0) return;
    link.nextIn++;
    link.usedAt = link.heardAt;
    this.#act(packet, link);
  }

  #act(packet: Packet, link: Link): void {
    const { from } = packet;
    if (packet.by === "edge") {
      for (const op of packet.ops) {
        if (this.#edges.get(from) === link) this.#parts.onEdgeOp(from, op);
      }
    } else {
      for (const op of packet.ops) {
        if (this.#homes.get(from) === link) this.#parts.onHomeOp(from, op as HomeOp);
      }
    }
  }

  /** `end`: what this node is on the broken link. */
  #tellBroken(node: NodeId, link: string, end: "edge" | "home"): void {
    const { node: from, store } = this.#parts;
    store.publish(node, encodePacket({ from, link, seq: 0, by: `${end}-broken`, ops: [] }));
  }

  #loseEdge(node: NodeId): void {
    if (this.#edges.delete(node)) this.#parts.onEdgeLost(node);
  }

  #loseHome(node: NodeId): void {
    if (!this.#homes.delete(node)) return;
    this.#reached(node, false);
    this.#parts.onHomeLost(node);
  }

  #beat(): void {
    const { now } = this.#now;
    this.#cancelBeat = this.#parts.surroundings.after(beatMs, () => this.#beat());
    for (const [links, end] of [[this.#homes, "edge"], [this.#edges, "home"]] as const) {
      for (const link of [...links.values()]) {
        const isIdle = now - link.usedAt >= idleMs && end === "edge" &&
          !this.#parts.needsHome(link.other);
        if (now - (link.heardAt ?? link.openedAt) >= silenceMs || isIdle) {
          this.#tellBroken(link.other, link.id, end);
          if (end === "edge") this.#loseHome(link.other);
          else this.#loseEdge(link.other);
        } else this.#send(link);
      }
    }
  }
}
