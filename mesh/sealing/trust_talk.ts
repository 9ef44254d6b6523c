/**
 * What verified members tell each other over their links: safety words, identities, and whom they
 * see. Nothing of it is needed to be verified; people use it to find out more.
 */
import { checked } from "../../protocol/parse.ts";
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { TrustEvent } from "../events.ts";
import { type Hello, transcriptOf } from "./hello.ts";
import {
  browserIdentity,
  identityOf,
  type KeepIdentity,
  proveIdentity,
  provenIdentity,
} from "./identity.ts";
import type { Pair } from "./pair.ts";
import { SafetyWords } from "./safety_words.ts";
import { type TrustMessage, trustMessage } from "./trust_message.ts";
import { type Seen, viewOf, Views } from "./views.ts";

/** What people find out. */
export type TalkEvent = Extract<TrustEvent, { type: "safety-words" | "identity" | "views" }>;

/** What the members' keys are known to be. */
export interface TrustKeys {
  readonly room: string;
  readonly own: () => Hello;
  readonly helloOf: (peerId: PeerId) => Hello | undefined;
  readonly pairOf: (peerId: PeerId) => Pair | undefined;
  /** The verified members that the server says are in the room, and this page. */
  readonly seen: () => Seen[];
}

/** What the talk needs of its session. */
export interface TrustTalkOptions {
  readonly keys: TrustKeys;
  readonly clock: Clock;
  /** By default in IndexedDB. */
  readonly keepIdentity?: KeepIdentity | undefined;
  readonly tell: (event: TalkEvent) => void;
  /** Takes the name of this browser's identity, once it is known. */
  readonly tellIdentity: (identity: string) => void;
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
    const { clock, tell } = options;
    this.#options = options;
    this.#views = new Views(clock, (peerId, differ) => tell({ type: "views", peerId, differ }));
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

  /** Handles a message from a link, which may be anything. */
  async receive(peerId: PeerId, value: unknown): Promise<void> {
    const { keys, tell } = this.#options;
    const read = checked(trustMessage, value);
    if (!read.ok) return;
    const { message } = read;
    switch (message.kind) {
      case "view":
        return this.#views.setOther(peerId, message.view);
      case "commit":
      case "reveal":
        return await this.#wordsWith(peerId)?.receive(message);
      case "identity": {
        const hello = keys.helloOf(peerId);
        const identity = hello && await provenIdentity(message, { room: keys.room, hello });
        if (identity !== undefined && this.#isStill(peerId, hello)) {
          tell({ type: "identity", peerId, identity });
        }
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
    const { keys, tell, send } = this.#options;
    const pair = keys.pairOf(peerId);
    if (pair === undefined) return undefined;
    const known = this.#words.get(peerId);
    if (known?.pair === pair) return known.words;
    const hello = keys.helloOf(peerId);
    const words = new SafetyWords({
      pair,
      isFirst: keys.own().id < peerId,
      send: (message) => send(peerId, message),
      found: (numbers) => {
        if (this.#isStill(peerId, hello)) tell({ type: "safety-words", peerId, words: numbers });
      },
    });
    this.#words.set(peerId, { pair, words });
    return words;
  }

  /** Whether a member still has the page with that hello; what a former one proved is void. */
  #isStill(peerId: PeerId, hello: Hello | undefined): boolean {
    const present = this.#options.keys.helloOf(peerId);
    if (this.#closed || hello === undefined || present === undefined) return false;
    return transcriptOf(present).join() === transcriptOf(hello).join();
  }

  async #ownIdentity(): Promise<CryptoKeyPair | undefined> {
    const { keepIdentity = browserIdentity, tellIdentity } = this.#options;
    const pair = await keepIdentity();
    if (pair !== undefined) tellIdentity(await identityOf(pair));
    return pair;
  }
}
