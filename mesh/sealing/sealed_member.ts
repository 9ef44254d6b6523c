/**
 * Another member of a sealed room: its hello, the pair with it, and its card. Invariants:
 * 1 A hello that does not open changes nothing but the trust: the pair stays, because the member
 *   may be the first to have a changed link.
 * 2 Trust grows only when a message of the pair opens.
 */
import {
  limits,
  type OpenSignal,
  openSignal,
  type Peer,
  type PeerId,
  type SealedPeer,
  silentState,
} from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";
import { checked, readJson } from "../../protocol/parse.ts";
import type { Clock } from "../clock.ts";
import type { Alarm, Doubt } from "../events.ts";
import { type Card, MemberSeal } from "./card.ts";
import { bytesOf, textIn } from "./bytes.ts";
import { isBoundTo } from "./description_check.ts";
import { type Hello, openHello, type OwnHello } from "./hello.ts";
import type { Opened, Pair } from "./pair.ts";
import type { PairMemory } from "./pair_memory.ts";
import type { RoomKeys } from "./room_keys.ts";
import type { RoomTrust } from "./room_trust.ts";

/** What two members tell each other through the server. Without anything: "I have your hello". */
export interface PairMessage {
  readonly signal?: OpenSignal;
  /** Messages before this one may be lost: the sender's connection to the server was. */
  readonly lost?: boolean;
  /** The last own line of chat. */
  readonly head?: ChatHead;
  /** The new secret of the room, and whom it is kept from. */
  readonly secret?: string;
  readonly without?: readonly PeerId[];
}

/** The newest line of a member. */
export interface ChatHead {
  readonly count: number;
  /** SHA-256 of it, base64url; empty: there is none. */
  readonly hash: string;
}

const id = is.text({ least: 1, most: limits.peerId });
const pairMessage: is.Check<PairMessage> = is.object({}, {
  signal: openSignal,
  lost: is.boolean,
  head: is.object({
    count: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
    hash: is.text({ most: limits.door }),
  }),
  secret: is.text({ most: 64 }),
  without: is.list(id, limits.roomCapacityMost),
});

/** ms; a member proves its hello with its first message, which follows its hello at once. */
const proofMs = 10_000;
/** ms; how long the keys of a former link count. */
export const formerKeysMs = 30_000;

/** What a member needs of its room. */
export interface SealedMemberOptions {
  readonly own: () => OwnHello;
  readonly keys: () => RoomKeys;
  readonly pairs: PairMemory;
  readonly clock: Clock;
  readonly trust: RoomTrust;
}

/** One other member. */
export class SealedMember {
  readonly peerId: PeerId;
  readonly #options: SealedMemberOptions;
  /** What the server sent last. */
  #sealed: SealedPeer | undefined;
  /** The hello that opened last, and the secret that it opened with. */
  #known: { readonly text: string; readonly hello: Hello; readonly keys: RoomKeys } | undefined;
  #pair: Pair | undefined;
  /** That of the former secret. */
  #formerPair: Pair | undefined;
  #seal: MemberSeal | undefined;
  #card: Card | undefined;
  /** The number of the last note. */
  #notes = 0;
  /** Messages may be missing because this end was away. */
  #mayMiss = false;
  /** The other end has to be told that messages may be missing. */
  #mayHaveLost = false;
  #gaps = 0;
  #cancelProof = () => {};
  #cancelFormer = () => {};

  constructor(peerId: PeerId, options: SealedMemberOptions) {
    this.peerId = peerId;
    this.#options = options;
  }

  /** Its hello, if one has opened. */
  get hello(): Hello | undefined {
    return this.#known?.hello;
  }

  /** The server says that it is in the room. */
  isListed = true;

  /** Its hello is of the present secret. */
  get isCurrent(): boolean {
    return this.#known?.keys === this.#options.keys();
  }

  /** Keys that only this member and this page have; see Pair.derive. */
  get pair(): Pair | undefined {
    return this.#pair;
  }

  get card(): Card | undefined {
    return this.#card;
  }

  /** What it seals must open here. Otherwise it may have a changed link before this page has. */
  get #isKnown(): boolean {
    return this.isCurrent && this.#sealed?.hello === this.#known?.text;
  }

  /** Opens what the server sent about it; true if there is a new pair, which begins now. */
  async meet(sealed: SealedPeer | undefined): Promise<boolean> {
    this.#sealed = sealed;
    const isNew = sealed?.hello !== this.#known?.text || !this.isCurrent;
    const isMet = isNew && await this.#greet(sealed?.hello);
    if (sealed !== undefined) await this.show(sealed.card);
    return isMet;
  }

  /** Tries again what did not open with the former secret. */
  meetAgain(): Promise<boolean> {
    return this.meet(this.#sealed);
  }

  /** Takes its card, if it is its newest. */
  async show(text: string): Promise<void> {
    if (this.#sealed !== undefined) this.#sealed = { ...this.#sealed, card: text };
    const card = await this.#seal?.openCard(text);
    if (card === undefined) {
      if (this.#isKnown) this.#raise("altered");
      return;
    }
    if (this.#card !== undefined && card.count < this.#card.count) return this.#raise("replayed");
    this.#card = card;
  }

  /** The peer as its card shows it. */
  shown({ sealed: _, ...peer }: Peer): Peer {
    const { name = "?", state = silentState } = this.#card ?? {};
    return { ...peer, name, state };
  }

  /** Opens a note; undefined: it is not a new one of this member. */
  async openNote(text: string): Promise<unknown> {
    const value = await this.#seal?.open("note", text);
    if (value === undefined) {
      if (this.#isKnown) this.#raise("altered");
      return undefined;
    }
    const count = typeof value === "object" && value !== null ? Reflect.get(value, "count") : 0;
    if (typeof count !== "number" || count <= this.#notes) {
      this.#raise("replayed");
      return undefined;
    }
    this.#notes = count;
    return value;
  }

  /** This page was without a session: messages of both directions may be lost. */
  interrupted(): void {
    this.#mayMiss = true;
    this.#mayHaveLost = true;
  }

  /** Seals a message for it, under the former secret if that is asked for; undefined: no keys. */
  async seal(message: PairMessage, { former = false } = {}): Promise<string | undefined> {
    const pair = former ? this.#formerPair : this.#pair;
    if (pair === undefined) return undefined;
    const lost = this.#mayHaveLost;
    this.#mayHaveLost = false;
    return await pair.seal(bytesOf(JSON.stringify(lost ? { ...message, lost } : message)));
  }

  /** Opens a message of it; undefined: there is nothing in it for this page. */
  async open(body: string): Promise<PairMessage | undefined> {
    if (this.#options.trust.of(this.peerId).kind === "alarm") return undefined;
    let opened: Opened = await this.#pair?.open(body) ?? { kind: "foreign" };
    if (opened.kind === "foreign" && this.#formerPair !== undefined) {
      opened = await this.#formerPair.open(body);
    }
    switch (opened.kind) {
      case "message": {
        const read = checked(pairMessage, readJson(textIn(opened.text)));
        if (!read.ok) return undefined;
        this.#confirmed();
        this.#noticeGap(opened.missing, read.message.lost === true);
        return this.#isBound(read.message.signal) ? read.message : undefined;
      }
      case "foreign":
        // To an earlier page of this tab it may have sent more before it knew the present one.
        if (this.#pair?.isProven && this.#isKnown && this.#formerPair === undefined) {
          this.#raise("altered");
        }
        return undefined;
      case "altered":
      case "replayed":
        this.#raise(opened.kind);
        return undefined;
      default:
        return opened satisfies never;
    }
  }

  /** The room has another secret: the former pair counts for a while, then a new hello must. */
  handleNewSecret(): void {
    const { clock, trust } = this.#options;
    // Of two changes at once the member may know neither yet.
    this.#formerPair = this.#pair ?? this.#formerPair;
    this.#pair = undefined;
    this.#cancelFormer();
    this.#cancelFormer = clock.after(formerKeysMs, () => {
      this.#formerPair = undefined;
      if (this.isCurrent) return;
      // Its cards and notes may be of somebody removed, who knows the former secret.
      this.#seal = undefined;
      if (trust.of(this.peerId).kind === "alarm") return;
      trust.set(this.peerId, { kind: "unverified", doubt: "wrong-secret" });
    });
  }

  /** It was removed: nothing of it counts any longer. */
  banish(): void {
    this.#pair = this.#formerPair = this.#seal = undefined;
    this.#options.trust.set(this.peerId, { kind: "unverified", doubt: "wrong-secret" });
  }

  close(): void {
    this.#cancelProof();
    this.#cancelFormer();
  }

  async #greet(text: string | undefined): Promise<boolean> {
    const { own, keys: present, pairs, trust } = this.#options;
    const keys = present();
    if (text === undefined) return this.#doubt("no-hello");
    const hello = await openHello(keys, { id: this.peerId, hello: text });
    if (hello === undefined) return this.#doubt("wrong-secret");
    const pair = await pairs.between(keys, own(), hello);
    if (pair === undefined) return this.#doubt("unconfirmed");
    const isSamePage = this.#known !== undefined && isSame(this.#known.hello, hello);
    this.#known = { text, hello, keys };
    this.#pair = pair;
    this.#seal = await MemberSeal.of(keys, hello);
    this.#gaps = 0;
    this.#cancelProof();
    if (isSamePage) return true;
    this.#formerPair = undefined;
    this.#card = undefined;
    this.#notes = 0;
    trust.set(this.peerId, { kind: "checking" });
    this.#awaitProof();
    return true;
  }

  #awaitProof(): void {
    this.#cancelProof();
    this.#cancelProof = this.#options.clock.after(proofMs, () => this.#doubt("unconfirmed"));
  }

  /** False. */
  #doubt(doubt: Doubt): false {
    const { trust } = this.#options;
    const { kind } = trust.of(this.peerId);
    // A verified member may have the new link before this page has it; see handleNewSecret().
    if (kind === "verified" && doubt === "wrong-secret") this.#waitForSecret();
    else if (kind !== "alarm") trust.set(this.peerId, { kind: "unverified", doubt });
    return false;
  }

  #waitForSecret(): void {
    this.#cancelProof();
    this.#cancelProof = this.#options.clock.after(proofMs, () => {
      if (this.#sealed?.hello === this.#known?.text || this.isCurrent === false) return;
      this.#options.trust.set(this.peerId, { kind: "unverified", doubt: "wrong-secret" });
    });
  }

  #confirmed(): void {
    const { trust } = this.#options;
    this.#cancelProof();
    trust.set(this.peerId, { kind: "verified" });
  }

  #noticeGap(missing: number, isExplained: boolean): void {
    const isExpected = isExplained || this.#mayMiss;
    this.#mayMiss = false;
    if (missing > 0 && !isExpected && ++this.#gaps > 1) this.#raise("withheld");
  }

  #isBound(signal: OpenSignal | undefined): boolean {
    if (signal?.kind !== "description") return true;
    const isBound = isBoundTo(this.hello?.fingerprint ?? "", signal.description.sdp);
    if (!isBound) this.#raise("fingerprint");
    return isBound;
  }

  #raise(alarm: Alarm): void {
    this.#options.trust.raise(this.peerId, alarm);
  }
}

function isSame(one: Hello, other: Hello): boolean {
  return one.publicKey.join() === other.publicKey.join() &&
    one.nonce.join() === other.nonce.join() &&
    one.fingerprint === other.fingerprint;
}
