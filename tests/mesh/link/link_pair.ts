/** Two PeerLinks over fake connections and ordered wires, which move only when the test says so. */
import type { Dialect, OpenSignal } from "../../../protocol/mod.ts";
import type { LinkState, Slot } from "../../../mesh/events.ts";
import { PeerLink } from "../../../mesh/link/peer_link.ts";
import type { ForeignChannel } from "../../../mesh/skyrtc/foreign_channel.ts";
import { assert, assertEquals } from "../../assert.ts";
import { FakeConnection } from "./fake_connection.ts";
import { microtasks } from "./fake_tasks.ts";
import { fakeStream, FakeTrack } from "./fake_track.ts";
import {
  expectAgreement,
  noteOffer,
  type ScenarioPair,
  type ScenarioSide,
} from "./link_scenarios.ts";
import { VirtualClock } from "../virtual_clock.ts";

/** "b" > "a", so "a" is polite towards "b". */
export type SideName = "a" | "b";

interface SideOptions {
  readonly clock: VirtualClock;
  /** The dialect of the other side. */
  readonly dialect?: Dialect | undefined;
}

function kindOf(slot: Slot): "audio" | "video" {
  return slot === "microphone" || slot === "screen-audio" ? "audio" : "video";
}

export class Side implements ScenarioSide {
  readonly link: PeerLink;
  readonly fakes: FakeConnection[] = [];
  readonly wanted = new Map<Slot, FakeTrack | null>();
  readonly states: LinkState[] = [];
  /** Channels with a SkyRTC page. */
  readonly foreign: ForeignChannel[] = [];
  /** Signals that the other side has not received yet. */
  readonly wire: OpenSignal[] = [];
  offers = 0;
  onOffer: (() => void) | undefined;
  /** Makes new connections throw, as in a browser with too many of them. */
  refuseConnections = false;

  constructor(name: SideName, { clock, dialect = "parley" }: SideOptions) {
    this.link = new PeerLink({
      selfId: name,
      peerId: name === "a" ? "b" : "a",
      dialect,
      configuration: {},
      environment: {
        clock,
        createStream: () => fakeStream(),
        createConnection: (configuration) => {
          if (this.refuseConnections) throw new DOMException("too many", "UnknownError");
          const fake = new FakeConnection(configuration);
          this.fakes.push(fake);
          return fake.asReal;
        },
      },
      tracks: [],
      emit: (event) => {
        if (event.type === "signal") this.#send(event.signal);
        if (event.type === "link") this.states.push(event.link);
        if (event.type === "skyrtc-channel") this.foreign.push(event.foreign);
      },
    });
  }

  /** The connection in use. */
  get fake(): FakeConnection {
    const fake = this.fakes.at(-1);
    assert(fake, "no connection was made");
    return fake;
  }

  get connection(): RTCPeerConnection {
    return this.fake.asReal;
  }

  get rollbacks(): number {
    return this.fakes.reduce((sum, { seen }) => sum + seen.rollbacks, 0);
  }

  get otherConnections(): number {
    return this.fakes.reduce((sum, { seen }) => sum + seen.otherConnections, 0);
  }

  turn(slot: Slot, on: boolean): void {
    const track = on ? new FakeTrack(kindOf(slot)) : null;
    this.wanted.set(slot, track);
    this.link.setTrack(slot, track);
  }

  #send(signal: OpenSignal): void {
    if (signal.kind === "description" && signal.description.type === "offer") noteOffer(this);
    this.wire.push(signal);
  }
}

export class LinkPair implements ScenarioPair {
  readonly clock = new VirtualClock();
  readonly a: Side;
  readonly b: Side;
  /** Offers that arrived while the receiver had a pending offer. */
  glares = 0;

  /** `dialect`: that of `a`, as `b` knows it. */
  constructor({ dialect }: { readonly dialect?: Dialect } = {}) {
    this.a = new Side("a", { clock: this.clock });
    this.b = new Side("b", { clock: this.clock, dialect });
  }

  /** Delivers the oldest signal of `from`. */
  async deliver(from: Side): Promise<void> {
    const signal = from.wire.shift();
    if (signal === undefined) return;
    const to = from === this.a ? this.b : this.a;
    const offered = signal.kind === "description" && signal.description.type === "offer";
    if (offered && to.fakes.at(-1)?.signalingState === "have-local-offer") this.glares++;
    to.link.receive(signal);
    await microtasks();
  }

  /** Lets one task of the side's connections run. */
  async step(side: Side): Promise<void> {
    await side.fakes.find(({ tasks }) => tasks.waiting > 0)?.tasks.step();
  }

  /** Delivers all signals and runs all tasks. */
  async settle(): Promise<void> {
    await microtasks();
    for (let rounds = 0; this.#busy; rounds++) {
      assert(rounds < 1_000, "the two never stop negotiating");
      for (const side of [this.a, this.b]) {
        for (const { tasks } of side.fakes) await tasks.drain();
        while (side.wire.length > 0) await this.deliver(side);
      }
    }
  }

  /** Sets the connection states, as a network would. */
  async connected(): Promise<void> {
    for (const { fake } of [this.a, this.b]) fake.become("connected");
    await microtasks();
    for (const { link } of [this.a, this.b]) assertEquals(link.state.kind, "connected");
  }

  /** There is no media here, so both sides only need to agree on every slot. */
  flows(): Promise<void> {
    expectAgreement(this);
    return Promise.resolve();
  }

  close(): void {
    this.a.link.close();
    this.b.link.close();
  }

  get #busy(): boolean {
    return [this.a, this.b].some(({ wire, fakes }) =>
      wire.length > 0 || fakes.some(({ tasks }) => tasks.waiting > 0)
    );
  }
}

/** `a` has called `b`, and both agree. */
export async function calledPair(options: { readonly dialect?: Dialect } = {}): Promise<LinkPair> {
  const pair = new LinkPair(options);
  pair.a.link.call();
  await pair.settle();
  return pair;
}
