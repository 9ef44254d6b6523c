/** Who may join a room, by their credentials, and who waits for an owner's answer. */
import { type Join, limits } from "../../protocol/mod.ts";
import type { Broadcast, CoreOptions, Guess, SocketId } from "./core_types.ts";
import { Knocks, type Waiting } from "./waiting_clients.ts";
import type { Membership } from "./membership.ts";
import type { Room, Session } from "./room.ts";
import type { Credentials } from "./room_rules.ts";
import type { SocketRecord } from "./socket_record.ts";

/** Why a client may not join. */
export type Refusal = "full" | "banned" | "locked" | "password" | "guesses" | "overload";

interface LobbyParts {
  readonly membership: Membership;
  readonly send: (socketId: SocketId, message: Broadcast) => void;
  /** Lets a waiting client try again. */
  readonly retry: (waiting: Waiting) => void;
}

/** The circumstances of a join. `at`: ms since the epoch. */
interface Asking {
  readonly address: string | undefined;
  readonly guess?: Guess | undefined;
  readonly admitted: boolean;
  readonly at: number;
}

/** Applies the rules of rooms to those who want to join. */
export class Lobby {
  readonly #options: CoreOptions;
  readonly #parts: LobbyParts;
  readonly #knocks = new Knocks();
  /** Rooms whose rules, owners or knocks have changed in this step. */
  readonly #changedRooms = new Set<string>();

  constructor(options: CoreOptions, parts: LobbyParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** How many clients wait, for leak tests. */
  get waiting(): number {
    return this.#knocks.size;
  }

  /** The credentials in a join that are valid for its room. */
  credentials(
    { room, resume, ownerKey, invite }: Join,
    { address, guess, admitted, at }: Asking,
  ): Credentials {
    const { tokens } = this.#options;
    const claims = resume === undefined ? undefined : tokens.resume.read(resume, at);
    const key = ownerKey === undefined ? undefined : tokens.ownerKey.read(ownerKey, at);
    const invited = invite === undefined ? undefined : tokens.invite.read(invite, at);
    return {
      claims: claims?.room === room ? claims : undefined,
      key: key?.room === room ? key : undefined,
      invite: invited?.room === room ? invited : undefined,
      password: guess?.kind === "right" ? guess.password : undefined,
      address,
      admitted,
    };
  }

  /** The same without the resume token of a member that was removed. */
  withoutRemoved(roomName: string, credentials: Credentials): Credentials {
    const rules = this.#parts.membership.room(roomName)?.rules;
    const isOut = credentials.claims !== undefined &&
      rules?.isRemoved(credentials.claims.peerId) === true;
    return isOut ? { ...credentials, claims: undefined } : credentials;
  }

  /** Why a newcomer with these credentials may not join, or that it has to knock; undefined: it may join. */
  refusal(
    roomName: string,
    { credentials, guess, at }: { credentials: Credentials; guess: Guess | undefined; at: number },
  ): Refusal | "knock" | undefined {
    const { membership } = this.#parts;
    const { capacity: capacityMost, startedAt } = this.#options;
    const room = membership.room(roomName);
    if (
      credentials.claims !== undefined && room?.rules.isInterrupted(credentials.claims, startedAt)
    ) {
      membership.ownership.restoreFounding(room, credentials.claims);
    }
    const rules = membership.rules(roomName, at);
    const refusal = rules?.refusal(credentials);
    if (refusal === "password") return tooBusy(guess) ?? refusal;
    if (refusal !== undefined && refusal !== "knock") return refusal;
    const capacity = rules?.capacity(capacityMost) ?? capacityMost;
    // One more place, so that nobody can fill an owner's own room against it.
    const places = rules?.isOwner(credentials) ? capacity + 1 : capacity;
    return (room?.members.size ?? 0) >= places ? "full" : refusal;
  }

  /** Lets a client wait; false if too many wait already. */
  knock(waiting: Waiting): boolean {
    const { room } = waiting.message;
    if (this.#knocks.at(room).length >= limits.knocksPerRoom) return false;
    this.#knocks.add(waiting);
    this.#changedRooms.add(room);
    return true;
  }

  /** The client no longer waits: it left, joined, or was refused. */
  withdraw(socket: SocketRecord): void {
    const room = this.#knocks.remove(socket);
    if (room !== undefined) this.#changedRooms.add(room);
  }

  /** The client that waits for a room under this id. */
  waitingAs(room: string, knockId: string): Waiting | undefined {
    return this.#knocks.find(room, knockId);
  }

  /** A member has joined or resumed. Its credentials may make it an owner, who is told who waits. */
  memberEntered(
    session: Session,
    { credentials, at }: { credentials: Credentials; at: number },
  ): void {
    const { room } = session;
    if (room.rules.isOwner(credentials)) this.#parts.membership.ownership.promote(session, at);
    const knocks = this.#knocks.list(room.name);
    if (session.isOwner && knocks.length > 0) this.#tell(session, { type: "knocks", knocks });
  }

  /** The rules or owners of a room have changed. */
  markChanged({ name }: Room): void {
    if (this.#knocks.at(name).length > 0) this.#changedRooms.add(name);
  }

  /** At the end of a step: retries clients that no longer have to wait, and tells owners who waits. */
  settle(at: number): void {
    for (const room of this.#changedRooms) {
      for (const waiting of this.#knocks.at(room)) {
        if (!this.#mustWait(waiting, at)) this.#parts.retry(waiting);
      }
      this.#tellKnocks(room);
    }
    this.#changedRooms.clear();
  }

  #mustWait({ socket, message, guess }: Waiting, at: number): boolean {
    const { address } = socket;
    const credentials = this.credentials(message, { address, guess, admitted: false, at });
    const refusal = this.refusal(message.room, { credentials, guess, at });
    // A full room may have a place again before anybody answers.
    return refusal === "knock" || refusal === "full";
  }

  #tellKnocks(name: string): void {
    const owners = this.#parts.membership.room(name)?.owners ?? [];
    const knocks = this.#knocks.list(name);
    for (const owner of owners) this.#tell(owner, { type: "knocks", knocks });
    const heard = owners.length > 0;
    for (const waiting of this.#knocks.at(name)) {
      if (waiting.heard === heard) continue;
      waiting.heard = heard;
      this.#parts.send(waiting.socket.socketId, { type: "knocking", heard });
    }
  }

  #tell({ socketId }: Session, message: Broadcast): void {
    if (socketId !== undefined) this.#parts.send(socketId, message);
  }
}

/** Why a guess was not checked. */
function tooBusy(guess: Guess | undefined): "guesses" | "overload" | undefined {
  if (guess?.kind === "too-soon") return "guesses";
  return guess?.kind === "overload" ? "overload" : undefined;
}
