/**
 * The network between people's connections: which packets arrive. Two connections find each other
 * by the ICE credentials both have agreed on; a change of network needs new ones. Where everything
 * is relayed by the server, so does a restart of the server.
 */
import type { Origin } from "./link/fake_description.ts";
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
  return isOf(one.currentRemote, other.origin) && isOf(other.currentRemote, one.origin);
}

function isOf(description: Origin | null, { session, fingerprint }: Origin): boolean {
  return description?.session === session && description.fingerprint === fingerprint;
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
  readonly #relayLife: (() => number) | undefined;
  /** For each ICE user name, the life of the relay in which it was made. */
  readonly #bornIn = new Map<string, number>();
  /** The pairs of credentials with which each connection has got packets. */
  readonly used = new Map<FakeConnection, Set<string>>();

  /** `relayLife`: a number for each life of the relay, 0 while there is none. */
  constructor(
    people: readonly Dweller[],
    { clock, relayLife }: { clock: VirtualClock; relayLife: (() => number) | undefined },
  ) {
    this.#people = people;
    this.#clock = clock;
    this.#relayLife = relayLife;
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
    this.#noteLives();
    for (const one of this.#people) {
      for (const mine of one.living()) this.#look(one, mine);
    }
  }

  /** Credentials have the candidates of the relay that was there when they were made. */
  #noteLives(): void {
    const life = this.#relayLife?.() ?? 0;
    for (const { currentLocal, pendingLocal } of this.#people.flatMap((each) => each.living())) {
      for (const description of [currentLocal, pendingLocal]) {
        if (description === null || this.#bornIn.has(description.ufrag)) continue;
        this.#bornIn.set(description.ufrag, life);
      }
    }
  }

  #isRelayed(connections: readonly FakeConnection[]): boolean {
    const life = this.#relayLife?.();
    if (life === undefined) return true;
    const lives = connections.map(({ currentLocal }) =>
      this.#bornIn.get(currentLocal?.ufrag ?? "")
    );
    return life > 0 && lives.every((each) => each === life);
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
    if (!this.#isRelayed([mine, its])) return false;
    const credentials = [mine.currentLocal?.ufrag, its.currentLocal?.ufrag].toSorted().join();
    const networks = [one, other].map(({ name }) => `${name}${this.#networks.get(name) ?? 0}`)
      .toSorted().join();
    const madeIn = this.#madeIn.get(credentials) ?? networks;
    this.#madeIn.set(credentials, madeIn);
    this.used.set(mine, (this.used.get(mine) ?? new Set()).add(credentials));
    return madeIn === networks;
  }

  #meet(mine: FakeConnection, its: FakeConnection): void {
    this.#silent.delete(mine);
    if (mine.connectionState !== "connected") mine.become("connected");
    mine.channel?.open();
    mine.stats = this.#statistics(++this.#packets);
    for (const frame of mine.channel?.sent.splice(0) ?? []) {
      if (its.channel === undefined || its.channel.readyState === "connecting") {
        mine.channel?.sent.push(frame);
        return;
      }
      this.carried++;
      its.channel.hear(frame);
    }
  }

  #statistics(bytesReceived: number): Map<string, unknown> {
    const candidateType = this.#relayLife === undefined ? "host" : "relay";
    return new Map(Object.entries({
      T: { id: "T", type: "transport", selectedCandidatePairId: "P", bytesReceived },
      P: { id: "P", type: "candidate-pair", localCandidateId: "L" },
      L: { id: "L", type: "local-candidate", candidateType, relayProtocol: "tcp" },
    }));
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
