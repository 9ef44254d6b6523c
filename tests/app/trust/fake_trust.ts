/** The trust of a session that does nothing by itself: a test says what it knows. */
import type { Trust, TrustEvent } from "../../../mesh/mod.ts";
import { Emitter } from "../../../mesh/emitter.ts";
import type { RoomTrust } from "../../../app/trust/mod.ts";

export class FakeTrust extends Emitter<TrustEvent> implements RoomTrust {
  secret: string | undefined = "s";
  readonly #trusts = new Map<string, Trust>();
  readonly #words = new Map<string, readonly number[]>();
  readonly #identities = new Map<string, string>();
  readonly #differing = new Set<string>();

  /** Remembers and tells what happens. */
  override emit(event: TrustEvent): void {
    switch (event.type) {
      case "trust":
        this.#trusts.set(event.peerId, event.trust);
        break;
      case "secret":
        this.secret = event.secret;
        break;
      case "safety-words":
        this.#words.set(event.peerId, event.words);
        break;
      case "identity":
        this.#identities.set(event.peerId, event.identity);
        break;
      case "views":
        if (event.differ) this.#differing.add(event.peerId);
        else this.#differing.delete(event.peerId);
    }
    super.emit(event);
  }

  /** A peer is verified, with an identity. */
  verify(peerId: string, identity: string): void {
    this.emit({ type: "identity", peerId, identity });
    this.emit({ type: "trust", peerId, trust: { kind: "verified" } });
  }

  of(peerId: string): Trust {
    return this.#trusts.get(peerId) ?? { kind: this.secret === undefined ? "open" : "checking" };
  }

  words(peerId: string): readonly number[] | undefined {
    return this.#words.get(peerId);
  }

  identity(peerId: string): string | undefined {
    return this.#identities.get(peerId);
  }

  viewsDiffer(peerId: string): boolean {
    return this.#differing.has(peerId);
  }
}

/** A made-up identity, by one hexadecimal digit. */
export function identity(digit: string): string {
  return digit.repeat(64);
}
