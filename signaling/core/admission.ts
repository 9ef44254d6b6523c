/** How a client becomes a member: as a newcomer, by resuming, or admitted by an owner. */
import {
  type CloseReason,
  type Dialect,
  type ErrorCode,
  type Join,
  silentState,
} from "../../protocol/mod.ts";
import type { CoreOptions, Guess, Moment, SocketId } from "./core_types.ts";
import { Creations } from "./new_room_rate.ts";
import type { Lobby } from "./lobby.ts";
import type { Waiting } from "./waiting_clients.ts";
import type { Membership } from "./membership.ts";
import type { Session } from "./room.ts";
import type { Credentials } from "./room_rules.ts";
import type { SocketRecord } from "./socket_record.ts";

/** A join message and its circumstances. */
export interface JoinRequest extends Moment {
  readonly message: Join;
  readonly dialect: Dialect;
  readonly guess?: Guess | undefined;
}

interface AdmissionParts {
  readonly membership: Membership;
  readonly lobby: Lobby;
  readonly socketOf: (socketId: SocketId) => SocketRecord | undefined;
  /** Closes a socket and says why. */
  readonly disconnect: (socket: SocketRecord, reason: CloseReason) => void;
  /** Says why something was not done. */
  readonly refuse: (socket: SocketRecord, refusal: { code: ErrorCode; message: string }) => void;
  readonly admission: () => CoreOptions["admission"];
  readonly leave: (socket: SocketRecord, session: Session) => void;
}

/** Decides every join. */
export class Admission {
  readonly #parts: AdmissionParts;
  readonly #creations = new Creations();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /** Addresses whose new rooms are counted, for leak tests. */
  get creations(): number {
    return this.#creations.size;
  }

  tick(now: number): void {
    this.#creations.tick(now);
  }

  /** A waiting client tries to join again. */
  retry({ socket, ...asked }: Waiting, moment: Moment): void {
    this.join(socket, { ...asked, ...moment });
  }

  /** An owner has admitted a waiting client. */
  admit({ socket, ...asked }: Waiting, moment: Moment): void {
    this.join(socket, { ...asked, ...moment }, true);
  }

  /** Handles a join. `admitted`: an owner has let the client in. */
  join(socket: SocketRecord, asked: JoinRequest, admitted = false): void {
    const { message, now, at } = asked;
    const { room, followed } = message;
    this.#parts.lobby.withdraw(socket);
    if (this.#parts.admission() === "off") return this.#parts.disconnect(socket, "off");
    const { address } = socket;
    const all = this.#parts.lobby.credentials(message, {
      address,
      guess: asked.guess,
      admitted,
      at,
    });
    const credentials = this.#parts.lobby.withoutRemoved(room, all);
    if (socket.session?.room.name === room) {
      // A join without `followed` asks for the roster only: the client has the whole chat.
      const { epoch, revision } = socket.session.room;
      const known = followed ?? { epoch, revision };
      this.#parts.membership.welcome(socket.session, { now, at, resumed: true, followed: known });
      return this.#parts.lobby.memberEntered(socket.session, { credentials, at });
    }
    const known = this.#parts.membership.resumable(credentials.claims);
    if (known === undefined && !this.#admits(socket, { asked, credentials: all })) return;
    if (socket.session !== undefined) this.#parts.leave(socket, socket.session);
    if (known === undefined) this.#enter(socket, { asked, credentials });
    else this.#resume(socket, known, asked);
    if (socket.session !== undefined) {
      this.#parts.lobby.memberEntered(socket.session, { credentials, at });
    }
  }

  #enter(
    socket: SocketRecord,
    { asked, credentials }: { asked: JoinRequest; credentials: Credentials },
  ): void {
    const { message: { name, room, state = silentState, followed }, dialect, now, at } = asked;
    const { claims } = credentials;
    const members = this.#parts.membership.room(room)?.members;
    // An older token belongs to a copy of the tab, which comes in as somebody new.
    if (claims !== undefined && members?.has(claims.peerId) !== true) socket.peerId = claims.peerId;
    const { peerId, socketId } = socket;
    // Old tokens can bring one peer id into two rooms; if both meet, this socket must start over.
    if (members?.has(peerId)) return this.#parts.disconnect(socket, "state-gap");
    const peer = { peerId, name, state, dialect };
    socket.session = this.#parts.membership.admit(peer, {
      room,
      socketId,
      now,
      at,
      credentials,
      // Nobody without a token of this room can have followed it.
      followed: claims === undefined ? undefined : followed,
    });
  }

  /** The newest socket wins, even while the old one still looks open. */
  #resume(socket: SocketRecord, session: Session, { message, now, at }: JoinRequest): void {
    const older = session.socketId === undefined
      ? undefined
      : this.#parts.socketOf(session.socketId);
    if (older !== undefined) {
      older.session = undefined;
      this.#parts.disconnect(older, "replaced");
    }
    socket.session = session;
    socket.peerId = session.peerId;
    session.address = socket.address;
    const { followed } = message;
    this.#parts.membership.resume(session, { socketId: socket.socketId, now, at, followed });
  }

  #admits(
    socket: SocketRecord,
    { asked, credentials }: { asked: JoinRequest; credentials: Credentials },
  ): boolean {
    const { message, dialect, guess, now, at } = asked;
    const { room } = message;
    if (this.#parts.admission() === "overload") {
      this.#parts.disconnect(socket, "overload");
      return false;
    }
    const refusal = this.#parts.lobby.refusal(room, { credentials, guess, at });
    if (refusal === "knock") {
      if (socket.session !== undefined) this.#parts.leave(socket, socket.session);
      // An old token has brought one id to two sockets: in a lobby, too, the newest wins.
      const twin = this.#parts.lobby.waitingAs(room, socket.peerId);
      if (twin !== undefined) this.#parts.disconnect(twin.socket, "replaced");
      if (!this.#parts.lobby.knock({ socket, message, dialect, guess })) {
        this.#parts.disconnect(socket, "full");
      }
      return false;
    }
    if (refusal !== undefined) {
      this.#parts.disconnect(socket, refusal);
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
