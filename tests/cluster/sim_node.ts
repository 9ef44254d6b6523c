/**
 * One node of a simulated cluster: a process with the real hub, and its connection to the store.
 */
import { signedTokens } from "../../signaling/core/tokens.ts";
import type { ChatHistory } from "../../signaling/core/core_types.ts";
import type { ClusterListener } from "../../signaling/cluster/cluster_store.ts";
import { type Connection, Hub } from "../../signaling/shell/hub.ts";
import type { HostOptions, RoomHost, Surroundings } from "../../signaling/shell/room_host.ts";
import type { Socket } from "../../signaling/shell/socket_pool.ts";
import type { Chance } from "../chance.ts";
import { coreOptions } from "../signaling/core/core_options.ts";
import type { ModelStore, StoreConnection } from "./model_store.ts";
import { SimProcess } from "./sim_process.ts";
import type { SocketServer } from "./sim_socket.ts";
import type { VirtualTime } from "./virtual_time.ts";

/** Makes the host of a node's rooms; `listen` says who receives what comes from the store. */
export type MakeHost = (given: HostOptions, node: {
  readonly id: string;
  readonly store: StoreConnection;
  readonly key: Uint8Array;
  readonly listen: (listener: ClusterListener) => void;
}) => RoomHost;

interface Options {
  readonly id: string;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly store: ModelStore;
  readonly history: ChatHistory;
  readonly makeHost: MakeHost;
  readonly onFault: (error: unknown) => void;
}

/** One process of a server, from its start to its end. */
export class SimNode implements SocketServer {
  readonly id: string;
  readonly process: SimProcess;
  readonly store: StoreConnection;
  readonly #options: Options;
  #hub: Hub | undefined;
  #listener: ClusterListener | undefined;
  /** The text that is handled now. */
  handledText: string | undefined;
  /** It is at its memory mark. */
  isFull = false;
  /** The signing key; empty before it listens. */
  key = "";

  constructor(options: Options) {
    const { id, time, chance, store } = options;
    this.#options = options;
    this.id = id;
    this.process = new SimProcess({ time, chance, skewMs: chance.below(4_000) - 2_000 });
    this.store = store.connect(id, {
      process: this.process,
      listener: {
        onText: (text) => {
          this.handledText = text;
          this.#listener?.onText(text);
          this.handledText = undefined;
        },
        onOnline: (isOnline) => this.#listener?.onOnline(isOnline),
      },
    });
    void this.#start();
  }

  /** Whether it accepts sockets. */
  get isListening(): boolean {
    return this.#hub !== undefined && !this.#hub.isClosed && !this.process.isDead;
  }

  accept(socket: Socket, address: string): Connection {
    if (this.#hub === undefined) throw new Error("it does not listen");
    return this.#hub.connect(socket, { address, envelopes: true });
  }

  counts(): ReturnType<Hub["counts"]> | undefined {
    return this.#hub?.counts();
  }

  /** Ends as after SIGTERM; resolves when it has ended. */
  async end(): Promise<void> {
    await this.#hub?.close();
  }

  kill(): void {
    this.process.kill();
    this.store.disconnect();
  }

  async #start(): Promise<void> {
    const { chance, history, makeHost, onFault } = this.#options;
    const surroundings: Surroundings = {
      moment: () => ({ now: this.process.now(), at: this.process.at() }),
      after: this.process.after,
      newId: () => chance.bytes(16).toHex(),
    };
    const key = await this.#sharedKey();
    this.key = key.toHex();
    const options = coreOptions({
      tokens: signedTokens(key),
      chatHistory: history,
      capacity: 16,
      startedAt: this.process.at(),
    });
    const isFull = () => this.isFull;
    this.#hub = new Hub({
      ...options,
      get admission() {
        return isFull() ? "overload" : "open";
      },
      surroundings,
      onKeep: () => {},
      onFault,
      host: (given) =>
        makeHost(given, {
          id: this.id,
          store: this.store,
          key,
          listen: (listener) => this.#listener = listener,
        }),
    });
  }

  /** The key of the cluster; a node does not listen without it. */
  async #sharedKey(): Promise<Uint8Array> {
    for (;;) {
      try {
        return await this.store.sharedKey(this.#options.chance.bytes(32));
      } catch {
        await new Promise<void>((resolve) => this.process.after(500, resolve));
      }
    }
  }
}
