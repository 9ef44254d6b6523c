/** One person of a town: a real session whose sockets, connections and page are fakes. */
import type { ChatEvent, RoomEvent, Slot } from "../../mesh/events.ts";
import { LinkMonitor } from "../../mesh/link/monitor.ts";
import type { OwnCertificate } from "../../mesh/sealing/certificate.ts";
import { RoomSession } from "../../mesh/session.ts";
import type { KeptVisit, TabMemory } from "../../mesh/signaling/tab_memory.ts";
import { type ChatLine, type PeerId, RELAY_SUBPROTOCOL } from "../../protocol/mod.ts";
import { enveloped, native } from "../../signaling/dialects/native.ts";
import { assert, assertEquals } from "../assert.ts";
import type { Line } from "../evil/lying_server.ts";
import { newIdentity } from "../../mesh/sealing/identity.ts";
import { FakeCertificate } from "./link/fake_certificate.ts";
import type { FakeConnection } from "./link/fake_connection.ts";
import { fakeStream, FakeTrack } from "./link/fake_track.ts";
import type { LinkEnd } from "./link/link_scenarios.ts";
import { FakePage, FakeSocket } from "./signaling/fake_socket.ts";
import { areJoined } from "./town_paths.ts";
import type { VirtualClock } from "./virtual_clock.ts";

/** A socket whose frames wait on the wire. */
export class TownSocket extends FakeSocket {
  readonly up: string[] = [];
  readonly down: string[] = [];
  known = true;
  /** When it died unnoticed. */
  diedAt: number | undefined;
  /** The page that opened it has ended: what its code still does reaches nobody. */
  isOrphan = false;
  /** The lies about its frames. */
  line: Line | undefined;

  /** Its sub-protocol. */
  get translation(): typeof native {
    return this.protocol === RELAY_SUBPROTOCOL ? enveloped : native;
  }

  override send(frame: string): void {
    super.send(frame);
    if (this.diedAt !== undefined || this.isOrphan) return;
    if (this.line === undefined) this.up.push(frame);
    else this.line.up(frame);
  }

  /** What a browser says of a page that ends is not what the page would say. */
  override close(code?: number): void {
    super.close(this.isOrphan ? 1001 : code);
  }

  /** A frame of the server. */
  write(frame: string): void {
    if (this.line === undefined) this.down.push(frame);
    else this.line.down(frame);
  }
}

/** The part of a town that a person uses. */
export interface Home {
  readonly clock: VirtualClock;
  connect(person: { readonly envelopes: boolean; readonly isOffline: boolean }): TownSocket;
  makeConnection(configuration: RTCConfiguration): FakeConnection;
  /** Whether a tab knows its person again after a reload. */
  readonly hasTabs: boolean;
}

export class Person {
  readonly fakes: FakeConnection[] = [];
  readonly wanted = new Map<Slot, FakeTrack | null>();
  readonly lines: ChatLine[] = [];
  readonly said = new Set<string>();
  readonly sockets: TownSocket[] = [];
  page = new FakePage();
  /** Makes a new connection one that lies. */
  disguise: (fake: FakeConnection) => void = () => {};
  /** What it vouches for, and what its connections have. */
  certificate = ownCertificate;
  /** Connections of its earlier pages. */
  readonly #closed: FakeConnection[] = [];
  readonly #home: Home;
  /** Whether its sockets have them. */
  readonly envelopes: boolean;
  /** Its new sockets reach nobody. */
  isOffline = false;
  #session: RoomSession;
  #refs = 0;
  /** What the present page's tab keeps. */
  #identity: Promise<CryptoKeyPair> | undefined;
  #tab: { room: string; visit: KeptVisit } | undefined;

  constructor(
    readonly name: string,
    { town, envelopes }: { readonly town: Home; readonly envelopes: boolean },
  ) {
    this.#home = town;
    this.envelopes = envelopes;
    this.#session = this.#newSession();
  }

  get session(): RoomSession {
    return this.#session;
  }

  /** The newest one. */
  get socket(): TownSocket | undefined {
    return this.sockets.at(-1);
  }

  /** Its page ends without a goodbye, and is loaded again in the same tab. */
  reload(): void {
    for (const socket of this.sockets) socket.isOrphan = true;
    const tab = this.#tab;
    this.session.close();
    this.#tab = tab;
    this.#closed.push(...this.fakes.splice(0));
    this.page = new FakePage();
    this.#session = this.#newSession();
  }

  say(text = "hello"): void {
    const ref = this.session.chat.send(text);
    if (ref !== undefined) this.said.add(ref);
  }

  /** To the first other member, if there is one. */
  whisper(): void {
    const [other] = this.session.roster.peers;
    const ref = other && this.session.chat.send("psst", { to: other.peerId });
    if (ref !== undefined) this.said.add(ref);
  }

  /** Changes its newest line that can be changed; null deletes it. */
  change(text: string | null): void {
    for (const ref of [...this.said].toReversed()) if (this.session.chat.change(ref, text)) return;
  }

  turn(slot: Slot, on: boolean): void {
    const kind = slot === "camera" || slot === "screen" ? "video" : "audio";
    const track = on ? new FakeTrack(kind) : null;
    this.wanted.set(slot, track);
    this.session.setTrack(slot, track);
  }

  /** Its end of the link to `other`; exactly one living connection must fit. */
  endTo(other: Person, peerId: PeerId): LinkEnd {
    const fits = this.living().filter((mine) => other.living().some((its) => areJoined(mine, its)));
    assertEquals(fits.length, 1, `${this.name} has one link to ${other.name}`);
    const [fake] = fits;
    assert(fake);
    return {
      link: { trackOf: (slot) => this.session.links.trackOf(peerId, slot) },
      connection: fake.asReal,
      wanted: this.wanted,
    };
  }

  /** Connections that were not closed. */
  living(): FakeConnection[] {
    return this.fakes.filter(({ signalingState }) => signalingState !== "closed");
  }

  /** Whether everything of its earlier pages is closed. */
  get isTidy(): boolean {
    return this.page.listeners === 0 &&
      [...this.fakes, ...this.#closed].every(({ signalingState }) => signalingState === "closed");
  }

  #newSession(): RoomSession {
    const { clock } = this.#home;
    const session = new RoomSession({
      url: "ws://town/ws",
      openSocket: () => {
        const socket = this.#home.connect(this);
        this.sockets.push(socket);
        return socket.asReal;
      },
      createConnection: (configuration) => {
        const fake = this.#home.makeConnection(configuration);
        this.disguise(fake);
        this.fakes.push(fake);
        return fake.asReal;
      },
      keepIdentity: () => this.#identity ??= newIdentity(),
      createStream: () => fakeStream(),
      createCertificate: () => Promise.resolve(this.certificate()),
      createMonitor: (options, ready) => ready(new LinkMonitor(options)),
      clock,
      page: this.page,
      tab: this.#home.hasTabs ? this.#memory() : undefined,
      randomId: () => hexadecimal(`${this.name}-${++this.#refs}-`),
      random: () => 0.5,
    });
    for (const part of [session, session.chat]) part.subscribe((event) => this.#hear(event));
    for (const [slot, track] of this.wanted) session.setTrack(slot, track);
    return session;
  }

  #memory(): TabMemory {
    return {
      recall: (room) => Promise.resolve(this.#tab?.room === room ? this.#tab.visit : undefined),
      keep: (room, visit) => void (this.#tab = { room, visit }),
      forget: () => void (this.#tab = undefined),
    };
  }

  #hear(event: RoomEvent | ChatEvent): void {
    // In another visit the lines of an earlier one may come again.
    if (event.type === "state" && event.state.kind === "joining") this.lines.length = 0;
    if (event.type === "chat-refused") this.said.delete(event.ref);
    if (event.type === "chat-changed") {
      const at = this.lines.findIndex(({ ref }) => ref === event.line.ref);
      assert(at >= 0, "a change of a line that was never told");
      this.lines[at] = event.line;
    }
    if (event.type !== "chat") return;
    const { line } = event;
    this.lines.push(line);
    const isFor = line.to === undefined || [line.name, line.to.name].includes(this.name);
    assert(isFor, `${this.name} reads what ${line.name} whispers to ${line.to?.name}`);
  }
}

/** As in a browser, the page vouches for what its connections have. */
export function ownCertificate(): OwnCertificate {
  const certificate = new FakeCertificate();
  return { certificate: certificate.asReal, fingerprint: `sha-256 ${certificate.fingerprint}` };
}

/** 32 hexadecimal digits that are as unique as the text. */
function hexadecimal(text: string): string {
  return new TextEncoder().encode(text).toHex().padEnd(32, "0").slice(0, 32);
}
