/**
 * A file of this person that others take in blocks. Invariants:
 * 1 Only a peer with an offer that has not ended gets bytes. It fetches them once its person
 *   accepts; the message that says so may come after its channel.
 * 2 The page keeps a copy of the file if there is space, so that a page that is loaded again goes
 *   on; otherwise `copy` says that there is none.
 * 3 People who come later get an offer only while the person allows it.
 */
import type { PeerId } from "../../../protocol/mod.ts";
import { BlockMap } from "../blocks/block_map.ts";
import { type Layout, spanOf } from "../blocks/layout.ts";
import { hashOf, Manifest } from "../blocks/manifest.ts";
import { Seeder } from "../blocks/seeder.ts";
import type { Supplier, SupplyLine } from "../blocks/supply_line.ts";
import { safeFileName } from "../file_name.ts";
import { fileLimits } from "../file_message.ts";
import type { Source } from "../source.ts";
import { isOver, type Transfer } from "../transfer.ts";
import { OwnOffer } from "./own_offer.ts";
import { BlockStore, type KeptOffer, type ShareAbout } from "./share_disk.ts";
import type { ShareOffer } from "./share_message.ts";
import type { SharePorts } from "./share_ports.ts";

/** Whether the page keeps a copy of an own file. */
export type OwnCopy = "making" | "kept" | "none";

interface OwnShareOptions {
  readonly ports: SharePorts;
  readonly file: string;
  readonly source: Source;
  readonly layout: Layout;
  /** An earlier page has made it. */
  readonly restored?: { readonly store: BlockStore; readonly manifest: Manifest } | undefined;
  readonly later: boolean;
  /** `later` or `copy` has changed. */
  readonly changed: () => void;
  /** A peer takes files only as older pages do. */
  readonly plain: (offer: OwnOffer, source: Source) => void;
  /** The lines of a peer, or of everybody, are to be closed. */
  readonly cut: (peerId?: PeerId) => void;
}

/** An own file. */
export class OwnShare implements Supplier {
  readonly file: string;
  readonly layout: Layout;
  readonly has: BlockMap;
  readonly seeder: Seeder<SupplyLine>;
  readonly #options: OwnShareOptions;
  readonly #offers = new Map<string, OwnOffer>();
  #manifest: Manifest | undefined;
  #root: string | undefined;
  #store: BlockStore | undefined;
  #copy: OwnCopy = "making";
  #later: boolean;
  #isOver = false;
  #written: Promise<void> = Promise.resolve();
  #described = "";

  constructor(options: OwnShareOptions) {
    this.#options = options;
    const { file, layout, later, restored } = options;
    this.file = file;
    this.layout = layout;
    this.#later = later;
    this.has = BlockMap.full(layout.count);
    this.seeder = new Seeder(layout.count);
    if (restored === undefined) return;
    this.#store = restored.store;
    this.#copy = "kept";
    this.#manifest = restored.manifest;
    this.#root = restored.store.folder.about.root;
  }

  get manifest(): Manifest | undefined {
    return this.#manifest;
  }

  get copy(): OwnCopy {
    return this.#copy;
  }

  get later(): boolean {
    return this.#later;
  }

  /** Whether anything may still be fetched. */
  get isOver(): boolean {
    return this.#isOver;
  }

  get offers(): readonly OwnOffer[] {
    return [...this.#offers.values()];
  }

  /** Makes the hashes, and the copy if there is space for it. */
  async prepare(): Promise<void> {
    const hashes: string[] = [];
    try {
      await this.#copyBlocks(async (bytes) => void hashes.push(await hashOf(bytes)));
    } catch {
      return this.unreadable();
    }
    if (this.#isOver) return;
    const manifest = this.#manifest = Manifest.of(hashes);
    this.#root = await hashOf(manifest.bytes);
    await this.#finishCopy(manifest);
    for (const offer of this.#offers.values()) offer.renew();
    this.#options.changed();
  }

  /** Offers the file to a peer. */
  offer(peerId: PeerId, kept?: KeptOffer): OwnOffer {
    const { ports, plain, source, cut } = this.#options;
    const offer: OwnOffer = new OwnOffer({
      ports,
      id: kept?.id ?? ports.randomId(),
      peerId,
      person: kept?.person ?? ports.nameOf(peerId),
      kept,
      message: () => this.#message(offer.id),
      changed: () => {
        this.#publish(offer);
        if (isOver(offer.state)) cut(offer.peerId);
        this.#describe();
        this.#introduce();
        this.#tidy();
      },
      plain: () => {
        this.#offers.delete(offer.id);
        offer.stop();
        plain(offer, source);
      },
    });
    this.#offers.set(offer.id, offer);
    this.#publish(offer);
    if (ports.isLinked(peerId)) offer.linked();
    return offer;
  }

  /** Whether a peer may fetch blocks. */
  serves(peerId: PeerId): boolean {
    return this.offers.some((offer) => offer.peerId === peerId && offer.isOpen);
  }

  /** Whether people who come later get an offer. */
  setLater(later: boolean): void {
    this.#later = later;
    this.#describe();
    this.#tidy();
    this.#options.changed();
    if (later && this.#copy === "none") void this.#copyAgain();
  }

  async read(block: number): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return await this.#readSource(block);
    } catch (error) {
      if (this.#copy !== "kept" || this.#store === undefined) throw error;
      return await this.#store.read(block);
    }
  }

  unreadable(): void {
    for (const offer of this.#offers.values()) offer.fail("unreadable");
    this.end();
  }

  /** Stops everything; `remove`: nothing of it is kept. */
  end({ remove = true } = {}): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#later = false;
    for (const offer of this.#offers.values()) offer.stop();
    this.#options.cut();
    if (remove) this.#dropStore();
    this.#options.changed();
  }

  async #readSource(block: number): Promise<Uint8Array<ArrayBuffer>> {
    const { at, length } = spanOf(this.layout, block);
    const bytes = await this.#options.source.read(at, at + length);
    if (bytes.length !== length) throw new Error("the file has changed");
    return bytes;
  }

  #message(id: string): ShareOffer {
    const { source: { name, size } } = this.#options;
    return {
      type: "offer",
      id,
      file: this.file,
      name: name.toWellFormed().slice(-fileLimits.rawName).toWellFormed(),
      size,
      block: this.layout.blockBytes,
      root: this.#root ?? "",
    };
  }

  #publish({ id, peerId, person, state }: OwnOffer): void {
    const { source: { name, size }, ports } = this.#options;
    const transfer: Transfer = {
      id,
      batch: this.file,
      direction: "out",
      peerId,
      person,
      name: safeFileName(name),
      size,
      state,
    };
    ports.changed(transfer);
  }

  /** Tells the receivers of each other. */
  #introduce(): void {
    const takers = this.offers.filter(({ isHere, isAccepted, isDone }) =>
      isHere && (isAccepted || isDone)
    );
    const peers = takers.map(({ peerId }) => peerId);
    for (const offer of takers) {
      if (!offer.isAccepted) continue;
      const others = peers.filter((peerId) => peerId !== offer.peerId);
      offer.introduce(others);
    }
  }

  #about(): ShareAbout {
    const { ports, source: { name, size } } = this.#options;
    return {
      file: this.file,
      own: true,
      room: ports.room,
      name: safeFileName(name),
      size,
      block: this.layout.blockBytes,
      root: this.#root ?? "",
      since: ports.clock.date(),
      from: "",
      later: this.#later,
      ended: this.#isOver,
      offers: this.offers.flatMap(({ id, person, state, isDone }) => {
        if (state.kind === "offered") return [{ id, person, done: false, open: true }];
        return isDone || !isOver(state) && state.kind !== "waiting"
          ? [{ id, person, done: isDone }]
          : [];
      }),
    };
  }

  async #hasSpace(): Promise<boolean> {
    const { ports: { freeBytes }, source } = this.#options;
    const free = await freeBytes();
    return free === undefined || free > source.size * spare;
  }

  /** The copy was removed when everybody had the file, and now others may come. */
  async #copyAgain(): Promise<void> {
    const manifest = this.#manifest;
    if (manifest === undefined) return;
    this.#copy = "making";
    try {
      await this.#copyBlocks();
    } catch {
      // The file has changed since.
      this.#dropStore();
    }
    await this.#finishCopy(manifest);
    this.#options.changed();
  }

  /** Reads the file once, and copies it if there is space. Rejects if the file is unreadable. */
  async #copyBlocks(visit?: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>): Promise<void> {
    if (await this.#hasSpace()) this.#store = await this.#makeStore();
    for (let block = 0; block < this.layout.count && !this.#isOver; block++) {
      const bytes = await this.#readSource(block);
      await visit?.(bytes);
      await this.#store?.write(block, bytes).catch(() => this.#dropStore());
    }
  }

  async #finishCopy(manifest: Manifest): Promise<void> {
    await this.#store?.writeManifest(manifest).catch(() => this.#dropStore());
    this.#copy = this.#store === undefined ? "none" : "kept";
    this.#described = "";
    this.#describe();
    this.#tidy();
  }

  async #makeStore(): Promise<BlockStore | undefined> {
    const folder = await this.#options.ports.disk.make(this.#about());
    return folder && new BlockStore(folder, this.layout);
  }

  /** A copy that no page would need is removed. */
  #tidy(): void {
    const isNeeded = this.#later || this.offers.some(({ state }) => !isOver(state));
    if (!isNeeded && this.#copy === "kept") this.#dropStore();
  }

  /** Writes what the next page needs to know. */
  #describe(): void {
    const store = this.#store;
    if (store === undefined || this.#root === undefined) return;
    const about = this.#about();
    const { since: _, ...rest } = about;
    const text = JSON.stringify(rest);
    if (text === this.#described) return;
    this.#described = text;
    this.#written = this.#written.then(() => store.folder.describe(about)).catch(() => {});
  }

  #dropStore(): void {
    const store = this.#store;
    this.#store = undefined;
    this.#copy = "none";
    // If removing fails, the next page does it.
    if (store !== undefined) void this.#written.then(() => store.folder.remove()).catch(() => {});
  }
}

/** Free bytes for each byte of a copy. */
const spare = 1.1;
