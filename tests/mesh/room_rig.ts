/** A RoomSession whose environment the test controls. */
import { LinkMonitor } from "../../mesh/link/monitor.ts";
import type { OwnershipUpdate, Peer, ServerMessage, Welcome } from "../../protocol/mod.ts";
import { silentState } from "../../protocol/mod.ts";
import type {
  ChatEvent,
  LinkEvent,
  MonitorEvent,
  PassedMessage,
  PresenceEvent,
  RoomEvent,
  RosterEvent,
} from "../../mesh/events.ts";
import { RoomSession } from "../../mesh/session.ts";
import type { TabMemory } from "../../mesh/signaling/tab_memory.ts";
import { FakeConnection } from "./link/fake_connection.ts";
import { FakePage, type FakeSocket, FakeSockets, welcome } from "./signaling/fake_socket.ts";
import { fakeStream } from "./link/fake_track.ts";
import { VirtualClock } from "./virtual_clock.ts";

/** An event of any part of a session. */
export type SessionEvent =
  | RoomEvent
  | RosterEvent
  | LinkEvent
  | PresenceEvent
  | ChatEvent
  | MonitorEvent
  | OwnershipUpdate
  | PassedMessage;

/** Listens to all parts of a session. */
export function subscribeAll(session: RoomSession, listener: (event: SessionEvent) => void): void {
  const { roster, links, presence, chat, monitor, owners, messages } = session;
  for (const part of [session, roster, links, presence, chat, monitor, owners, messages]) {
    part.subscribe(listener);
  }
}

/** A member as the server sends it. */
export function peer(peerId: string, part: Partial<Peer> = {}): Peer {
  return { peerId, name: peerId, dialect: "parley", state: silentState, away: false, ...part };
}

/** An event of the room; the rig adds its revision. */
type News<T> = T extends { revision: number } ? Omit<T, "revision"> : never;

export class RoomRig {
  readonly clock = new VirtualClock();
  readonly sockets = new FakeSockets();
  readonly page = new FakePage();
  readonly fakes: FakeConnection[] = [];
  readonly events: SessionEvent[] = [];
  readonly session: RoomSession;
  #revision = 0;

  constructor({ tab }: { readonly tab?: TabMemory } = {}) {
    let refs = 0;
    this.session = new RoomSession({
      url: "ws://here/ws",
      openSocket: this.sockets.open,
      createConnection: (configuration) => {
        const fake = new FakeConnection(configuration);
        this.fakes.push(fake);
        return fake.asReal;
      },
      createStream: () => fakeStream(),
      createMonitor: (options, ready) => ready(new LinkMonitor(options)),
      clock: this.clock,
      page: this.page,
      randomId: () => `ref-${++refs}`,
      random: () => 0.5,
      tab,
    });
    subscribeAll(this.session, (event) => this.events.push(event));
  }

  get socket(): FakeSocket {
    return this.sockets.last;
  }

  /** The newest socket opens and gets a welcome. */
  welcomed(part: Partial<Welcome> = {}): void {
    this.socket.open();
    this.say(welcome(part));
  }

  /** In room `den`, with these others. */
  joined(part: Partial<Welcome> = {}): this {
    this.session.join({ room: "den", name: "Ann" });
    this.welcomed(part);
    return this;
  }

  /** The socket is lost, and a new one gets a welcome. */
  returned(part: Partial<Welcome> = {}): this {
    this.socket.end(1006);
    this.clock.advance(1_000);
    this.socket.open();
    this.socket.say(welcome({ resumed: true, resumeToken: "token-2", ...part }));
    return this;
  }

  say(message: ServerMessage): void {
    if (message.type === "welcome") this.#revision = message.revision;
    if (message.type === "chat") this.#revision = message.line.id;
    this.socket.say(message);
  }

  /** The next event of the room. */
  news(message: News<Exclude<ServerMessage, Welcome>>): void {
    this.#revision++;
    this.socket.say({ ...message, revision: this.#revision });
  }

  /** Events of one type, oldest first. */
  told<T extends SessionEvent["type"]>(type: T): Extract<SessionEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<SessionEvent, { type: T }> =>
      event.type === type
    );
  }

  /** Runs all tasks of every connection. */
  async drain(): Promise<void> {
    for (const { tasks } of this.fakes) await tasks.drain();
  }
}
