/**
 * All live sockets of this node, behind an interface that hides the transport. A reader that stalls
 * must cost neither memory nor the others' time: above one backlog droppable messages are left out,
 * above a higher one the socket is cut.
 */
import { closeCode, type CloseReason, limits, serverLimits } from "../../protocol/mod.ts";
import type { SocketId } from "../core/core_types.ts";

/** What the pool needs of a transport: a WebSocket (RFC 6455) whose methods do not throw. */
export interface Socket {
  /** Sends one text frame. */
  send(frame: string): void;
  /** Starts the closing handshake; may be called repeatedly. */
  close(code: number, reason: string): void;
  /** Bytes accepted by `send` and not yet written. */
  readonly backlog: number;
}

interface Entry {
  readonly socket: Socket;
  readonly address: string;
  /** The server closed it; its TCP connection lasts as long as its reader stalls. */
  isClosing: boolean;
}

/** How one send ended; `cut`: the socket was closed because it did not read. */
export type SendOutcome = "sent" | "dropped" | "cut";

/** Sockets by id and by address. */
export class SocketPool {
  readonly #entries = new Map<SocketId, Entry>();
  readonly #byAddress = new Map<string, Set<SocketId>>();
  readonly #onEmpty: (() => void)[] = [];
  /** How many sockets of each address are accepted and not open yet. */
  readonly #handshakes = new Map<string, number>();

  /** How many sockets there are, closing ones included. */
  get size(): number {
    return this.#entries.size;
  }

  /** Adds an open socket. */
  add(socketId: SocketId, { socket, address }: { socket: Socket; address: string }): void {
    this.#entries.set(socketId, { socket, address, isClosing: false });
    const sockets = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, sockets.add(socketId));
  }

  /**
   * Removes a socket whose end the transport has reported; until then it counts for its address.
   */
  remove(socketId: SocketId): void {
    const entry = this.#entries.get(socketId);
    if (entry === undefined) return;
    this.#entries.delete(socketId);
    const sockets = this.#byAddress.get(entry.address);
    sockets?.delete(socketId);
    if (sockets?.size === 0) this.#byAddress.delete(entry.address);
    this.#resolveIfEmpty();
  }

  /**
   * Counts a socket that is accepted and not open yet, so that an address cannot exceed its limits
   * by parallel handshakes. Call the returned function when the socket is open or has failed.
   */
  beginHandshake(address: string): () => void {
    this.#handshakes.set(address, this.handshakesOf(address) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = this.handshakesOf(address) - 1;
      if (left > 0) this.#handshakes.set(address, left);
      else this.#handshakes.delete(address);
      this.#resolveIfEmpty();
    };
  }

  /** How many sockets of one address are accepted and not open yet. */
  handshakesOf(address: string): number {
    return this.#handshakes.get(address) ?? 0;
  }

  /** Resolves when there is no socket and no handshake. */
  empty(): Promise<void> {
    const empty = new Promise<void>((resolve) => this.#onEmpty.push(resolve));
    this.#resolveIfEmpty();
    return empty;
  }

  #resolveIfEmpty(): void {
    if (this.size > 0 || this.#handshakes.size > 0) return;
    this.#onEmpty.splice(0).forEach((resolve) => resolve());
  }

  /** The sockets of one address, closing ones included. */
  socketsOf(address: string): Iterable<SocketId> {
    return this.#byAddress.get(address) ?? [];
  }

  /** Sends a frame, unless the socket's backlog is too large for it; see the top of this file. */
  send(socketId: SocketId, frame: string, { droppable }: { droppable: boolean }): SendOutcome {
    const entry = this.#entries.get(socketId);
    if (entry === undefined || entry.isClosing) return "dropped";
    const { backlog } = entry.socket;
    if (backlog > serverLimits.backlogCutBytes) {
      this.close(socketId, "slow");
      return "cut";
    }
    if (droppable && backlog > limits.backlogDropBytes) return "dropped";
    entry.socket.send(frame);
    return "sent";
  }

  /** Closes a socket with the close code of `reason`; repeated calls do nothing. */
  close(socketId: SocketId, reason: CloseReason): void {
    const entry = this.#entries.get(socketId);
    if (entry === undefined || entry.isClosing) return;
    entry.isClosing = true;
    entry.socket.close(closeCode(reason), reason);
  }

  /** Closes all sockets. */
  closeAll(reason: CloseReason): void {
    for (const socketId of this.#entries.keys()) this.close(socketId, reason);
  }
}
