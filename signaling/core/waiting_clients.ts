/** Who waits in the lobbies of rooms for an owner's answer. */
import type { Dialect, Join, Knock, PeerId } from "../../protocol/mod.ts";
import type { Guess } from "./core_types.ts";
import type { SocketRecord } from "./socket_record.ts";

/** A waiting client and its join, which is tried again when the room changes. */
export interface Waiting {
  readonly socket: SocketRecord;
  readonly message: Join;
  readonly dialect: Dialect;
  readonly guess: Guess | undefined;
  /** Whether it was told that an owner is there to answer; undefined: nothing was told yet. */
  heard?: boolean;
}

/** All waiting clients, by room, the longest first. */
export class Knocks {
  readonly #rooms = new Map<string, Map<PeerId, Waiting>>();

  /** Everybody who waits, for leak tests. */
  get size(): number {
    let size = 0;
    for (const room of this.#rooms.values()) size += room.size;
    return size;
  }

  add(waiting: Waiting): void {
    const { socket, message: { room } } = waiting;
    const inRoom = this.#rooms.get(room) ?? new Map<PeerId, Waiting>();
    this.#rooms.set(room, inRoom.set(socket.peerId, waiting));
    socket.knocksAt = room;
  }

  /** The room that it waited for; undefined: none. */
  remove(socket: SocketRecord): string | undefined {
    const { knocksAt } = socket;
    if (knocksAt === undefined) return undefined;
    socket.knocksAt = undefined;
    const inRoom = this.#rooms.get(knocksAt);
    inRoom?.delete(socket.peerId);
    if (inRoom?.size === 0) this.#rooms.delete(knocksAt);
    return knocksAt;
  }

  /** `knockId`: as in the list. */
  find(room: string, knockId: PeerId): Waiting | undefined {
    return this.#rooms.get(room)?.get(knockId);
  }

  at(room: string): Waiting[] {
    return [...this.#rooms.get(room)?.values() ?? []];
  }

  /** As owners are told. */
  list(room: string): Knock[] {
    return this.at(room).map(({ socket, message }) => ({
      knockId: socket.peerId,
      name: message.name,
    }));
  }
}
