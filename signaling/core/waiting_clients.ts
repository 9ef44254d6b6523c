/** Clients that wait in the lobbies of rooms until an owner answers. */
import type { Dialect, Join, Knock, PeerId } from "../../protocol/mod.ts";
import type { Guess } from "./core_types.ts";
import type { SocketRecord } from "./socket_record.ts";

/** A join message, with who sent it and how. */
export interface JoinRequest {
  readonly socket: SocketRecord;
  readonly message: Join;
  readonly dialect: Dialect;
  /** The result of checking the password in the message. */
  readonly guess?: Guess | undefined;
  /** An owner has admitted the client from the lobby. */
  readonly admitted?: boolean;
}

/** A join request that waits. It is tried again when the room changes. */
export interface WaitingClient extends JoinRequest {
  /** The last `heard` it was sent: whether an owner is present; undefined: none yet. */
  heard?: boolean;
  /** When it began to wait, ms since the epoch. */
  readonly since: number;
}

/** All waiting clients by room, in the order in which they came. */
export class WaitingClients {
  readonly #rooms = new Map<string, Map<PeerId, WaitingClient>>();

  /** How many wait in all rooms, for leak tests. */
  get size(): number {
    let size = 0;
    for (const room of this.#rooms.values()) size += room.size;
    return size;
  }

  /** Adds a client to the lobby of the room it wants to join. */
  add(client: WaitingClient): void {
    const { socket, message: { room } } = client;
    const inRoom = this.#rooms.get(room) ?? new Map<PeerId, WaitingClient>();
    this.#rooms.set(room, inRoom.set(wantedId(client), client));
    socket.waitsFor = room;
  }

  /** Removes a client; returns the room it waited for, or undefined if it did not wait. */
  remove(socket: SocketRecord): string | undefined {
    const { waitsFor } = socket;
    if (waitsFor === undefined) return undefined;
    socket.waitsFor = undefined;
    const inRoom = this.#rooms.get(waitsFor);
    for (const [knockId, client] of inRoom ?? []) {
      if (client.socket === socket) inRoom?.delete(knockId);
    }
    if (inRoom?.size === 0) this.#rooms.delete(waitsFor);
    return waitsFor;
  }

  /** The client that waits for `room` under `knockId`, the peer id it will have. */
  find(room: string, knockId: PeerId): WaitingClient | undefined {
    return this.#rooms.get(room)?.get(knockId);
  }

  /** The clients that wait for one room. */
  in(room: string): WaitingClient[] {
    return [...this.#rooms.get(room)?.values() ?? []];
  }

  /** The clients that wait for one room, as its owners are sent them. */
  list(room: string): Knock[] {
    return this.in(room).map((client) => {
      const { name, sealed } = client.message;
      const knock = { knockId: wantedId(client), name };
      if (sealed === undefined) return knock;
      const { hello, card } = sealed;
      return { ...knock, sealed: { hello, card } };
    });
  }
}

/** The peer id that a client will have without a token. */
export function wantedId({ socket, message }: JoinRequest): PeerId {
  return message.sealed?.peerId ?? socket.peerId;
}
