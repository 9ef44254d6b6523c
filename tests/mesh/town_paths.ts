/**
 * The network between people's connections: which packets arrive. Two connections find each other
 * by the ICE credentials both have agreed on; a change of network needs new ones.
 */
import type { FakeConnection } from "./link/fake_connection.ts";
import type { VirtualClock } from "./virtual_clock.ts";

/** The part of a person that this file uses. */
interface Dweller {
  readonly name: string;
  living(): FakeConnection[];
}

/** How long a browser waits without a packet, and then tries to connect, ms. */
const disconnectedMs = 5_000;
const failedMs = 15_000;

interface Silence {
  since: number;
}

export function areJoined(one: FakeConnection, other: FakeConnection): boolean {
  return one.currentRemote?.fingerprint === other.fingerprint &&
    other.currentRemote?.fingerprint === one.fingerprint;
}

function shareCredentials(one: FakeConnection, other: FakeConnection): boolean {
  return one.currentLocal?.ufrag === other.currentRemote?.ufrag &&
    other.currentLocal?.ufrag === one.currentRemote?.ufrag;
}

export class TownPaths {
  /** Frames sent from peer to peer. */
  carried = 0;
  #packets = 0;
  readonly #people: readonly Dweller[];
  readonly #clock: VirtualClock;
  readonly #cut = new Set<string>();
  readonly #networks = new Map<string, number>();
  /** For each pair of credentials, the networks they were made in. */
  readonly #madeIn = new Map<string, string>();
  readonly #silent = new Map<FakeConnection, Silence>();

  constructor(people: readonly Dweller[], clock: VirtualClock) {
    this.#people = people;
    this.#clock = clock;
  }

  cut(one: Dweller, other: Dweller): void {
    this.#cut.add(pairOf(one, other));
  }

  /** All paths are open again. */
  heal(): void {
    this.#cut.clear();
  }

  /** The person has another address: earlier credentials no longer connect. */
  move({ name }: Dweller): void {
    this.#networks.set(name, (this.#networks.get(name) ?? 0) + 1);
  }

  /** One step of the network. */
  step(): void {
    for (const one of this.#people) {
      for (const mine of one.living()) this.#look(one, mine);
    }
  }

  #look(one: Dweller, mine: FakeConnection): void {
    for (const other of this.#people) {
      const its = other === one ? undefined : other.living().find((each) => areJoined(mine, each));
      if (its === undefined) continue;
      if (!this.#passes({ one, mine, other, its })) return this.#silence(mine);
      return this.#meet(mine, its);
    }
    // The other side has closed its end, and its last frame says so.
    if (mine.currentRemote === null) return;
    if (mine.connectionState === "connected") mine.channel?.end();
    this.#silence(mine);
  }

  #passes(
    { one, mine, other, its }: {
      one: Dweller;
      mine: FakeConnection;
      other: Dweller;
      its: FakeConnection;
    },
  ): boolean {
    if (this.#cut.has(pairOf(one, other)) || !shareCredentials(mine, its)) return false;
    const credentials = [mine.currentLocal?.ufrag, its.currentLocal?.ufrag].toSorted().join();
    const networks = [one, other].map(({ name }) => `${name}${this.#networks.get(name) ?? 0}`)
      .toSorted().join();
    const madeIn = this.#madeIn.get(credentials) ?? networks;
    this.#madeIn.set(credentials, madeIn);
    return madeIn === networks;
  }

  #meet(mine: FakeConnection, its: FakeConnection): void {
    this.#silent.delete(mine);
    if (mine.connectionState !== "connected") mine.become("connected");
    mine.channel?.open();
    mine.stats = new Map([["T", { id: "T", type: "transport", bytesReceived: ++this.#packets }]]);
    for (const frame of mine.channel?.sent.splice(0) ?? []) {
      if (its.channel === undefined || its.channel.readyState === "connecting") {
        mine.channel?.sent.push(frame);
        return;
      }
      this.carried++;
      its.channel.hear(frame);
    }
  }

  #silence(mine: FakeConnection): void {
    const now = this.#clock.now();
    const silence = this.#silent.get(mine) ?? { since: now };
    this.#silent.set(mine, silence);
    if (mine.connectionState === "connected" && now - silence.since >= disconnectedMs) {
      mine.become("disconnected");
    }
    if (mine.connectionState !== "failed" && now - silence.since >= failedMs) {
      mine.become("failed");
    }
  }
}

function pairOf(one: Dweller, other: Dweller): string {
  return [one.name, other.name].toSorted().join();
}
