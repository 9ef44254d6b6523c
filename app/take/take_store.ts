/**
 * Takes a call over from another device of the same person. Invariants:
 * 1 Nothing is claimed before the devices of this one have started or failed.
 * 2 The other device stays in the call until this one has joined in its place.
 */
import type { ReadonlySignal, Signal, signal } from "@preact/signals-core";
import type { KeptVisit } from "../../mesh/mod.ts";
import type { ClaimAnswer, CodeKeys, Luggage } from "../../mesh/move/mod.ts";
import type { Wish } from "../devices/mod.ts";
import type { Keys } from "../ui/key_ring.ts";

/** The part of a call that is used. */
export interface TakingCall {
  readonly session: {
    readonly presence: { change(part: { readonly hand: boolean }): void };
  };
  showKeys(room: string, keys: Keys): void;
  join(options: {
    readonly room: string;
    readonly name: string;
    readonly wish: Wish;
    readonly resume: KeptVisit;
  }): void;
}

/** The dependencies. `signal` is from the page's copy of the library. */
export interface TakeOptions {
  readonly call: TakingCall;
  readonly room: string;
  readonly means: {
    readonly readCode: (typed: string) => string | undefined;
    readonly codeKeys: (code: string, room: string) => Promise<CodeKeys>;
    readonly openParcel: (
      parcel: string,
      how: Pick<CodeKeys, "key"> & { readonly room: string },
    ) => Promise<Luggage | undefined>;
    /** Shows the server a claim. */
    readonly claim: (claim: string) => Promise<ClaimAnswer>;
    /** Whether this page can open anything: over plain http, browsers cannot. */
    readonly seals: boolean;
  };
  readonly signal: typeof signal;
}

/** Why nothing was taken over. */
export type TakeProblem =
  | "unreadable"
  | "no-code"
  | "too-soon"
  | "unanswered"
  | "unopened"
  | "insecure";

/** What the dialog shows. */
export type TakeState =
  | { readonly kind: "asking"; readonly problem: TakeProblem | undefined }
  | { readonly kind: "working" | "done" };

/** One page's way into the call of another device. */
export class TakeStore {
  readonly state: ReadonlySignal<TakeState>;
  readonly #state: Signal<TakeState>;
  readonly #options: TakeOptions;
  #prepared: { readonly code: string; readonly keys: Promise<CodeKeys> } | undefined;

  constructor(options: TakeOptions) {
    this.#options = options;
    const problem = options.means.seals ? undefined : "insecure";
    this.state = this.#state = options.signal<TakeState>({ kind: "asking", problem });
  }

  /** Makes the keys of a code in advance, which takes a moment. */
  prepare(typed: string): void {
    const { readCode, seals } = this.#options.means;
    const code = readCode(typed);
    if (seals && code !== undefined) void this.#keysOf(code).catch(() => {});
  }

  /** Takes the call over. `wish`: the devices of this one. */
  async take(typed: string, wish: Wish): Promise<void> {
    const { call, room, means } = this.#options;
    if (this.#state.value.kind !== "asking") return;
    const code = means.readCode(typed);
    if (!means.seals) return this.#fail("insecure");
    if (code === undefined) return this.#fail("unreadable");
    this.#state.value = { kind: "working" };
    const { claim, key } = await this.#keysOf(code);
    const answer = await means.claim(claim);
    if (answer.kind !== "parcel") return this.#fail(answer.kind);
    const luggage = await means.openParcel(answer.parcel, { key, room });
    if (luggage === undefined) return this.#fail("unopened");
    const { peerId, name, hand, muted, ownerKey, invite, secret } = luggage;
    const keys = { ownerKey, invite, secret };
    const given = Object.entries(keys).filter(([, kept]) => kept !== undefined);
    call.showKeys(room, Object.fromEntries(given));
    call.session.presence.change({ hand });
    this.#state.value = { kind: "done" };
    const resume = { token: answer.resume, peerId };
    call.join({ room, name, wish: { ...wish, muted }, resume });
  }

  #keysOf(code: string): Promise<CodeKeys> {
    const { room, means } = this.#options;
    if (this.#prepared?.code !== code) {
      this.#prepared = { code, keys: means.codeKeys(code, room) };
    }
    return this.#prepared.keys;
  }

  #fail(problem: TakeProblem): void {
    this.#state.value = { kind: "asking", problem };
  }
}
