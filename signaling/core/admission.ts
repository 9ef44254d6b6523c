/** How somebody comes in, be it anew, again, or after an owner's word. */
import {
  type CloseReason,
  type Dialect,
  type ErrorCode,
  type Join,
  silentState,
} from "../../protocol/mod.ts";
import type { CoreOptions, Guess, Moment, SocketId } from "./core_types.ts";
import { Creations } from "./creations.ts";
import type { Door } from "./lobby.ts";
import type { Waiting } from "./knocks.ts";
import type { Membership } from "./membership.ts";
import type { Session } from "./room.ts";
import type { Shown } from "./room_rules.ts";
import type { SocketRecord } from "./socket_record.ts";

/** A join, and what is known of it. */
export interface Asked extends Moment {
  readonly message: Join;
  readonly dialect: Dialect;
  readonly guess?: Guess | undefined;
}

interface ArrivalsParts {
  readonly membership: Membership;
  readonly door: Door;
  readonly socketOf: (socketId: SocketId) => SocketRecord | undefined;
  /** Closes a socket and says why. */
  readonly expel: (socket: SocketRecord, reason: CloseReason) => void;
  /** Says why something was not done. */
  readonly refuse: (socket: SocketRecord, refusal: { code: ErrorCode; message: string }) => void;
  readonly admission: () => CoreOptions["admission"];
  readonly leave: (socket: SocketRecord, session: Session) => void;
}

/** The way of all sockets into rooms. */
export class Arrivals {
  readonly #parts: ArrivalsParts;
  readonly #creations = new Creations();

  constructor(parts: ArrivalsParts) {
    this.#parts = parts;
  }

  /** Addresses whose new rooms are counted, for leak tests. */
  get creations(): number {
    return this.#creations.size;
  }

  tick(now: number): void {
    this.#creations.tick(now);
  }

  /** One who waited asks again. */
  retry({ socket, ...asked }: Waiting, moment: Moment): void {
    this.join(socket, { ...asked, ...moment });
  }

  /** An owner has let one in who waited. */
  admit({ socket, ...asked }: Waiting, moment: Moment): void {
    this.join(socket, { ...asked, ...moment }, true);
  }

  /** Somebody wants to join. */
  join(socket: SocketRecord, asked: Asked, admitted = false): void {
    const { message, now, at } = asked;
    const { room, followed } = message;
    this.#parts.door.withdraw(socket);
    if (this.#parts.admission() === "off") return this.#parts.expel(socket, "off");
    const { address } = socket;
    const all = this.#parts.door.shown(message, { address, guess: asked.guess, admitted, at });
    const shown = this.#parts.door.counted(room, all);
    if (socket.session?.room.name === room) {
      // Who says nothing of what it has followed has all of it: it asks for the list.
      const { epoch, revision } = socket.session.room;
      const known = followed ?? { epoch, revision };
      this.#parts.membership.welcome(socket.session, { now, at, resumed: true, followed: known });
      return this.#parts.door.entered(socket.session, { shown, at });
    }
    const known = this.#parts.membership.resumable(shown.claims);
    if (known === undefined && !this.#admits(socket, { asked, shown: all })) return;
    if (socket.session !== undefined) this.#parts.leave(socket, socket.session);
    if (known === undefined) this.#enter(socket, { asked, shown });
    else this.#resume(socket, known, asked);
    if (socket.session !== undefined) this.#parts.door.entered(socket.session, { shown, at });
  }

  #enter(socket: SocketRecord, { asked, shown }: { asked: Asked; shown: Shown }): void {
    const { message: { name, room, state = silentState, followed }, dialect, now, at } = asked;
    const { claims } = shown;
    const members = this.#parts.membership.room(room)?.members;
    // An older token belongs to a copy of the tab, which comes in as somebody new.
    if (claims !== undefined && members?.has(claims.peerId) !== true) socket.peerId = claims.peerId;
    const { peerId, socketId } = socket;
    // Old tokens can bring one peer id into two rooms; where both meet, this socket starts anew.
    if (members?.has(peerId)) return this.#parts.expel(socket, "state-gap");
    const peer = { peerId, name, state, dialect };
    socket.session = this.#parts.membership.admit(peer, {
      room,
      socketId,
      now,
      at,
      shown,
      // Nobody without a token of this room can have followed it.
      followed: claims === undefined ? undefined : followed,
    });
  }

  /** The newest socket wins, even while the old one still looks open. */
  #resume(socket: SocketRecord, session: Session, { message, now, at }: Asked): void {
    const older = session.socketId === undefined
      ? undefined
      : this.#parts.socketOf(session.socketId);
    if (older !== undefined) {
      older.session = undefined;
      this.#parts.expel(older, "replaced");
    }
    socket.session = session;
    socket.peerId = session.peerId;
    session.address = socket.address;
    const { followed } = message;
    this.#parts.membership.resume(session, { socketId: socket.socketId, now, at, followed });
  }

  #admits(socket: SocketRecord, { asked, shown }: { asked: Asked; shown: Shown }): boolean {
    const { message, dialect, guess, now, at } = asked;
    const { room } = message;
    if (this.#parts.admission() === "overload") {
      this.#parts.expel(socket, "overload");
      return false;
    }
    const refusal = this.#parts.door.refusal(room, { shown, guess, at });
    if (refusal === "knock") {
      if (socket.session !== undefined) this.#parts.leave(socket, socket.session);
      // An old token has brought one id to two sockets: at a door, too, the newest counts.
      const twin = this.#parts.door.waitingAs(room, socket.peerId);
      if (twin !== undefined) this.#parts.expel(twin.socket, "replaced");
      if (!this.#parts.door.knock({ socket, message, dialect, guess })) {
        this.#parts.expel(socket, "full");
      }
      return false;
    }
    if (refusal !== undefined) {
      this.#parts.expel(socket, refusal);
      return false;
    }
    if (
      this.#parts.membership.room(room) !== undefined || this.#creations.take(socket.address, now)
    ) {
      return true;
    }
    this.#parts.refuse(socket, {
      code: "rooms-rate",
      message: "too many new rooms from this address, wait a minute",
    });
    return false;
  }
}
