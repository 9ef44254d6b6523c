/**
 * This process as a node of a cluster: its id, its connection to the store, and the signing key
 * that all nodes share. Loaded only if the server is told to be a node.
 *
 * Invariants:
 *  1 Until the key is known the node refuses everybody who is new, because it could not recognize
 *    them later.
 *  2 Only the first node of a cluster says that nobody is inside any room.
 */
import {
  type ClusterCounts,
  ClusterHost,
  type ClusterListener,
  type ClusterStore,
  hasMembers,
  type NodeInfo,
} from "../../signaling/cluster/mod.ts";
import {
  type HostOptions,
  type KeptRules,
  mapBounded,
  type NodeId,
  type RoomHost,
  RoomsUnavailable,
  type RoomTokens,
  signedTokens,
} from "../../signaling/mod.ts";
import type { ClusterFigures } from "../exposition.ts";
import type { Log } from "../log.ts";
import { version } from "../version.ts";
import { clusterGauges, ClusterTallies } from "./cluster_tallies.ts";
import { importRooms } from "./import_rooms.ts";

/** What a node needs. */
export interface NodeParts {
  /** Connects to the store; resolves when it answers, or does not answer for now. */
  readonly connect: (node: NodeId, listener: ClusterListener) => Promise<ClusterStore>;
  /** The key in --secret-file, 32 bytes; undefined: the one in the store. */
  readonly key: Uint8Array | undefined;
  /** The key that the store keeps if it has none, 32 bytes. */
  readonly offered: Uint8Array;
  /**
   * The rules of rooms that this server kept alone; the store takes those that it does not know.
   */
  readonly keptAlone: {
    readonly rooms: readonly (readonly [room: string, rules: KeptRules])[];
    /** Called when the store has them. */
    readonly setAside: () => void;
  };
  readonly log: Pick<Log, "line">;
}

/** What `/healthz` shows of a node. */
export interface NodeHealth extends ClusterCounts {
  readonly node: NodeId;
}

/** After how many ms the start is tried again if the store fails meanwhile. */
const againMs = 1_000;

/** One node. */
export class ClusterNode {
  /** 16 hex digits, chosen anew for each process. */
  readonly id: NodeId = [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, "0")).join("");
  /** Resolves when the node has joined, to whether it is the first of its cluster. */
  readonly joined: Promise<{ readonly isFirst: boolean }>;
  readonly #parts: NodeParts;
  readonly #tallies = new ClusterTallies();
  readonly #onJoined: (facts: { readonly isFirst: boolean }) => void;
  #key: Uint8Array;
  #startedAt = Date.now();
  readonly #earlierKeys: Uint8Array[] = [];
  #tokens: RoomTokens;
  #store: ClusterStore | undefined;
  #host: ClusterHost | undefined;
  #isJoined = false;
  #isJoining = false;

  private constructor(parts: NodeParts) {
    this.#parts = parts;
    this.#key = parts.key ?? parts.offered;
    this.#tokens = signedTokens(this.#key);
    const { promise, resolve } = Promise.withResolvers<{ readonly isFirst: boolean }>();
    this.joined = promise;
    this.#onJoined = resolve;
  }

  /** Connects; if the store does not answer, the node joins as soon as it does. */
  static async connect(parts: NodeParts): Promise<ClusterNode> {
    const node = new ClusterNode(parts);
    node.#store = await parts.connect(node.id, {
      onText: (text) => node.#host?.onText(text),
      onOnline: (isOnline) => node.#onOnline(isOnline),
    });
    if (!node.#store.isOnline) {
      const words = "the store of rooms does not answer; nobody can join until it does";
      parts.log.line("warn", words, { node: node.id });
    }
    await node.#join();
    return node;
  }

  /** The rooms, as the hub of this node sees them. Called once. */
  readonly host = (options: HostOptions): RoomHost => {
    const store = this.#connected;
    this.#host = new ClusterHost(options, {
      ...{ node: this.id, version, store, observer: this.#tallies },
    });
    return this.#host;
  };

  /** The key of the cluster; undefined before the node has joined. */
  get key(): Uint8Array | undefined {
    return this.#isJoined ? this.#key : undefined;
  }

  /** Makes and reads tokens with the key of the cluster. */
  get tokens(): RoomTokens {
    return this.#tokens;
  }

  /**
   * When the cluster began, ms since the epoch. What an older token says of a room may be from
   * before that; the start of one node means nothing for the rooms.
   */
  get startedAt(): number {
    return this.#startedAt;
  }

  /** Whether it has the key. */
  get isJoined(): boolean {
    return this.#isJoined;
  }

  /** Why a load balancer should send nobody here, in words; undefined: it may. */
  get trouble(): string | undefined {
    if (!this.#connected.isOnline) return "the store of rooms does not answer";
    return this.#isJoined ? undefined : "waiting for the signing key of the cluster";
  }

  /** What `/healthz` shows. */
  get health(): NodeHealth {
    return { node: this.id, ...this.#counts() };
  }

  /** What `/metrics` shows. */
  get figures(): ClusterFigures {
    return { tallies: this.#tallies.tallies, gauges: clusterGauges(() => this.#counts()) };
  }

  /** All nodes; rejects with `RoomsUnavailable` if the store does not answer. */
  async nodes(): Promise<readonly NodeInfo[]> {
    try {
      return await this.#connected.nodes();
    } catch (cause) {
      throw new RoomsUnavailable("the store of rooms does not answer", { cause });
    }
  }

  get #connected(): ClusterStore {
    if (this.#store === undefined) throw new Error("the node is not connected yet");
    return this.#store;
  }

  #counts(): ClusterCounts {
    return this.#host?.clusterCounts() ??
      { isOnline: this.#connected.isOnline, homes: 0, farSockets: 0, links: 0, waiting: 0 };
  }

  #onOnline(isOnline: boolean): void {
    if (isOnline) {
      if (!this.#isJoined) void this.#join();
      // The store may have lost it, and the next node to start would make another one.
      else if (this.#parts.key === undefined) void this.#offerKey().catch(() => {});
    }
    this.#host?.onOnline(isOnline);
  }

  /**
   * Offers the key again. If a node that started after a loss was faster, its key is the one of the
   * cluster from now on; this node still reads tokens of its own.
   */
  async #offerKey(): Promise<void> {
    const present = await this.#connected.sharedKey(this.#key);
    if (isSame(present, this.#key)) return;
    this.#earlierKeys.push(this.#key);
    this.#key = present;
    this.#tokens = signedTokens(present, this.#earlierKeys);
    const words = "the store has lost the signing key and got another one; set --secret-file";
    this.#parts.log.line("warn", words, { node: this.id });
  }

  async #join(): Promise<void> {
    const store = this.#store;
    if (store?.isOnline !== true || this.#isJoined || this.#isJoining) return;
    const { key, offered, log, keptAlone } = this.#parts;
    this.#isJoining = true;
    try {
      this.#key = key ?? await store.sharedKey(offered);
      this.#tokens = signedTokens(this.#key);
      const { id: node } = this;
      // At one moment: of several nodes that start together, one finds nobody.
      const { startedAt: since } = this;
      const isAlone = await store.announce({ node, version, takesRooms: false, rooms: 0, since });
      this.#startedAt = Math.min(...(await store.nodes()).map((each) => each.since), since);
      const isFirst = isAlone && !await hasPeople(store);
      await importRooms(store, keptAlone.rooms);
      keptAlone.setAside();
      this.#isJoined = true;
      log.line("info", "joined the cluster", { node: this.id, isFirst });
      this.#onJoined({ isFirst });
    } catch {
      setTimeout(() => void this.#join(), againMs);
    } finally {
      this.#isJoining = false;
    }
  }
}

/** Whether a room has members, who may still come back. */
async function hasPeople(store: ClusterStore): Promise<boolean> {
  const records = await mapBounded(await store.rooms(), (room) => store.read(room));
  return records.some((record) => record !== undefined && hasMembers(record));
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
