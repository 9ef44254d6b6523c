/**
 * The pool: every live socket of this node by id, behind an interface so that the transport can change.
 * A reader that stalls must cost neither memory nor the others' time: above one backlog only what must arrive is
 * still sent, above the next the socket is cut.
 */
import { closeCode, type CloseReason, limits } from "../../protocol/mod.ts";
import type { SocketId } from "../core/core_types.ts";

/** What the pool needs of a transport. */
export interface Socket {
  /** Sends one text frame; must not throw. */
  send(frame: string): void;
  /** Starts the closing handshake; must not throw; may be called twice. */
  close(code: number, reason: string): void;
  /** Bytes accepted by `send` and not yet written. */
  readonly backlog: number;
}

interface Entry {
  readonly socket: Socket;
  readonly address: string;
  /** We closed it; its TCP connection may live on for as long as its reader stalls. */
  closing: boolean;
}

/** How one send ended: `cut` when the socket was closed for not reading. */
export type Sent = "sent" | "dropped" | "cut";

export class SocketPool {
  readonly #entries = new Map<SocketId, Entry>();
  readonly #byAddress = new Map<string, Set<SocketId>>();
  readonly #onEmpty: (() => void)[] = [];
  /** How many of each address were accepted and are not open yet. */
  readonly #arriving = new Map<string, number>();

  get size(): number {
    return this.#entries.size;
  }

  add(socketId: SocketId, { socket, address }: { socket: Socket; address: string }): void {
    this.#entries.set(socketId, { socket, address, closing: false });
    const sockets = this.#byAddress.get(address) ?? new Set();
    this.#byAddress.set(address, sockets.add(socketId));
  }

  /** The transport reported its end; only now its address has one socket less. */
  remove(socketId: SocketId): void {
    const entry = this.#entries.get(socketId);
    if (entry === undefined) return;
    this.#entries.delete(socketId);
    const sockets = this.#byAddress.get(entry.address);
    sockets?.delete(socketId);
    if (sockets?.size === 0) this.#byAddress.delete(entry.address);
    this.#tellEmpty();
  }

  /**
   * A socket was accepted and is not open yet; the returned function says that it is open now, or never will be. Until
   * then it counts against its address, so that many handshakes at once are not more welcome than one after the other.
   */
  arriving(address: string): () => void {
    this.#arriving.set(address, this.arrivingFrom(address) + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      const left = this.arrivingFrom(address) - 1;
      if (left > 0) this.#arriving.set(address, left);
      else this.#arriving.delete(address);
      this.#tellEmpty();
    };
  }

  /** How many sockets of one address are on their way in. */
  arrivingFrom(address: string): number {
    return this.#arriving.get(address) ?? 0;
  }

  /** Resolves when no socket is left, and none is on its way in. */
  empty(): Promise<void> {
    const empty = new Promise<void>((resolve) => this.#onEmpty.push(resolve));
    this.#tellEmpty();
    return empty;
  }

  #tellEmpty(): void {
    if (this.size > 0 || this.#arriving.size > 0) return;
    this.#onEmpty.splice(0).forEach((resolve) => resolve());
  }

  /** Sockets of one address, those we wait to see gone included. */
  socketsOf(address: string): Iterable<SocketId> {
    return this.#byAddress.get(address) ?? [];
  }

  /** Sends to one socket. What is `droppable` gives way before the socket is cut. */
  send(socketId: SocketId, frame: string, { droppable }: { droppable: boolean }): Sent {
    const entry = this.#entries.get(socketId);
    if (entry === undefined || entry.closing) return "dropped";
    const { backlog } = entry.socket;
    if (backlog > limits.backlogCutBytes) {
      this.close(socketId, "slow");
      return "cut";
    }
    if (droppable && backlog > limits.backlogDropBytes) return "dropped";
    entry.socket.send(frame);
    return "sent";
  }

  close(socketId: SocketId, reason: CloseReason): void {
    const entry = this.#entries.get(socketId);
    if (entry === undefined || entry.closing) return;
    entry.closing = true;
    entry.socket.close(closeCode(reason), reason);
  }

  closeAll(reason: CloseReason): void {
    for (const socketId of this.#entries.keys()) this.close(socketId, reason);
  }
}
