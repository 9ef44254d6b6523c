/**
 * A few people with real sessions around the server's real core; only sockets, connections and time
 * are fakes. Frames and tasks move when the test says so; sockets can be cut, or die unnoticed.
 */
import {
  type ChatLine,
  closeCode,
  type PeerId,
  RELAY_SUBPROTOCOL,
  serverLimits,
} from "../../protocol/mod.ts";
import { step } from "../../signaling/core/core.ts";
import { CoreState } from "../../signaling/core/state.ts";
import type { Effect, Incoming } from "../../signaling/core/core_types.ts";
import { assert, assertEquals } from "../assert.ts";
import type { LyingServer } from "../evil/lying_server.ts";
import { coreOptions } from "../signaling/core/core_options.ts";
import { FakeConnection } from "./link/fake_connection.ts";
import { microtasks } from "./link/fake_tasks.ts";
import { expectAgreement } from "./link/link_scenarios.ts";
import { TownPaths } from "./town_paths.ts";
import { Person, TownSocket } from "./town_person.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** The key of the server, the same after each restart. */
function newCore(): CoreState {
  return new CoreState(coreOptions({ chatHistory: "while-occupied", capacity: 16 }));
}

/** The server closes a socket that is silent for this long (the shell's idle timeout). */
const serverIdleMs = 20_000;

export interface TownOptions {
  readonly makeConnection?: (configuration: RTCConfiguration) => FakeConnection;
  /** All media goes through the server's relay. */
  readonly isRelayed?: boolean;
  /** Whether a tab knows its person again after a reload. */
  readonly hasTabs?: boolean;
  readonly clock?: VirtualClock;
  /** What stands between everybody and the server. */
  readonly liar?: LyingServer;
  /** Called whenever something has moved. */
  readonly watch?: () => void;
}

export class Town {
  readonly clock: VirtualClock;
  readonly people: readonly Person[];
  readonly paths: TownPaths;
  readonly reached = { resumes: 0, arrivals: 0, lines: 0, cuts: 0, restarts: 0, kept: 0 };
  /** Errors that the server has sent, and frames that it has handled. */
  readonly refused: string[] = [];
  frames = 0;
  /**
   * By a line's ref, the places it got; a line whose echo was lost with a server gets another from
   * the next.
   */
  readonly places = new Map<string, Set<string>>();
  /** False while the server is down. */
  up = true;
  #core = newCore();
  readonly #sockets: TownSocket[] = [];
  readonly #liar: LyingServer | undefined;
  readonly #watch: () => void;
  readonly makeConnection: (configuration: RTCConfiguration) => FakeConnection;
  readonly hasTabs: boolean;

  constructor(
    names: readonly string[],
    {
      makeConnection = (configuration) => new FakeConnection(configuration),
      isRelayed = false,
      hasTabs = false,
      clock = new VirtualClock(),
      liar,
      watch = () => {},
    }: TownOptions = {},
  ) {
    this.makeConnection = makeConnection;
    this.hasTabs = hasTabs;
    this.clock = clock;
    this.#liar = liar;
    this.#watch = watch;
    this.people = names.map((name, index) =>
      // Both sub-protocols, with signals from each to the other.
      new Person(name, { town: this, envelopes: index % 2 === 0 })
    );
    const relayLife = () => this.up ? this.reached.restarts + 1 : 0;
    this.paths = new TownPaths(this.people, {
      clock: this.clock,
      relayLife: isRelayed ? relayLife : undefined,
    });
  }

  /**
   * The server ends with all it knew, and nobody hears why; what it had written still arrives, what
   * it had not read is lost.
   */
  crash(): void {
    this.up = false;
    this.#core = newCore();
    for (const socket of this.#sockets) {
      if (!socket.known) continue;
      socket.known = false;
      socket.up.length = 0;
      if (socket.diedAt !== undefined || socket.readyState !== 1) continue;
      for (const frame of socket.down.splice(0)) socket.frame(frame);
      socket.end(1006);
    }
  }

  /** The server starts again, with the same key. */
  start(): void {
    if (!this.up) this.reached.restarts++;
    this.up = true;
  }

  connect({ envelopes, isOffline }: Pick<Person, "envelopes" | "isOffline">): TownSocket {
    const socket = new TownSocket();
    if (envelopes) socket.protocol = RELAY_SUBPROTOCOL;
    socket.line = this.#liar?.connect({
      envelopes,
      toServer: (frame) => void socket.up.push(frame),
      toClient: (frame) => void socket.down.push(frame),
    });
    this.#sockets.push(socket);
    const socketId = this.#sockets.length - 1;
    const peerId = `peer-${String(socketId * 7919 % 1000).padStart(3, "0")}`;
    if (!this.up || isOffline) socket.known = false;
    else this.#step({ kind: "connect", socketId, peerId, address: undefined });
    return socket;
  }

  /** Opens new sockets, and moves one frame in each direction. */
  carry({ sockets }: Person): void {
    for (const socket of sockets) {
      if (socket.known) this.#carry(socket);
      else if (socket.readyState === 0) socket.end(1006);
    }
  }

  #carry(socket: TownSocket): void {
    if (socket.diedAt !== undefined) return;
    if (socket.readyState === 0) return socket.open();
    const frame = socket.up.shift();
    if (frame !== undefined) this.#receive(socket, frame);
    const answer = socket.down.shift();
    if (answer !== undefined) socket.frame(answer);
    if (socket.readyState === 3 && socket.up.length === 0) {
      this.#forget(socket, socket.closedWith ?? 1006);
    }
  }

  /** Both ends notice. */
  cut({ socket }: Person): void {
    if (socket === undefined || socket.readyState !== 1) return;
    this.reached.cuts++;
    this.#forget(socket, 1006);
    socket.end(1006);
  }

  /** Nobody notices. */
  kill({ socket }: Person): void {
    if (socket === undefined || socket.diedAt !== undefined || socket.readyState !== 1) return;
    this.reached.cuts++;
    socket.diedAt = this.clock.now();
    socket.up.length = socket.down.length = 0;
  }

  async task(person: Person): Promise<void> {
    await person.fakes.find(({ tasks }) => tasks.waiting > 0)?.tasks.step();
    await microtasks();
  }

  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 500) {
      this.clock.advance(500);
      if (this.up) this.#step({ kind: "tick" });
      for (const socket of this.#sockets) {
        if (socket.known && this.clock.now() - (socket.diedAt ?? Infinity) >= serverIdleMs) {
          this.#forget(socket, 1006);
        }
      }
    }
  }

  /** No more faults: all frames and tasks move, and time passes. */
  async settle(): Promise<void> {
    this.start();
    this.paths.heal();
    await this.run(90);
  }

  /** Moves all frames and tasks while `seconds` pass. */
  async run(seconds: number): Promise<void> {
    for (let half = 0; half < 2 * seconds; half++) {
      for (let round = 0; round < 4; round++) {
        for (const person of this.people) {
          for (let frame = 0; frame < 20; frame++) this.carry(person);
          await microtasks();
          for (const { tasks } of person.fakes) if (tasks.waiting > 0) await tasks.drain();
          this.#watch();
        }
      }
      this.paths.step();
      this.pass(500);
    }
  }

  /** Every member sees all others, linked and in agreement. */
  expectHarmony(): void {
    const inside = this.people.flatMap((person) =>
      person.session.state.kind === "joined" ? [{ person, id: person.session.state.selfId }] : []
    );
    assertEquals(inside.map(({ id }) => id).toSorted(), this.#core.members("town").toSorted());
    for (const { person, id } of inside) {
      const others = inside.filter((each) => each.person !== person);
      const seen = person.session.roster.peers.map(({ peerId }) => peerId).toSorted();
      assertEquals(seen, others.map((each) => each.id).toSorted());
      for (const other of others) {
        expectAgreement({
          a: person.endTo(other.person, other.id),
          b: other.person.endTo(person, id),
        });
        assertEquals(person.session.links.stateOf(other.id)?.kind, "connected");
        const told = person.session.roster.peers.find(({ peerId }) => peerId === other.id);
        assertEquals(told?.state, other.person.session.presence.state);
      }
    }
  }

  close(): void {
    for (const { session } of this.people) session.close();
    assertEquals(this.clock.waiting, 0, "no timer is left behind");
    for (const { name, isTidy } of this.people) {
      assert(isTidy, `${name} leaves no listener and no connection behind`);
    }
  }

  #receive(socket: TownSocket, frame: string): void {
    if (!socket.known) return;
    this.frames++;
    const parsed = socket.translation.decode(frame);
    const message = parsed.ok ? parsed.message : undefined;
    const socketId = this.#sockets.indexOf(socket);
    this.#step({ kind: "message", socketId, dialect: "parley", message });
  }

  #place({ ref, id }: ChatLine): void {
    this.reached.lines++;
    const places = this.places.get(ref) ?? new Set();
    this.places.set(ref, places.add(`${this.reached.restarts} ${id}`));
  }

  #forget(socket: TownSocket, code: number): void {
    if (!socket.known) return;
    socket.known = false;
    this.#step({ kind: "close", socketId: this.#sockets.indexOf(socket), code });
  }

  #step(input: WithoutMoment): void {
    const moment = { now: this.clock.now(), at: this.clock.date() };
    for (const effect of step(this.#core, { ...input, ...moment })) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    if (effect.kind !== "send" && effect.kind !== "close") return;
    const socket = this.#sockets[effect.socketId];
    if (socket === undefined || socket.diedAt !== undefined) return;
    if (effect.kind === "send") {
      const { message } = effect;
      if (message.type === "welcome") this.reached[message.resumed ? "resumes" : "arrivals"]++;
      if (message.type === "chat") this.#place(message.line);
      if (message.type === "error") this.refused.push(message.code);
      const frame = socket.translation.encode(message);
      if (frame !== undefined) socket.write(frame);
    } else {
      socket.known = false;
      // What the server wrote before arrives before.
      for (const frame of socket.down.splice(0)) socket.frame(frame);
      socket.end(closeCode(effect.reason));
    }
  }
}

type WithoutMoment =
  | { kind: "connect"; socketId: number; peerId: PeerId; address: undefined }
  | {
    kind: "message";
    socketId: number;
    dialect: "parley";
    message: Incoming | undefined;
  }
  | { kind: "close"; socketId: number; code: number }
  | { kind: "tick" };

/** For scripts that wait for the end of a grace period. */
export const graceMs = serverLimits.awayMs + 1_000;
