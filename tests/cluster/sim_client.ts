/**
 * One client of a simulation: the real client of Parley's page, whose socket and time are fakes.
 */
import type { ChatEvent, LeftReason, RoomEvent } from "../../mesh/events.ts";
import { RoomClient } from "../../mesh/signaling/room_client.ts";
import type { KeptVisit, TabMemory } from "../../mesh/signaling/tab_memory.ts";
import type { ChatLine, Knocks } from "../../protocol/mod.ts";
import { assert, assertEquals } from "../assert.ts";
import type { Chance } from "../chance.ts";
import { FakePage } from "../mesh/signaling/fake_socket.ts";
import { ClientWatch, signalOf } from "./client_watch.ts";
import type { SimSocket } from "./sim_socket.ts";
import type { VirtualTime } from "./virtual_time.ts";

interface Options {
  readonly name: string;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly watch: ClientWatch;
  readonly openSocket: (client: SimClient) => SimSocket;
  readonly trace: (text: () => string) => void;
  /** Runs what checks something; a failure ends the simulation. */
  readonly check: (work: () => void) => void;
}

/** Joins of one page within this time may cross on the ways of their nodes, ms. */
const crossingMs = 4_000;

/** A line as it stands in a view. */
interface ViewLine {
  readonly line: ChatLine;
  readonly epoch: number;
  /** Where it came first; undefined: a home that was cut off may have given it that place. */
  readonly place: number | undefined;
}

/** A person with a page that survives reloads. */
export class SimClient {
  readonly name: string;
  readonly watch: ClientWatch;
  /** All its sockets, the newest last. */
  readonly sockets: SimSocket[] = [];
  /** The lines in the view, by their ref, in the order in which they came. */
  readonly lines = new Map<string, ViewLine>();
  /** Own lines that wait for their echo. */
  readonly waiting = new Set<string>();
  /** Own lines that can be changed. */
  readonly own = new Set<string>();
  /** Why its last visit ended, if the server ended it. */
  ended: LeftReason | undefined;
  /** Admits everybody who knocks. */
  isKind = false;
  readonly #options: Options;
  #session: RoomClient;
  #tab: { readonly room: string; readonly visit: KeptVisit } | undefined;
  #signals = 0;
  /** When it opened its last sockets, ms. */
  #opened: readonly number[] = [];

  constructor(options: Options) {
    this.#options = options;
    this.name = options.name;
    this.watch = options.watch;
    this.#session = this.#newSession();
  }

  get session(): RoomClient {
    return this.#session;
  }

  get isJoined(): boolean {
    return this.session.state.kind === "joined";
  }

  /** Whether it is in a room, or on the way into one. */
  get isVisiting(): boolean {
    return ["joining", "joined", "reconnecting"].includes(this.session.state.kind);
  }

  get socket(): SimSocket | undefined {
    return this.sockets.at(-1);
  }

  join(room: string): void {
    this.ended = undefined;
    this.lines.clear();
    this.watch.visit(room);
    this.session.join({ room, name: this.name });
  }

  leave(): void {
    this.session.leave();
  }

  /** The page ends without a goodbye. */
  crash(): void {
    const tab = this.#tab;
    this.watch.lost();
    for (const socket of this.sockets.splice(0)) socket.orphan();
    this.session.close();
    this.#tab = tab;
    this.#session = this.#newSession();
  }

  /** The page ends without a goodbye, and is loaded again in the same tab. */
  reload(): void {
    const { state } = this.session;
    if (state.kind === "idle" || state.kind === "left") return;
    const { room } = state;
    this.crash();
    this.lines.clear();
    this.session.join({ room, name: this.name });
  }

  say(): void {
    this.session.chat.send(`line of ${this.name}`);
  }

  whisper(): void {
    const [first, ...others] = this.session.roster.peers;
    if (first === undefined) return;
    const { peerId } = this.#options.chance.pick([first, ...others]);
    this.session.chat.send(`psst of ${this.name}`, { to: peerId });
  }

  /** Changes one of its lines, or deletes it. */
  change(): void {
    const [first, ...others] = this.own;
    const { chance } = this.#options;
    if (first === undefined) return;
    const text = chance.oneIn(3) ? null : `changed ${chance.below(1_000)}`;
    this.session.chat.change(chance.pick([first, ...others]), text);
  }

  /** Sends some signals to everybody. */
  signal(): void {
    for (const { peerId: to } of this.session.roster.peers) {
      for (let n = 0; n < 3; n++) {
        const text = signalOf(this.name, ++this.#signals);
        const candidate = {
          ...{ candidate: text, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: null },
        };
        this.session.send({ type: "signal", to, signal: { kind: "candidate", candidate } });
      }
    }
  }

  toggleHand(): void {
    this.session.presence.change({ hand: !this.session.presence.state.hand });
  }

  rename(): void {
    this.session.presence.rename(`${this.name} ${this.#options.chance.below(100)}`);
  }

  /** Nothing of it is left. */
  close(): void {
    this.session.close();
  }

  #newSession(): RoomClient {
    const { time, chance, openSocket, check } = this.#options;
    const session = new RoomClient({
      url: "ws://cluster/ws",
      environment: {
        openSocket: () => {
          this.watch.opened();
          this.#opened = [...this.#opened.slice(-1), time.now()];
          const socket = openSocket(this);
          this.sockets.push(socket);
          return socket.asReal;
        },
        clock: {
          now: () => time.now(),
          date: () => time.date(),
          after: (ms, work) => time.after(ms, work),
        },
        page: new FakePage(),
        tab: this.#memory(),
        randomId: () => chance.bytes(16).toHex(),
        random: () => chance.below(1_000) / 1_000,
      },
    });
    session.subscribe((event) => this.#hear(event));
    session.chat.subscribe((event) => check(() => this.#hearChat(event)));
    session.owners.subscribe((event) => {
      if (event.type === "knocks") this.#answer(event);
    });
    return session;
  }

  #memory(): TabMemory {
    return {
      recall: (room) => Promise.resolve(this.#tab?.room === room ? this.#tab.visit : undefined),
      keep: (room, visit) => void (this.#tab = { room, visit }),
      forget: () => void (this.#tab = undefined),
    };
  }

  #hear(event: RoomEvent): void {
    const { trace } = this.#options;
    if (event.type === "refused") {
      trace(() => `${this.name} is refused: ${event.code}`);
      if (event.code === "rooms-rate") this.leave();
      return;
    }
    const { state } = event;
    trace(() => `${this.name} is ${state.kind}${state.kind === "left" ? `: ${state.reason}` : ""}`);
    if (state.kind === "reconnecting") this.#options.check(() => this.watch.lost());
    if (state.kind !== "left") return;
    this.watch.left();
    this.waiting.clear();
    this.own.clear();
    // The joins of two sockets may cross on their ways over two nodes; then the older one wins.
    const [older = -Infinity, newer = 0] = this.#opened;
    const hasCrossed = state.reason === "replaced" && newer - older < crossingMs;
    if (state.reason !== "left" && !hasCrossed) this.ended = state.reason;
  }

  #hearChat(event: ChatEvent): void {
    switch (event.type) {
      case "chat-waiting":
        this.waiting.add(event.ref);
        return;
      case "chat-refused":
        this.waiting.delete(event.ref);
        return;
      case "chat": {
        const { line } = event;
        this.waiting.delete(line.ref);
        assert(!this.lines.has(line.ref), `${this.name} is shown ${line.ref} twice`);
        if (event.own) this.own.add(line.ref);
        const { epoch, fate } = this.watch;
        this.lines.set(line.ref, { line, epoch, place: fate === "kept" ? line.id : undefined });
        return;
      }
      case "chat-changed": {
        const { line } = event;
        const known = this.lines.get(line.ref);
        assert(known !== undefined, "a change of a line that was never shown");
        this.lines.set(line.ref, { ...known, line });
        if (line.text === null) this.own.delete(line.ref);
      }
    }
  }

  /** As an owner, lets others in, or not. */
  #answer({ knocks }: Knocks): void {
    const { time, chance } = this.#options;
    for (const { knockId } of knocks) {
      const admit = this.isKind || !chance.oneIn(4);
      time.after(chance.below(500), () => {
        this.session.send({ type: "answer-knock", knockId, admit });
      });
    }
  }

  /** In the view, public lines of one epoch stand in the order of their places. */
  checkOrder(): void {
    for (const epoch of new Set([...this.lines.values()].map((each) => each.epoch))) {
      const places = [...this.lines.values()]
        .filter(({ line, epoch: own }) => own === epoch && line.to === undefined)
        .flatMap(({ place }) => place === undefined ? [] : [place]);
      assertEquals(places, places.toSorted((a, b) => a - b), `${this.name} has lines out of order`);
    }
  }
}
