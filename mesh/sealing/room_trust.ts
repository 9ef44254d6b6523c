/**
 * Whom this page can trust in its room, and the secret it has. Invariants:
 * 1 A peer is `verified` only after it has opened and sealed with the keys of its hello; an alarm
 *   ends that, and lasts until the peer has another hello.
 * 2 In an open room nobody is verified, and there are no alarms.
 */
import type { PeerId } from "../../protocol/mod.ts";
import { Emitter } from "../emitter.ts";
import type { Alarm, Trust, TrustEvent } from "../events.ts";
import type { Hello } from "./hello.ts";
import type { Pair } from "./pair.ts";
import type { Seen } from "./views.ts";

/** What the members' keys are known to be, for what they tell each other over their links. */
export interface TrustKeys {
  readonly room: string;
  readonly own: () => Hello;
  readonly helloOf: (peerId: PeerId) => Hello | undefined;
  readonly pairOf: (peerId: PeerId) => Pair | undefined;
  /** The verified members that the server says are in the room, and this page. */
  readonly seen: () => Seen[];
}

const open: Trust = { kind: "open" };
const checking: Trust = { kind: "checking" };

/** The trust in each member of one room. */
export class RoomTrust extends Emitter<TrustEvent> {
  /** The certificate of all connections of a sealed room; undefined: the room is open. */
  certificate: RTCCertificate | undefined;
  /** Those of a sealed room. */
  keys: TrustKeys | undefined;
  /** SHA-256 of the identity key of this browser, hexadecimal; undefined: not known. */
  selfIdentity: string | undefined;
  readonly #identities = new Map<PeerId, string>();
  readonly #words = new Map<PeerId, readonly number[]>();
  readonly #differing = new Set<PeerId>();
  readonly #trusts = new Map<PeerId, Trust>();
  readonly #fingerprints = new Map<PeerId, string>();
  #secret: string | undefined;

  /** The secret of the present link; undefined: the room is open. */
  get secret(): string | undefined {
    return this.#secret;
  }

  /** Whether this page talks to verified members only. */
  get isSealed(): boolean {
    return this.#secret !== undefined;
  }

  /** How far a peer can be trusted. */
  of(peerId: PeerId): Trust {
    return this.#trusts.get(peerId) ?? (this.isSealed ? checking : open);
  }

  /** The safety words with a peer, seven numbers from 0 to 63; undefined: not known yet. */
  words(peerId: PeerId): readonly number[] | undefined {
    return this.#words.get(peerId);
  }

  /** SHA-256 of the identity key that a peer has proved; undefined: none yet. */
  identity(peerId: PeerId): string | undefined {
    return this.#identities.get(peerId);
  }

  /** Whether a peer and this page have seen other members for some time. */
  viewsDiffer(peerId: PeerId): boolean {
    return this.#differing.has(peerId);
  }

  setWords(peerId: PeerId, words: readonly number[]): void {
    this.#words.set(peerId, words);
    this.emit({ type: "safety-words", peerId, words });
  }

  setIdentity(peerId: PeerId, identity: string): void {
    this.#identities.set(peerId, identity);
    this.emit({ type: "identity", peerId, identity });
  }

  setDiffer(peerId: PeerId, differ: boolean): void {
    if (differ) this.#differing.add(peerId);
    else this.#differing.delete(peerId);
    this.emit({ type: "views", peerId, differ });
  }

  /** Whether a peer may get what this page records, and its connections may carry anything. */
  admits(peerId: PeerId): boolean {
    const { kind } = this.of(peerId);
    return kind === "verified" || kind === "open";
  }

  /** The only certificate that a peer's connections may have; undefined: the room is open. */
  fingerprintOf(peerId: PeerId): string | undefined {
    return this.isSealed ? this.#fingerprints.get(peerId) ?? "" : undefined;
  }

  /** The room has this secret from now on. `by`: the owner who has changed it. */
  setSecret(secret: string | undefined, by?: PeerId): void {
    this.#secret = secret;
    this.emit({ type: "secret", secret, ...by !== undefined && { by } });
  }

  /** A peer has vouched for its certificate; what its former page has shown counts no longer. */
  setFingerprint(peerId: PeerId, fingerprint: string): void {
    this.#forgetPage(peerId);
    this.#fingerprints.set(peerId, fingerprint);
  }

  set(peerId: PeerId, trust: Trust): void {
    if (JSON.stringify(trust) === JSON.stringify(this.of(peerId))) return;
    this.#trusts.set(peerId, trust);
    this.emit({ type: "trust", peerId, trust });
  }

  /** Something happened that nobody honest does. */
  raise(peerId: PeerId, alarm: Alarm): void {
    if (this.isSealed && this.of(peerId).kind !== "alarm") {
      this.set(peerId, { kind: "alarm", alarm });
    }
  }

  forget(peerId: PeerId): void {
    this.#trusts.delete(peerId);
    this.#forgetPage(peerId);
  }

  /** The visit is over. */
  reset(): void {
    for (const peerId of [...this.#trusts.keys()]) this.forget(peerId);
    this.keys = undefined;
    this.#secret = undefined;
    this.certificate = undefined;
  }

  #forgetPage(peerId: PeerId): void {
    this.#fingerprints.delete(peerId);
    this.#words.delete(peerId);
    this.#identities.delete(peerId);
    this.#differing.delete(peerId);
  }
}
