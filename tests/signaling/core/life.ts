// A short way to write what happens to a server, for tests of what owners may do: who wants to
// join, and with what result.

import type { Join, SealedJoin } from "../../../protocol/mod.ts";
import { step } from "../../../signaling/core/core.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import { isAccepted } from "../../../signaling/core/doorbell_commands.ts";
import type {
  AdminCommand,
  CoreOptions,
  Effect,
  Guess,
  Incoming,
  Input,
  KeptRules,
  Outgoing,
  Ring,
  SocketId,
} from "../../../signaling/core/core_types.ts";
import { signedTokens } from "../../../signaling/core/tokens.ts";
import { coreOptions } from "./core_options.ts";

export const tokens = signedTokens(new Uint8Array(32).fill(5));
export const hour = 60 * 60_000;

/** What a client presents when it joins. */
export interface Visit extends Partial<Pick<Join, "state">> {
  readonly name?: string;
  /** Undefined: an address that no limit counts. */
  readonly address?: string | undefined;
  readonly resume?: string | undefined;
  readonly ownerKey?: string | undefined;
  readonly invite?: string | undefined;
  readonly guess?: Guess;
  /** Joins a sealed room; what is left out is made up. */
  readonly sealed?: Partial<SealedJoin>;
}

/** One process of a server; room "tea". */
export class Life {
  at: number;
  readonly core: CoreState;
  /** The rules that it keeps, by room. */
  readonly kept: Map<string, KeptRules>;
  readonly visitors: Visitor[] = [];
  readonly rings: Ring[] = [];

  constructor(at: number, options: Partial<CoreOptions> = {}) {
    this.at = at;
    this.kept = new Map(options.kept);
    this.core = new CoreState(coreOptions({ tokens, startedAt: at, capacity: 3, ...options }));
  }

  /** The next process, with the rules that this one kept. */
  restart(ms: number): Life {
    return new Life(this.at + ms, { kept: this.kept });
  }

  join(visit: Visit = {}, dialect: "parley" | "skyrtc" = "parley", room = "tea"): Visitor {
    const { sealed, name = sealed === undefined ? "Ann" : "", guess, address: _, ...shown } = visit;
    const visitor = this.arrive(visit, dialect);
    const { socketId } = visitor;
    const given = Object.fromEntries(
      Object.entries(shown).filter(([, text]) => text !== undefined),
    );
    const made = {
      door: "d0",
      peerId: idOf(socketId),
      hello: `h${socketId}`,
      card: `c${socketId}`,
    };
    const asked = sealed === undefined ? given : { ...given, sealed: { ...made, ...sealed } };
    visitor.say({ type: "join", room, name, ...asked }, guess);
    return visitor;
  }

  /** Opens a socket, without a join. */
  arrive(by: Pick<Visit, "address"> = {}, dialect: "parley" | "skyrtc" = "parley"): Visitor {
    const address = "address" in by ? by.address : "192.0.2.1";
    const socketId = this.visitors.length;
    const visitor = new Visitor(this, { socketId, dialect });
    this.visitors.push(visitor);
    const peerId = `${this.at}-${socketId}`;
    this.#step({ kind: "connect", socketId, peerId, address, now: this.at, at: this.at });
    return visitor;
  }

  say(
    { socketId, dialect }: { socketId: SocketId; dialect: "parley" | "skyrtc" },
    { message, guess }: { message: Incoming; guess: Guess | undefined },
  ): void {
    const more = guess === undefined ? {} : { guess };
    const moment = { now: this.at, at: this.at };
    this.#step({ kind: "message", socketId, dialect, message, ...moment, ...more });
  }

  /** Whether a command is accepted; it is carried out. */
  order(command: AdminCommand, room = "tea"): boolean {
    const isGood = isAccepted(this.core, { room, command }, this.at);
    this.#step({ kind: "command", room, command, now: this.at, at: this.at });
    return isGood;
  }

  close(socketId: SocketId, code: number): void {
    this.#step({ kind: "close", socketId, code, now: this.at, at: this.at });
  }

  tick(ms: number): void {
    this.at += ms;
    this.#step({ kind: "tick", now: this.at, at: this.at });
  }

  get locked(): boolean {
    return this.core.sentRules("tea")?.locked ?? false;
  }

  get owners(): readonly string[] {
    return this.core.sentRules("tea")?.owners ?? [];
  }

  get members(): readonly string[] {
    return this.core.members("tea");
  }

  #step(input: Input): void {
    for (const effect of step(this.core, input)) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    if (effect.kind === "send") this.visitors[effect.socketId]?.heard.push(effect.message);
    if (effect.kind === "close") {
      const visitor = this.visitors[effect.socketId];
      if (visitor !== undefined) visitor.refused = effect.reason;
    }
    if (effect.kind === "ring") this.rings.push(effect.ring);
    if (effect.kind !== "keep") return;
    if (effect.rules === undefined) this.kept.delete(effect.room);
    else this.kept.set(effect.room, effect.rules);
  }
}

/** A life with a sealed room, and its owner in it. */
export function sealedRoom(options: Partial<CoreOptions> = {}): [life: Life, owner: Visitor] {
  const life = new Life(hour, options);
  return [life, life.join({ sealed: {} })];
}

/** The id that a client chooses if a test does not. */
function idOf(socketId: SocketId): string {
  return `${socketId}`.padStart(32, "0");
}

type Told<T extends Outgoing["type"]> = Extract<Outgoing, { type: T }>;

/** A client that wanted to join, and the result. */
export class Visitor {
  readonly #life: Life;
  readonly socketId: SocketId;
  readonly dialect: "parley" | "skyrtc";
  readonly heard: Outgoing[] = [];
  /** Why its socket was closed. */
  refused: string | undefined;

  constructor(
    life: Life,
    { socketId, dialect }: { socketId: SocketId; dialect: "parley" | "skyrtc" },
  ) {
    this.#life = life;
    this.socketId = socketId;
    this.dialect = dialect;
  }

  say(message: Incoming, guess?: Guess): void {
    this.#life.say(this, { message, guess });
  }

  /** The socket is lost. */
  lose(): void {
    this.#life.close(this.socketId, 1006);
  }

  /** The types of what it receives while something is done. */
  during(act: () => void): Outgoing["type"][] {
    const before = this.heard.length;
    act();
    return this.heard.slice(before).map(({ type }) => type);
  }

  /** The last message of a type that it received. */
  last<T extends Outgoing["type"]>(type: T): Told<T> | undefined {
    return this.heard.findLast((message): message is Told<T> => message.type === type);
  }

  get peerId(): string {
    return this.last("welcome")?.peerId ?? "";
  }

  get token(): string | undefined {
    return this.last("welcome")?.resumeToken;
  }

  get key(): string | undefined {
    return this.last("owner-key")?.key;
  }

  get isOwner(): boolean {
    return this.#life.owners.includes(this.peerId);
  }

  get isInside(): boolean {
    return this.#life.members.includes(this.peerId);
  }
}
