/**
 * The UDP ports of clients. A socket for every address at once would answer from the address of its
 * route, and a client takes no answer from another address than it has asked; so each address of
 * this machine has a socket.
 */
import { isEverywhere } from "../listen_address.ts";
import { type Endpoint, familyOf } from "./endpoint.ts";
import { UdpSocket } from "./udp_socket.ts";

/** Where the ports are, and who gets their packets. */
export interface UdpPortsOptions {
  /** Addresses, or `::` and `0.0.0.0` for all. */
  readonly hosts: readonly string[];
  readonly port: number;
  /** Whether any free port is right if that one is in use. */
  readonly isAnyPort: boolean;
  /** The addresses of this machine at present. */
  readonly addresses: () => Iterable<string>;
  /** A packet; its buffer is used again when the promise has resolved, or at once. */
  readonly receive: (
    bytes: Uint8Array,
    from: Endpoint,
    socket: UdpSocket,
  ) => Promise<unknown> | undefined;
  readonly onDrop: () => void;
}

/** How often another port is tried if any is right. */
const tries = 16;

/** One port on all addresses. */
export class UdpPorts {
  readonly #options: UdpPortsOptions;
  readonly #sockets = new Map<string, UdpSocket>();
  #port: number;

  constructor(options: UdpPortsOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  get port(): number {
    return this.#port;
  }

  /**
   * Opens the ports; throws as `Deno.listenDatagram` does if there is none. Returns the addresses
   * on which the port is in use.
   */
  open(): readonly string[] {
    let refused = this.#openMissing();
    for (let count = 1; this.#options.isAnyPort && refused.size > 0 && count < tries; count++) {
      this.close();
      this.#port = 0;
      refused = this.#openMissing();
    }
    const [first] = refused.values();
    if (this.#sockets.size === 0) throw first ?? new Deno.errors.AddrNotAvailable();
    return [...refused.keys()];
  }

  /** Follows the addresses of this machine; due from time to time after `open()`. */
  refresh(): void {
    this.#openMissing();
    const wanted = this.#wanted();
    for (const [address, socket] of this.#sockets) {
      if (wanted.has(address)) continue;
      socket.close();
      this.#sockets.delete(address);
    }
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.close();
    this.#sockets.clear();
  }

  #wanted(): ReadonlySet<string> {
    const { hosts, addresses } = this.#options;
    const isWanted = (address: string) => hosts.includes("::") || familyOf(address) === "ipv4";
    return new Set(
      hosts.flatMap((host) => isEverywhere(host) ? [...addresses()].filter(isWanted) : [host]),
    );
  }

  /** Returns the addresses on which the port is in use, with the errors. */
  #openMissing(): ReadonlyMap<string, Error> {
    const { receive, onDrop } = this.#options;
    const refused = new Map<string, Error>();
    for (const hostname of this.#wanted()) {
      if (this.#sockets.has(hostname)) continue;
      try {
        const socket = new UdpSocket({ hostname, port: this.#port }, onDrop);
        this.#port = socket.port;
        this.#sockets.set(hostname, socket);
        void socket.receiveAll(({ bytes }, from) => receive(bytes, from, socket));
      } catch (error) {
        // A new address of IPv6 cannot be used before the system has found no other owner.
        const isNew = error instanceof Deno.errors.AddrNotAvailable;
        if (error instanceof Error && !isNew) refused.set(hostname, error);
      }
    }
    return refused;
  }
}
