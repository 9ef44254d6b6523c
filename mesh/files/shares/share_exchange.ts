/**
 * All files of one visit that are shared in blocks. Invariants:
 * 1 A message of a peer affects only offers that it has made or received, or whose id it knows.
 * 2 A channel for blocks names a file that this page has, or it is closed; an own file is given
 *   only to those whom it is offered to.
 * 3 After the visit no timer runs; what is unfinished stays on the disk for a page that is loaded
 *   again at once, and is removed if this page lives on.
 */
import type { PeerId } from "../../../protocol/mod.ts";
import { parseFetchMessage } from "../blocks/block_message.ts";
import { type Layout, layoutFor, sharedBytes } from "../blocks/layout.ts";
import { type Supplier, SupplyLine } from "../blocks/supply_line.ts";
import type { PlainOffer } from "../file_exchange.ts";
import { fileLimits } from "../file_message.ts";
import type { FileChannel } from "../link_channel.ts";
import type { FilePlace } from "../sink.ts";
import type { Source } from "../source.ts";
import { isOver, type Transfer } from "../transfer.ts";
import { OwnShare } from "./own_share.ts";
import { restoreShares } from "./restore.ts";
import { parseShareMessage, type ShareMessage, type ShareOffer } from "./share_message.ts";
import { proofOf, type SharePorts, tagOf } from "./share_ports.ts";
import { TakenShare } from "./taken_share.ts";

/** What the exchange needs besides its ports. */
export interface ShareExchangeOptions {
  readonly ports: SharePorts;
  /** Whether the owners of the room allow a peer to send files. */
  readonly allows: (peerId: PeerId) => boolean;
  /** Where a file goes that an earlier page has accepted. */
  readonly usualPlace: (wanted: { name: string; size: number }) => FilePlace;
  /** Sends a file as older pages do. `id`, `batch`: of the offer it replaces. */
  readonly plain: (offer: PlainOffer) => void;
  /** The switch or the copy of an own file has changed. */
  readonly shareChanged: (share: OwnShare) => void;
}

/** A page that was reloaded looks for the other side so often, ms. */
const seekMs = 2_000;
/** A newcomer has so much time to show that it has been here before, ms. */
const newcomerMs = 3_000;
/** A page that lives on after the visit removes what is unfinished after, ms. */
const removeMs = 5_000;

/** Shares the files of one visit. */
export class ShareExchange {
  readonly #options: ShareExchangeOptions;
  readonly #own = new Map<string, OwnShare>();
  readonly #taken = new Map<string, TakenShare>();
  readonly #lines = new Map<SupplyLine, { readonly peerId: PeerId; readonly file: string }>();
  readonly #unidentified = new Map<PeerId, number>();
  /** The nonces of this page, by the tag it seeks. */
  readonly #sought = new Map<string, string>();
  readonly #newcomers = new Map<PeerId, () => void>();
  #cancelSeek: (() => void) | undefined;
  #isOver = false;

  constructor(options: ShareExchangeOptions) {
    this.#options = options;
  }

  /** Whether a file can be offered in blocks. */
  takes({ size }: Source): boolean {
    return size <= sharedBytes;
  }

  /** Offers a file to peers, and later to others while the person allows it. */
  offer(source: Source, to: readonly PeerId[]): string {
    const { ports } = this.#options;
    const share = this.#add({ file: ports.randomId(), source, layout: layoutFor(source.size) });
    for (const peerId of to) share.offer(peerId);
    void share.prepare();
    return share.file;
  }

  /** Goes on with what earlier pages have left; resolves with the number of files. */
  async restore(): Promise<number> {
    const { ports } = this.#options;
    const { own, taken } = await restoreShares(ports);
    if (this.#isOver) return 0;
    for (const { about, store, source, manifest } of own) {
      const { file, later, offers } = about;
      const share = this.#add({
        file,
        source,
        layout: store.layout,
        later,
        restored: { store, manifest },
      });
      for (const kept of offers) share.offer("", kept);
      this.#options.shareChanged(share);
    }
    for (const { offer, store, about } of taken) {
      const share = this.#take(offer, {
        from: about.from,
        person: about.offers[0]?.person ?? "",
        layout: store.layout,
      });
      if (about.offers[0]?.open) share.restoreOffer(store.folder);
      else void share.restore(store).then(() => this.#seek());
    }
    this.#seek();
    for (const peerId of ports.peers()) this.handlePeerJoined(peerId);
    return own.length + taken.length;
  }

  /** Whether people who come later get an offer of an own file. */
  setLater(file: string, later: boolean): void {
    this.#own.get(file)?.setLater(later);
  }

  /** Accepts an offered file, in a click; false: it is not one of these. */
  accept({ batch, direction }: Transfer): void {
    if (direction === "in") void this.#taken.get(batch)?.accept();
  }

  decline({ batch, direction }: Transfer): void {
    if (direction === "in") this.#taken.get(batch)?.decline();
  }

  cancel({ id, batch, direction }: Transfer): void {
    if (direction === "in") this.#taken.get(batch)?.cancel();
    else this.#own.get(batch)?.offers.find((offer) => offer.id === id)?.cancel();
  }

  /** Handles a message of a peer. */
  receive(peerId: PeerId, body: unknown): void {
    const message = parseShareMessage(body);
    if (message !== undefined && !this.#isOver) this.#handle(peerId, message);
  }

  /** Handles a channel for blocks that a peer has opened. */
  receiveChannel(peerId: PeerId, channel: FileChannel): void {
    const count = this.#unidentified.get(peerId) ?? 0;
    if (this.#isOver || count >= fileLimits.unidentifiedMost) return channel.close();
    this.#unidentified.set(peerId, count + 1);
    const identified = () => {
      cancel();
      this.#unidentified.set(peerId, (this.#unidentified.get(peerId) ?? 1) - 1);
    };
    const cancel = this.#options.ports.clock.after(fileLimits.answerMs, () => {
      identified();
      channel.close();
    });
    channel.listen({
      opened: () => void channel.send(JSON.stringify({ type: "ready" })),
      drained() {},
      lost: identified,
      received: (frame) => {
        identified();
        this.#identify(peerId, { channel, frame });
      },
    });
  }

  /** The link to a peer is connected. */
  linked(peerId: PeerId): void {
    if (this.#isOver) return;
    for (const offer of this.#offersTo(peerId)) offer.linked();
    for (const share of this.#taken.values()) share.linked(peerId);
    this.#seek({ withDone: true });
  }

  /** A peer has joined; it may be somebody who was here before. */
  handlePeerJoined(peerId: PeerId): void {
    this.#newcomers.get(peerId)?.();
    this.#newcomers.set(
      peerId,
      this.#options.ports.clock.after(newcomerMs, () => {
        this.#newcomers.delete(peerId);
        this.#welcome(peerId);
      }),
    );
  }

  handlePeerLeft(peerId: PeerId): void {
    this.#newcomers.get(peerId)?.();
    this.#newcomers.delete(peerId);
    for (const offer of this.#offersTo(peerId)) offer.handlePeerLeft();
    for (const share of this.#taken.values()) share.handlePeerLeft(peerId);
    this.#cut((line) => line.peerId === peerId);
    this.#seek();
  }

  /** The visit has ended. */
  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#cancelSeek?.();
    for (const cancel of this.#newcomers.values()) cancel();
    this.#cut(() => true);
    const shares = [...this.#own.values(), ...this.#taken.values()];
    for (const share of this.#taken.values()) share.close({ remove: false });
    for (const share of this.#own.values()) for (const offer of share.offers) offer.stop();
    if (shares.length === 0) return;
    this.#options.ports.clock.after(removeMs, () => {
      for (const share of this.#own.values()) share.end();
      for (const share of this.#taken.values()) share.close({ remove: true });
    });
  }

  #handle(peerId: PeerId, message: ShareMessage): void {
    const { ports, allows } = this.#options;
    switch (message.type) {
      case "ask":
        return allows(peerId) ? void this.#handleAsk(peerId, message) : undefined;
      case "offer":
        return allows(peerId) ? this.#handleOffer(peerId, message) : undefined;
      case "peers": {
        const share = this.#takenBy(message.id);
        if (share?.owner === peerId) share.setPeers(message.peers);
        return;
      }
      case "seek": {
        const offer = this.#offers().find(({ id }) => tagOf(id) === message.tag);
        if (offer === undefined) return;
        const { tag, nonce } = message;
        const proof = proofOf(offer.id, { nonce, from: ports.selfId(), to: peerId });
        return void ports.tell(peerId, { type: "found", tag, proof });
      }
      case "found":
        return this.#handleFound(peerId, message);
      case "resume":
        // Only who has taken the offer knows its id.
        return this.#offers().find(({ id }) => id === message.id)?.resume(peerId);
      case "cancel":
      case "failed": {
        const share = this.#takenBy(message.id);
        if (share?.owner === peerId) return share.handleEnd(message);
        return this.#offers().find((each) => each.id === message.id && each.peerId === peerId)
          ?.handle(message);
      }
      default:
        return this.#offers().find((each) => each.id === message.id && each.peerId === peerId)
          ?.handle(message);
    }
  }

  async #handleAsk(peerId: PeerId, { id, size }: { id: string; size: number }): Promise<void> {
    const { ports } = this.#options;
    const isUsable = await ports.disk.isUsable();
    const free = await ports.freeBytes();
    const can = isUsable && (free === undefined || free > size * spare);
    ports.tell(peerId, { type: can ? "can" : "plain", id });
  }

  #handleOffer(peerId: PeerId, offer: ShareOffer): void {
    const { ports } = this.#options;
    const known = this.#taken.get(offer.file);
    if (known !== undefined) {
      // Who knows the file may be somebody else who was offered it; its owner knows the offer.
      const isOwner = known.owner === undefined ? known.id === offer.id : known.owner === peerId;
      if (isOwner) return known.attach(peerId, offer);
      const type = known.state.kind === "done" ? "stored" : "decline";
      return void ports.tell(peerId, { type, id: offer.id });
    }
    const open = [...this.#taken.values()].filter(({ owner, state }) =>
      owner === peerId && state.kind === "offered"
    );
    if (open.length >= fileLimits.offersMost) {
      return void ports.tell(peerId, { type: "failed", id: offer.id, reason: "busy" });
    }
    const { size, block: blockBytes } = offer;
    const layout = { size, blockBytes, count: Math.ceil(size / blockBytes) };
    const share = this.#take(offer, { from: peerId, person: ports.nameOf(peerId), layout });
    ports.changed(share.snapshot);
    share.attach(peerId, offer);
    share.keep();
  }

  #handleFound(peerId: PeerId, { tag, proof }: { tag: string; proof: string }): void {
    const { ports } = this.#options;
    const nonce = this.#sought.get(tag);
    const share = [...this.#taken.values()].find(({ id }) => tagOf(id) === tag);
    if (nonce === undefined || share === undefined || share.owner !== undefined) return;
    const wanted = proofOf(share.id, { nonce, from: peerId, to: ports.selfId() });
    if (proof !== wanted) return;
    ports.tell(peerId, { type: "resume", id: share.id });
  }

  /**
   * Asks everybody for the owners of files that are to go on, and of those that are complete: so an
   * owner knows who has them.
   */
  #seek({ withDone = false } = {}): void {
    if (this.#isOver) return;
    this.#cancelSeek?.();
    this.#cancelSeek = undefined;
    const { ports } = this.#options;
    const alone = [...this.#taken.values()].filter(({ owner }) => owner === undefined);
    for (const { id, state } of alone) {
      if (isOver(state) && !(withDone && state.kind === "done")) continue;
      const tag = tagOf(id);
      const nonce = this.#sought.get(tag) ?? ports.randomId();
      this.#sought.set(tag, nonce);
      for (const peerId of ports.peers()) ports.tell(peerId, { type: "seek", tag, nonce });
    }
    if (!alone.some(({ state }) => !isOver(state))) return;
    this.#cancelSeek = ports.clock.after(seekMs, () => this.#seek());
  }

  #welcome(peerId: PeerId): void {
    for (const share of this.#own.values()) {
      const isKnown = share.offers.some((offer) => offer.peerId === peerId);
      if (share.later && !isKnown) share.offer(peerId);
    }
  }

  #identify(
    peerId: PeerId,
    { channel, frame }: { channel: FileChannel; frame: unknown },
  ): void {
    const message = parseFetchMessage(frame);
    const supplier = message?.type === "open" ? this.#supplierOf(message.file, peerId) : undefined;
    if (message?.type !== "open" || supplier === undefined) return channel.close();
    const { file, has } = message;
    const line: SupplyLine = new SupplyLine(channel, {
      supplier,
      has,
      ended: () => void this.#lines.delete(line),
    });
    this.#lines.set(line, { peerId, file });
  }

  #supplierOf(file: string, peerId: PeerId): Supplier | undefined {
    const own = this.#own.get(file);
    if (own !== undefined) return own.serves(peerId) ? own : undefined;
    const taken = this.#taken.get(file);
    return taken !== undefined && (!isOver(taken.state) || taken.state.kind === "done")
      ? taken
      : undefined;
  }

  #add({ file, source, layout, later = false, restored }: {
    file: string;
    source: Source;
    layout: Layout;
    later?: boolean;
    restored?: ConstructorParameters<typeof OwnShare>[0]["restored"];
  }): OwnShare {
    const { ports, plain, shareChanged } = this.#options;
    const share: OwnShare = new OwnShare({
      ports,
      file,
      source,
      layout,
      later,
      restored,
      changed: () => shareChanged(share),
      plain: ({ id, peerId }, source) => plain({ id, batch: file, peerId, source }),
      cut: (peerId) =>
        this.#cut((line) => line.file === file && (peerId === undefined || line.peerId === peerId)),
    });
    this.#own.set(file, share);
    return share;
  }

  #take(offer: ShareOffer, { from, person, layout }: {
    from: PeerId;
    person: string;
    layout: Layout;
  }): TakenShare {
    const { ports, usualPlace } = this.#options;
    const share = new TakenShare({
      ports,
      offer,
      layout,
      from,
      person,
      kept: (block) => {
        for (const [line, { file }] of this.#lines) if (file === offer.file) line.announce(block);
      },
      usualPlace: usualPlace(offer),
    });
    this.#taken.set(offer.file, share);
    return share;
  }

  #cut(isMeant: (line: { peerId: PeerId; file: string }) => boolean): void {
    for (const [line, about] of [...this.#lines]) if (isMeant(about)) line.close();
  }

  #offers() {
    return [...this.#own.values()].flatMap(({ offers }) => offers);
  }

  #offersTo(peerId: PeerId) {
    return this.#offers().filter((offer) => offer.peerId === peerId);
  }

  #takenBy(id: string): TakenShare | undefined {
    return [...this.#taken.values()].find((share) => share.id === id);
  }
}

/** Free bytes for each byte of a file: its blocks, and the file that the person saves. */
const spare = 2;
