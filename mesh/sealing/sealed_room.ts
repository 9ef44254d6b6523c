/**
 * The way between a RoomClient and the server in a sealed room. Invariants:
 * 1 Nothing that people say or show leaves it unsealed: names, states, chat, reactions, reports and
 *   signals.
 * 2 What it delivers was sealed by the member it is from; everything else is dropped, and told as a
 *   doubt or an alarm.
 * 3 Each direction keeps its order, although sealing takes a moment.
 */
import {
  type ClientMessage,
  type Join,
  type Peer,
  type PeerId,
  type ServerMessage,
  silentState,
  type Welcome,
} from "../../protocol/mod.ts";
import { lateImport } from "../late_import.ts";
import type { RoomWire } from "../signaling/room_wire.ts";
import { type Era, eraOf } from "./era.ts";
import { makeHello, newPeerId, type OwnHello } from "./hello.ts";
import { LateTrustTalk } from "./late_trust_talk.ts";
import { RoomKeys } from "./room_keys.ts";
import { OwnCard, type Presence } from "./own_card.ts";
import { PairMemory } from "./pair_memory.ts";
import { type PairMessage, SealedMember } from "./sealed_member.ts";
import { connectionChecks, handsOf, trustKeysOf } from "./sealed_members.ts";
import type { LateMessage, SealedExtras } from "./sealed_extras.ts";
import type { SealedInside, SealedRoomOptions } from "./sealed_inside.ts";

export { browserCertificate } from "./certificate.ts";

/** ms from the first welcome until the code of chat and link changes is loaded. */
const extrasMs = 1_000;

/** One visit to a sealed room. Its keys end with it, and are never stored. */
export class SealedRoom implements RoomWire {
  readonly side: RoomWire["side"];
  readonly #options: SealedRoomOptions;
  #hello: OwnHello;
  readonly #members = new Map<PeerId, SealedMember>();
  readonly #pairs = new PairMemory();
  /** By the epochs of their links. */
  readonly #keys = new Map<number, RoomKeys>();
  #era: Era;
  readonly #card: OwnCard;
  readonly #talk: LateTrustTalk;
  /** What the server has of it. */
  #sentCard = "";
  /** As the server has said last. */
  #door: string | undefined;
  /** What the server's clock is ahead of the own one, ms. */
  #serverAhead = 0;
  #hands: readonly PeerId[] = [];
  #incoming: Promise<unknown> = Promise.resolve();
  #outgoing: Promise<unknown> = Promise.resolve();
  #extras: Promise<SealedExtras> | undefined;
  #cancelResume = () => {};
  #closed = false;

  private constructor(options: SealedRoomOptions, { hello, era }: { hello: OwnHello; era: Era }) {
    this.#options = options;
    this.#hello = hello;
    this.#era = era;
    this.#keys.set(era.keys.epoch, era.keys);
    this.#card = new OwnCard(() => options.clock.now() + this.#serverAhead);
    const own = () => this.#hello;
    this.#talk = new LateTrustTalk(options.trust, {
      ...options,
      keys: trustKeysOf(this.#members, { ...options, own }),
    });
    const { certificate } = options.own;
    this.side = { certificate, talk: this.#talk, ...connectionChecks(this.#members) };
  }

  /** Undefined: `secret` is malformed. */
  static async open(
    options: SealedRoomOptions,
    { name, state }: Presence,
  ): Promise<SealedRoom | undefined> {
    const { secret, room, own: { fingerprint }, peerId: id = newPeerId(options.randomId) } =
      options;
    const [keys, hello] = await Promise.all([
      RoomKeys.of(secret, room),
      makeHello({ id, fingerprint }),
    ]);
    if (keys === undefined) return undefined;
    const sealed = new SealedRoom(options, { hello, era: await eraOf(keys, hello) });
    sealed.#card.presence = { name, state };
    await sealed.#draw();
    return sealed;
  }

  join({ name, state = silentState, ...message }: Join): Join {
    const { hello, door } = this.#era;
    // A newer card follows; see #handleWelcome().
    this.#card.presence = { name, state };
    this.#sentCard = this.#card.sealed;
    const sealed = { hello, door, card: this.#sentCard, peerId: this.#hello.id };
    return { ...message, name: "", sealed };
  }

  send(message: ClientMessage): boolean {
    switch (message.type) {
      case "signal": {
        const { to, signal } = message;
        if (signal.kind !== "sealed") this.#sendTo(to, { signal });
        return this.#options.hasSession();
      }
      case "rename":
        return this.#show({ name: message.name });
      case "state":
        return this.#show({ state: message.state });
      case "react":
      case "report":
      case "chat":
      case "edit":
        if (!this.#options.hasSession()) return false;
        this.#withExtras((extras) => extras.send(message));
        return true;
      case "remove":
        this.#withExtras((extras) => {
          extras.willRemove(message.peerId);
          this.#options.transmit(message);
        });
        return this.#options.hasSession();
      default:
        return this.#options.transmit(message);
    }
  }

  receive(message: ServerMessage): void {
    this.#incoming = this.#incoming.then(() => this.#closed ? undefined : this.#handle(message))
      // What an altered server sends must not stop the rest.
      .catch(() => {});
  }

  forget(peerId: PeerId): void {
    this.#members.get(peerId)?.close();
    this.#members.delete(peerId);
    this.#options.trust.forget(peerId);
    this.#talk.forget(peerId);
    this.#deliverHands();
  }

  close(): void {
    this.#closed = true;
    for (const member of this.#members.values()) member.close();
    this.#cancelResume();
    this.#talk.close();
    void this.#extras?.then((extras) => extras.close());
  }

  async #handle(message: ServerMessage): Promise<void> {
    const { deliver } = this.#options;
    switch (message.type) {
      case "welcome":
        return await this.#handleWelcome(message);
      case "peer-joined":
        // Nobody else has this page's id.
        if (message.peer.peerId === this.#hello.id) return;
        return deliver({ ...message, peer: await this.#meet(message.peer) });
      case "peer-hello": {
        const { peerId, hello, card } = message;
        // The echo of the own one.
        if (peerId === this.#hello.id) return;
        await this.#greet(this.#memberOf(peerId), { hello, card });
        return this.#deliverCard(message);
      }
      case "peer-changed":
        return await this.#showCard(message);
      case "signal":
        return await this.#open(message.from, message.signal);
      case "tick":
        this.#serverAhead = message.at - this.#options.clock.now();
        return deliver(message);
      case "chat":
      case "note":
      case "knocks":
      case "door-changed":
        if (message.type === "door-changed") this.#door = message.door;
        return await (await this.#load()).receive(message);
      case "error":
        if (message.code === "state-gap") await this.#startOver();
        return await this.#handleLate(message);
      case "peer-left": {
        const member = this.#members.get(message.peerId);
        if (member !== undefined) member.isListed = false;
        return await this.#handleLate(message);
      }
      case "hands":
      case "reaction":
      case "peer-report":
        // In a sealed room only an altered server sends them.
        return;
      default:
        return deliver(message);
    }
  }

  /** Without the late code, nothing was sent that this could be about. */
  async #handleLate(message: LateMessage): Promise<void> {
    if (this.#extras === undefined) this.#options.deliver(message);
    else await (await this.#extras).receive(message);
  }

  async #handleWelcome(welcome: Welcome): Promise<void> {
    const { clock, deliver, end } = this.#options;
    const { roster, peerId, door, at, missed, recent, gap } = welcome;
    this.#door = door;
    if (door === undefined) return end("unsealed");
    if (peerId !== this.#hello.id) return end("sealed");
    this.#serverAhead = at - clock.now();
    for (const member of this.#members.values()) member.interrupted();
    const listed = roster.filter((peer) => peer.peerId !== peerId);
    for (const [id, member] of this.#members) {
      member.isListed = listed.some((peer) => peer.peerId === id);
    }
    const peers = await Promise.all(listed.map((peer) => this.#meet(peer, { again: true })));
    const lines = missed.length + recent.length > 0 || gap
      ? await (await this.#load()).openLines(welcome)
      : { missed: [], recent: [] };
    deliver({ ...welcome, ...lines, name: this.#card.presence.name, roster: peers });
    this.#deliverHands();
    this.#show();
    // The first pictures have priority, and later there may be no network.
    this.#cancelResume();
    this.#cancelResume = clock.after(this.#extras === undefined ? extrasMs : 0, () => {
      this.#withExtras((extras) => extras.resume(this.#door ?? door));
    });
  }

  /** Meets a member; the peer as its card shows it. */
  async #meet(peer: Peer, { again = false } = {}): Promise<Peer> {
    const member = this.#memberOf(peer.peerId);
    member.isListed = true;
    const isMet = await this.#greet(member, peer.sealed);
    // It may have lost this page, which came back, and wait for its proof again.
    if (!isMet && again) this.#sendTo(peer.peerId, {});
    return member.shown(peer);
  }

  async #greet(member: SealedMember, sealed: Peer["sealed"]): Promise<boolean> {
    if (!await member.meet(sealed)) return false;
    // The first message proves the own hello; the other end does the same.
    this.#sendTo(member.peerId, {});
    void this.#extras?.then((extras) => extras.greet(member.peerId));
    return true;
  }

  #memberOf(peerId: PeerId): SealedMember {
    let member = this.#members.get(peerId);
    if (member === undefined) {
      const means = { own: () => this.#hello, keys: () => this.#era.keys, pairs: this.#pairs };
      member = new SealedMember(peerId, { ...this.#options, ...means });
      this.#members.set(peerId, member);
    }
    return member;
  }

  async #showCard(message: Extract<ServerMessage, { type: "peer-changed" }>): Promise<void> {
    const { peerId, card } = message;
    const member = this.#members.get(peerId);
    if (card === undefined || member === undefined) return this.#deliverHands();
    await member.show(card);
    this.#deliverCard(message);
  }

  /** Delivers the name and state of a member as its last card shows them. */
  #deliverCard({ peerId, revision }: { readonly peerId: PeerId; readonly revision: number }): void {
    const { card } = this.#members.get(peerId) ?? {};
    if (card === undefined) return;
    const { name, state } = card;
    this.#options.deliver({ type: "peer-changed", revision, peerId, name, state });
    this.#deliverHands();
  }

  async #open(
    from: PeerId,
    signal: Extract<ServerMessage, { type: "signal" }>["signal"],
  ): Promise<void> {
    const member = this.#members.get(from);
    if (member === undefined) return;
    if (signal.kind !== "sealed") return this.#options.trust.raise(from, "unsealed");
    const message = await member.open(signal.body);
    if (message === undefined || this.#closed) return;
    if (message.head !== undefined || message.secret !== undefined) {
      await (await this.#load()).handlePairMessage(member, message);
    }
    if (message.signal === undefined) return;
    this.#options.deliver({ type: "signal", from, signal: message.signal });
  }

  /** Seals and sends one thing after the other. */
  #queue(work: () => unknown): Promise<unknown> {
    return this.#outgoing = this.#outgoing.then(work).catch(() => {});
  }

  /** Seals and sends in the order of the calls. */
  #sendTo(to: PeerId, message: PairMessage, { former = false } = {}): void {
    void this.#queue(async () => {
      const body = await this.#members.get(to)?.seal(message, { former });
      if (body === undefined || this.#closed) return;
      this.#options.transmit({ type: "signal", to, signal: { kind: "sealed", body } });
    });
  }

  /** Seals and sends the own name and state; without a session, the next welcome does. */
  #show(part: Partial<Presence> = {}): boolean {
    this.#card.presence = { ...this.#card.presence, ...part };
    void this.#queue(async () => {
      await this.#draw();
      const card = this.#card.sealed;
      if (this.#closed || card === this.#sentCard) return;
      if (this.#options.transmit({ type: "card", card })) this.#sentCard = card;
    });
    return this.#options.hasSession();
  }

  async #draw(): Promise<void> {
    await this.#card.draw(this.#era.seal);
    this.#deliverHands();
  }

  #withExtras(use: (extras: SealedExtras) => unknown): void {
    // Signals do not wait for the code.
    void this.#load().then((extras) => this.#queue(async () => await use(extras)));
  }

  #load(): Promise<SealedExtras> {
    return this.#extras ??= lateImport(() => import("./sealed_extras.ts"))
      .then(({ SealedExtras }) => new SealedExtras(this.#inside()));
  }

  #inside(): SealedInside {
    return {
      ...this.#options,
      own: () => this.#hello,
      keys: () => this.#era.keys,
      keysOf: (epoch) => this.#keys.get(epoch),
      seal: () => this.#era.seal,
      name: () => this.#card.presence.name,
      member: (peerId) => this.#members.get(peerId),
      members: () => this.#members.values(),
      nameOf: (peerId) =>
        peerId === this.#hello.id
          ? this.#card.presence.name
          : this.#members.get(peerId)?.card?.name ?? "?",
      sendTo: (to, message, how) => this.#sendTo(to, message, how),
      queue: (work) => this.#queue(work),
      adopt: (keys, by) => this.#adopt(keys, by),
    };
  }

  /** The server has another member, or had one, with this page's id. */
  async #startOver(): Promise<void> {
    const { randomId, trust, own: { fingerprint } } = this.#options;
    for (const peerId of [...this.#members.keys()]) {
      // Ends the link to it, which the other end has with the former id.
      trust.set(peerId, { kind: "checking" });
      this.forget(peerId);
    }
    const hello = await makeHello({ id: newPeerId(randomId), fingerprint });
    await this.#queue(async () => {
      this.#era = await eraOf(this.#era.keys, hello);
      this.#hello = hello;
      await this.#draw();
    });
    void this.#extras?.then((extras) => extras.startOver());
  }

  async #adopt(keys: RoomKeys, by: PeerId): Promise<void> {
    const { trust, transmit } = this.#options;
    // What was sealed before goes out before the new hello, and nothing of it after.
    await this.#queue(async () => {
      const era = await eraOf(keys, this.#hello);
      await this.#card.draw(era.seal);
      this.#era = era;
      this.#keys.set(keys.epoch, keys);
      for (const member of this.#members.values()) member.handleNewSecret();
      trust.setSecret(keys.secret, by);
      const card = this.#card.sealed;
      if (transmit({ type: "hello", hello: era.hello, card })) this.#sentCard = card;
    });
    for (const member of this.#members.values()) {
      if (await member.meetAgain()) this.#sendTo(member.peerId, {});
      this.#deliverCard({ peerId: member.peerId, revision: 0 });
    }
  }

  /** Raised hands are inside the cards, so each page puts them in order itself. */
  #deliverHands(): void {
    const own = { peerId: this.#hello.id, raised: this.#card.raised };
    const hands = handsOf(this.#members, own);
    if (hands.join() === this.#hands.join()) return;
    this.#hands = hands;
    this.#options.deliver({ type: "hands", peerIds: hands });
  }
}
