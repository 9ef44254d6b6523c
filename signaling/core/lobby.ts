/** Who may come into a room, by what they show; and who waits at it for an owner's word. */
import { type Join, limits } from "../../protocol/mod.ts";
import type { Broadcast, CoreOptions, Guess, SocketId } from "./core_types.ts";
import { Knocks, type Waiting } from "./knocks.ts";
import type { Membership } from "./membership.ts";
import type { Room, Session } from "./room.ts";
import type { Shown } from "./room_rules.ts";
import type { SocketRecord } from "./socket_record.ts";

/** Why somebody may not come in. */
export type Refusal = "full" | "banned" | "locked" | "password" | "guesses" | "overload";

interface DoorParts {
  readonly membership: Membership;
  readonly send: (socketId: SocketId, message: Broadcast) => void;
  /** Lets one who waited try again. */
  readonly retry: (waiting: Waiting) => void;
}

/** How one asks to come in. `at`: ms since the epoch. */
interface Asking {
  readonly address: string | undefined;
  readonly guess?: Guess | undefined;
  readonly admitted: boolean;
  readonly at: number;
}

/** The one place where rules of rooms meet those who want to come in. */
export class Door {
  readonly #options: CoreOptions;
  readonly #parts: DoorParts;
  readonly #knocks = new Knocks();
  /** Rooms whose rules, owners or knocks have changed in this step. */
  readonly #stirred = new Set<string>();

  constructor(options: CoreOptions, parts: DoorParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** How many wait, for leak tests. */
  get waiting(): number {
    return this.#knocks.size;
  }

  /** What somebody shows who wants to join. */
  shown(
    { room, resume, ownerKey, invite }: Join,
    { address, guess, admitted, at }: Asking,
  ): Shown {
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

  /** The same without what counts no more: the token of somebody who was taken out. */
  counted(roomName: string, shown: Shown): Shown {
    const rules = this.#parts.membership.room(roomName)?.rules;
    const isOut = shown.claims !== undefined && rules?.isTakenOut(shown.claims.peerId) === true;
    return isOut ? { ...shown, claims: undefined } : shown;
  }

  /** Why nobody who shows this may come in as somebody new, or that it has to knock; undefined: it may. */
  refusal(
    roomName: string,
    { shown, guess, at }: { shown: Shown; guess: Guess | undefined; at: number },
  ): Refusal | "knock" | undefined {
    const { membership } = this.#parts;
    const { capacity: capacityMost, startedAt } = this.#options;
    const room = membership.room(roomName);
    if (shown.claims !== undefined && room?.rules.isInterrupted(shown.claims, startedAt)) {
      membership.ownership.goOn(room, shown.claims);
    }
    const rules = membership.rules(roomName, at);
    const refusal = rules?.refusal(shown);
    if (refusal === "password") return tooBusy(guess) ?? refusal;
    if (refusal !== undefined && refusal !== "knock") return refusal;
    const capacity = rules?.capacity(capacityMost) ?? capacityMost;
    // One more place, so that nobody can fill an owner's own room against it.
    const places = rules?.isOwner(shown) ? capacity + 1 : capacity;
    return (room?.members.size ?? 0) >= places ? "full" : refusal;
  }

  /** Notes one who waits; false when too many do already. */
  knock(waiting: Waiting): boolean {
    const { room } = waiting.message;
    if (this.#knocks.at(room).length >= limits.knocksPerRoom) return false;
    this.#knocks.add(waiting);
    this.#stirred.add(room);
    return true;
  }

  /** It waits no more: it went, came in, or was turned away. */
  withdraw(socket: SocketRecord): void {
    const room = this.#knocks.remove(socket);
    if (room !== undefined) this.#stirred.add(room);
  }

  /** Who waits under this id at a room. */
  waitingAs(room: string, knockId: string): Waiting | undefined {
    return this.#knocks.find(room, knockId);
  }

  /** A member has come, or come back: with what it shows it may be an owner now, who hears who waits. */
  entered(session: Session, { shown, at }: { shown: Shown; at: number }): void {
    const { room } = session;
    if (room.rules.isOwner(shown)) this.#parts.membership.ownership.promote(session, at);
    const knocks = this.#knocks.list(room.name);
    if (session.isOwner && knocks.length > 0) this.#tell(session, { type: "knocks", knocks });
  }

  /** A room's rules or owners are others than before. */
  stir({ name }: Room): void {
    if (this.#knocks.at(name).length > 0) this.#stirred.add(name);
  }

  /** At the end of a step: who waits in vain is asked in or away, and all hear who waits. */
  settle(at: number): void {
    for (const room of this.#stirred) {
      for (const waiting of this.#knocks.at(room)) {
        if (!this.#mustWait(waiting, at)) this.#parts.retry(waiting);
      }
      this.#tellKnocks(room);
    }
    this.#stirred.clear();
  }

  #mustWait({ socket, message, guess }: Waiting, at: number): boolean {
    const { address } = socket;
    const shown = this.shown(message, { address, guess, admitted: false, at });
    const refusal = this.refusal(message.room, { shown, guess, at });
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

/** Why a guess was not looked at. */
function tooBusy(guess: Guess | undefined): "guesses" | "overload" | undefined {
  if (guess?.kind === "too-soon") return "guesses";
  return guess?.kind === "overload" ? "overload" : undefined;
}
