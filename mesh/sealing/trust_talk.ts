/**
 * What verified members tell each other over their links: safety words, identities, and whom they
 * see. Nothing of it is needed to be verified; people use it to find out more.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import { identityOf, type KeepIdentity, proveIdentity, provenIdentity } from "./identity.ts";
import type { Pair } from "./pair.ts";
import type { RoomTrust, TrustKeys } from "./room_trust.ts";
import { SafetyWords } from "./safety_words.ts";
import type { TrustMessage } from "./trust_message.ts";
import { viewOf, Views } from "./views.ts";

/** What the talk needs of its session. */
export interface TrustTalkOptions {
  readonly trust: RoomTrust;
  readonly keys: TrustKeys;
  readonly clock: Clock;
  readonly keepIdentity: KeepIdentity;
  /** Sends over the link to a member, if it has one now. */
  readonly send: (peerId: PeerId, message: TrustMessage) => void;
  /** Whether the server's roster is known now. */
  readonly hasSession: () => boolean;
}

/** ms; several changes of the roster that come together are told once. */
const momentMs = 1_000;

/** The talk of one visit. */
export class TrustTalk {
  readonly #options: TrustTalkOptions;
  readonly #words = new Map<PeerId, { readonly pair: Pair; readonly words: SafetyWords }>();
  readonly #linked = new Set<PeerId>();
  readonly #views: Views;
  #view = "";
  #cancelView: (() => void) | undefined;
  #identity: Promise<CryptoKeyPair | undefined> | undefined;
  #closed = false;

  constructor(options: TrustTalkOptions) {
    const { clock, trust } = options;
    this.#options = options;
    this.#views = new Views(clock, (peerId, differ) => trust.setDiffer(peerId, differ));
  }

  /** The link to a member can carry messages. */
  async opened(peerId: PeerId): Promise<void> {
    this.#linked.add(peerId);
    this.changed();
    this.#options.send(peerId, { kind: "view", view: this.#view });
    await this.#wordsWith(peerId)?.begin();
    const pair = await (this.#identity ??= this.#ownIdentity());
    if (pair === undefined || this.#closed) return;
    const { keys } = this.#options;
    this.#options.send(peerId, await proveIdentity(pair, { room: keys.room, hello: keys.own() }));
  }

  /** The link to a member carries nothing now. */
  lost(peerId: PeerId): void {
    this.#linked.delete(peerId);
    this.#views.forget(peerId);
  }

  async receive(peerId: PeerId, message: TrustMessage): Promise<void> {
    const { keys, trust } = this.#options;
    switch (message.kind) {
      case "view":
        return this.#views.setOther(peerId, message.view);
      case "commit":
      case "reveal":
        return await this.#wordsWith(peerId)?.receive(message);
      case "identity": {
        const hello = keys.helloOf(peerId);
        const identity = hello && await provenIdentity(message, { room: keys.room, hello });
        if (identity !== undefined && !this.#closed) trust.setIdentity(peerId, identity);
        return;
      }
      default:
        return message satisfies never;
    }
  }

  /** Members, or what is known about them, have changed. */
  changed(): void {
    this.#cancelView ??= this.#options.clock.after(momentMs, () => {
      this.#cancelView = undefined;
      void this.#tellView();
    });
  }

  close(): void {
    this.#closed = true;
    this.#cancelView?.();
    this.#views.close();
  }

  async #tellView(): Promise<void> {
    const { keys, hasSession, send } = this.#options;
    const view = hasSession() ? await viewOf(keys.seen()) : "";
    if (this.#closed || view === this.#view) return;
    this.#view = view;
    this.#views.setOwn(view);
    for (const peerId of this.#linked) send(peerId, { kind: "view", view });
  }

  /** The exchange with a member; a new pair, after a reload, begins anew. */
  #wordsWith(peerId: PeerId): SafetyWords | undefined {
    const { keys, trust, send } = this.#options;
    const pair = keys.pairOf(peerId);
    if (pair === undefined) return undefined;
    const known = this.#words.get(peerId);
    if (known?.pair === pair) return known.words;
    const words = new SafetyWords({
      pair,
      isFirst: keys.own().id < peerId,
      send: (message) => send(peerId, message),
      found: (numbers) => {
        if (!this.#closed) trust.setWords(peerId, numbers);
      },
    });
    this.#words.set(peerId, { pair, words });
    return words;
  }

  async #ownIdentity(): Promise<CryptoKeyPair | undefined> {
    const pair = await this.#options.keepIdentity();
    if (pair !== undefined) this.#options.trust.selfIdentity = await identityOf(pair);
    return pair;
  }
}
