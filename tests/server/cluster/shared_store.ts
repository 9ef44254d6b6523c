/** A store in this process and in real time, which several nodes share. It answers at once. */
import {
  type ClusterListener,
  type ClusterStore,
  type Lease,
  type NodeInfo,
  type RoomChange,
} from "../../../signaling/cluster/cluster_store.ts";
import { StoreState } from "../../cluster/store_state.ts";

/** What all nodes share. */
export class SharedStore {
  readonly state = new StoreState(() => Date.now());
  /** How many records were read. */
  reads = 0;
  /** Commits wait for this. */
  commitsWait: Promise<void> | undefined;
  /** Called when a commit begins to wait. */
  onWait: () => void = () => {};
  /** How often a node wanted to take a room. */
  takes = 0;
  readonly #listeners = new Map<string, ClusterListener>();
  #isUp = true;

  get isUp(): boolean {
    return this.#isUp;
  }

  /** The store becomes reachable or unreachable for all nodes. */
  turn(isUp: boolean): void {
    this.#isUp = isUp;
    for (const listener of this.#listeners.values()) listener.onOnline(isUp);
  }

  /** Connects a node. */
  connect(node: string, listener: ClusterListener): ClusterStore {
    this.#listeners.set(node, listener);
    const answer = async <T>(work: () => T): Promise<T> => {
      if (!this.#isUp || !this.#listeners.has(node)) throw new Error("the store is away");
      const result = work();
      await Promise.resolve();
      return result;
    };
    const isUp = () => this.#isUp;
    const { state } = this;
    return {
      get isOnline() {
        return isUp();
      },
      take: (room) => {
        this.takes++;
        return answer(() => state.take(node, room));
      },
      renew: (leases) => answer(() => leases.map((lease) => state.renew(node, lease))),
      commit: (lease: Lease, change: RoomChange) =>
        this.#commitsMay().then(() => answer(() => state.commit(node, { lease, change }))),
      release: (lease, { forget }) => answer(() => state.release(node, { lease, forget })),
      read: (room) =>
        answer(() => {
          this.reads++;
          const fields = state.read(room);
          return fields && new Map(fields);
        }),
      rooms: () => answer(() => state.rooms()),
      publish: (to, text) => {
        if (this.#isUp) queueMicrotask(() => this.#listeners.get(to)?.onText(text));
      },
      announce: (info: NodeInfo) => answer(() => state.announce(info)),
      nodes: () => answer(() => state.nodes()),
      sharedKey: (offered) => answer(() => state.sharedKey(offered)),
      close: () => {
        if (this.#isUp) state.withdraw(node);
        this.#listeners.delete(node);
        return Promise.resolve();
      },
    };
  }

  #commitsMay(): Promise<void> {
    if (this.commitsWait === undefined) return Promise.resolve();
    this.onWait();
    return this.commitsWait;
  }
}
