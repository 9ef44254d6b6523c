/**
 * A file that comes in blocks, from its owner and from others who take it. Invariants:
 * 1 Nothing is fetched before accept().
 * 2 What is on the disk stays there while the page is loaded again; only the rest is fetched. An
 *   offer without an answer is there too.
 * 3 It is done only when every block is checked and written. If it ends otherwise, nothing is kept.
 * 4 It goes on without its owner as long as others have what is missing.
 */
import type { PeerId } from "../../../protocol/mod.ts";
import { BlockFetch } from "../blocks/block_fetch.ts";
import { BlockMap } from "../blocks/block_map.ts";
import { type Layout, spanOf } from "../blocks/layout.ts";
import { Manifest } from "../blocks/manifest.ts";
import type { Supplier } from "../blocks/supply_line.ts";
import { fileLimits } from "../file_message.ts";
import { safeFileName } from "../file_name.ts";
import { type FilePlace, SinkError, sinkFailure, type StoredFile } from "../sink.ts";
import { type FileFailure, isOver, type Transfer, type TransferState } from "../transfer.ts";
import { BlockStore, type ShareAbout, type ShareFolder } from "./share_disk.ts";
import type { ShareEnd, ShareOffer, TakerMessage } from "./share_message.ts";
import { type SharePorts, wireReason } from "./share_ports.ts";
import { standingOf } from "./standing.ts";
import { aboutOf, type TakenNow, type TakenOffer, transferOf } from "./taken_record.ts";

interface TakenShareOptions extends TakenOffer {
  readonly ports: SharePorts;
  readonly layout: Layout;
  /** A block is on the disk. */
  readonly kept: (block: number) => void;
  /** Where a file goes that an earlier page has accepted. */
  readonly usualPlace: FilePlace;
}

/** The owner learns of progress at most so often, ms. */
const reportMs = 300;

/** A file that is offered, and what is here of it. */
export class TakenShare implements Supplier {
  readonly file: string;
  readonly layout: Layout;
  readonly has: BlockMap;
  readonly seeder = undefined;
  readonly #options: TakenShareOptions;
  #id: string;
  /** The owner's present page; undefined: it is away. */
  #owner: PeerId | undefined;
  #peers: readonly PeerId[] = [];
  #root: string | undefined;
  #manifest: Manifest | undefined;
  #state: TransferState = { kind: "offered" };
  #bytes = 0;
  #place: FilePlace | undefined;
  #store: BlockStore | undefined;
  /** Where the offer is kept until it is accepted. */
  #kept: Promise<ShareFolder | undefined> | undefined;
  /** Whether its card is shown; an offer of an earlier page waits for its owner. */
  #isShown = true;
  /** Whether what an earlier page has written is still being checked. */
  #isRestoring = false;
  #fetch: BlockFetch | undefined;
  #stored: StoredFile | undefined;
  #writes: Promise<unknown> = Promise.resolve();
  #cancelReport: (() => void) | undefined;
  #cancelAlone: (() => void) | undefined;

  constructor(options: TakenShareOptions) {
    this.#options = options;
    const { offer, layout } = options;
    this.file = offer.file;
    this.layout = layout;
    this.#id = offer.id;
    this.#root = offer.root || undefined;
    this.#owner = options.from;
    this.has = new BlockMap(layout.count);
    if (layout.count === 0) this.#manifest = new Manifest(new Uint8Array(0));
  }

  get id(): string {
    return this.#id;
  }

  get state(): TransferState {
    return this.#state;
  }

  get owner(): PeerId | undefined {
    return this.#owner;
  }

  get manifest(): Manifest | undefined {
    return this.#manifest;
  }

  /** The transfer as it is now. */
  get snapshot(): Transfer {
    return transferOf(this.#options, this.#now);
  }

  /** Keeps the offer for a page that is loaded again before its person answers. */
  keep(): void {
    this.#kept = this.#options.ports.disk.make(this.#about()).catch(() => undefined);
  }

  /** Takes up an offer that an earlier page has kept; the owner is not known yet. */
  restoreOffer(folder: ShareFolder): void {
    this.#kept = Promise.resolve(folder);
    this.#owner = undefined;
    this.#isShown = false;
    this.#watchAlone();
  }

  /** Goes on with what an earlier page has written; the owner is not known yet. */
  async restore(store: BlockStore): Promise<void> {
    this.#isRestoring = true;
    this.#store = store;
    this.#owner = undefined;
    this.#place = this.#options.usualPlace;
    this.#become({ kind: "paused", bytes: 0 });
    const { manifest, has } = await store.restore();
    this.#isRestoring = false;
    if (isOver(this.#state)) return;
    this.#manifest ??= manifest;
    for (let block = 0; block < has.count; block++) if (has.has(block)) this.#count(block);
    this.#become({ kind: "paused", bytes: this.#bytes });
    this.#watchAlone();
    this.#start();
  }

  /** The owner has made the offer, perhaps again and from another page. */
  attach(owner: PeerId, { id, root }: ShareOffer): void {
    this.#owner = owner;
    this.#id = id;
    this.#root ??= root || undefined;
    if (this.#state.kind === "offered") this.#stopWatching();
    if (!this.#isShown) {
      this.#isShown = true;
      this.#become(this.#state);
    }
    this.#say(standingOf(id, this.#state));
    if (this.#bytes > 0) this.#say({ type: "got", id, bytes: this.#bytes });
    this.#start();
  }

  /** Call it in a click: the browser may ask where the file goes. */
  async accept(): Promise<void> {
    if (this.#state.kind !== "offered") return;
    const { ports, offer: { name, size } } = this.#options;
    this.#become({ kind: "opening" });
    try {
      const place = await ports.place({ name: safeFileName(name), size });
      if (this.#isEnded()) return void await place?.discard();
      if (place === undefined) return this.#become({ kind: "offered" });
      this.#place = place;
      this.#become({ kind: "moving", bytes: 0 });
      this.#say({ type: "accept", id: this.#id });
      this.#stopWatching();
      this.#watchAlone();
      const folder = await this.#kept ?? await ports.disk.make(this.#about());
      if (folder === undefined) throw new SinkError("no-storage");
      if (this.#isEnded()) return void await folder.remove();
      const store = this.#store = new BlockStore(folder, this.layout);
      void this.#describe(store);
      this.#start();
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
  }

  decline(): void {
    if (this.#state.kind !== "offered") return;
    this.#say({ type: "decline", id: this.#id });
    this.#end({ kind: "declined" });
  }

  cancel(): void {
    if (isOver(this.#state)) return;
    this.#say({ type: "cancel", id: this.#id });
    this.#end({ kind: "cancelled", by: "self" });
  }

  /** The owner has ended it. */
  handleEnd(message: ShareEnd): void {
    if (isOver(this.#state)) return;
    this.#end(
      message.type === "cancel"
        ? { kind: "cancelled", by: "peer" }
        : { kind: "failed", reason: message.reason, by: "peer" },
    );
  }

  /** Who else takes the file. */
  setPeers(peers: readonly PeerId[]): void {
    this.#peers = peers;
    this.#fetch?.setHolders(this.#peers, this.#owner);
  }

  /** The link to a peer is connected. */
  linked(peerId: PeerId): void {
    this.#fetch?.linked(peerId);
  }

  handlePeerLeft(peerId: PeerId): void {
    this.#peers = this.#peers.filter((other) => other !== peerId);
    if (peerId === this.#owner) {
      this.#owner = undefined;
      if (this.#state.kind === "offered") this.#watchAlone();
    }
    this.#fetch?.setHolders(this.#peers, this.#owner);
    this.#follow();
  }

  async read(block: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#stored === undefined) {
      if (this.#store === undefined) throw new Error("there is no file");
      return await this.#store.read(block);
    }
    const { at, length } = spanOf(this.layout, block);
    const part = this.#stored.file.slice(at, at + length);
    return new Uint8Array(await part.arrayBuffer());
  }

  unreadable(): void {}

  /** The visit has ended; what is on the disk stays there unless `remove`. */
  close({ remove }: { remove: boolean }): void {
    if (remove) return this.#end({ kind: "failed", reason: "left", by: "peer" });
    this.#stop();
  }

  /** Ends without the other side. */
  abandon(reason: FileFailure): void {
    this.#end({ kind: "failed", reason, by: "peer" });
  }

  /** Begins to fetch once there are a place on the disk and the root. */
  #start(): void {
    const store = this.#store;
    if (this.#fetch !== undefined) return this.#fetch.setHolders(this.#peers, this.#owner);
    if (store === undefined || this.#isRestoring) return;
    if (this.#root === undefined || isOver(this.#state)) return;
    const { ports } = this.#options;
    const root = this.#root;
    if (store.folder.about.root !== root) void this.#describe(store);
    this.#fetch = new BlockFetch({
      file: this.file,
      layout: this.layout,
      root,
      manifest: this.#manifest,
      have: this.has,
      clock: ports.clock,
      random: ports.random,
      open: ports.open,
      keepManifest: async (manifest) => {
        await store.writeManifest(manifest);
        this.#manifest = manifest;
      },
      keep: (block, bytes) => this.#write(store.write(block, bytes)),
      kept: (block) => this.#handleKept(block),
      changed: () => this.#follow(),
      done: () => void this.#finish(),
      failed: (reason) => this.#fail(reason),
    });
    this.#watchAlone();
    this.#fetch.setHolders(this.#peers, this.#owner);
  }

  #write(write: Promise<void>): Promise<void> {
    this.#writes = Promise.allSettled([this.#writes, write]);
    return write;
  }

  #describe(store: BlockStore): Promise<void> {
    return this.#write(store.folder.describe(this.#about()).catch(() => {}));
  }

  #handleKept(block: number): void {
    this.#bytes += spanOf(this.layout, block).length;
    this.#options.kept(block);
    // What has come before the last holder left may be written after it.
    const kind = this.#fetch?.lines === 0 ? "paused" : "moving";
    this.#become({ kind, bytes: this.#bytes });
    this.#cancelReport ??= this.#options.ports.clock.after(reportMs, () => {
      this.#cancelReport = undefined;
      this.#say({ type: "got", id: this.#id, bytes: this.#bytes });
    });
  }

  #count(block: number): void {
    if (this.has.add(block)) this.#bytes += spanOf(this.layout, block).length;
  }

  /** Moving or paused, as there are holders; and how long there have been none. */
  #follow(): void {
    const { kind } = this.#state;
    if (kind !== "moving" && kind !== "paused") return;
    const lines = this.#fetch?.lines ?? 0;
    if (lines > 0) this.#stopWatching();
    else this.#watchAlone();
    const now = lines > 0 ? "moving" : "paused";
    if (kind !== now && this.#fetch !== undefined) this.#become({ kind: now, bytes: this.#bytes });
  }

  #watchAlone(): void {
    const { clock, isLinked } = this.#options.ports;
    const ms = this.#state.kind === "offered" ? fileLimits.returnMs : fileLimits.reconnectMs;
    this.#cancelAlone ??= clock.after(ms, () => {
      this.#cancelAlone = undefined;
      // The owner is still making the hashes of a large file.
      const isPreparing = this.#root === undefined && this.#owner && isLinked(this.#owner);
      if (isPreparing) return this.#watchAlone();
      this.#fail(this.#owner === undefined ? "left" : "lost");
    });
  }

  #stopWatching(): void {
    this.#cancelAlone?.();
    this.#cancelAlone = undefined;
  }

  async #finish(): Promise<void> {
    if (isOver(this.#state) || this.#store === undefined || this.#place === undefined) return;
    this.#stop();
    this.#become({ kind: "checking" });
    this.#say({ type: "got", id: this.#id, bytes: this.#bytes });
    try {
      const stored = await this.#place.put(await this.#store.whole());
      // It was cancelled meanwhile.
      if (this.#isEnded()) return void await this.#place.discard();
      this.#stored = stored;
      // What the person has chosen needs no second copy.
      if (stored.place === "chosen") await this.#remove();
      else this.#describeEnd(this.#store);
      this.#become({ kind: "done", stored });
      this.#say({ type: "stored", id: this.#id });
    } catch (error) {
      this.#fail(sinkFailure(error));
    }
  }

  /** The next page removes it. */
  #describeEnd(store: BlockStore): void {
    void this.#write(store.folder.describe({ ...this.#about(), ended: true }).catch(() => {}));
  }

  #fail(reason: FileFailure): void {
    if (isOver(this.#state)) return;
    this.#say({ type: "failed", id: this.#id, reason: wireReason(reason) });
    this.#end({
      kind: "failed",
      reason,
      by: reason === "left" || reason === "lost" ? "peer" : "self",
    });
  }

  #end(state: TransferState): void {
    if (isOver(this.#state)) return;
    this.#stop();
    this.#become(state);
    void this.#remove();
    void this.#place?.discard().catch(() => {});
  }

  #stop(): void {
    this.#fetch?.close();
    this.#cancelReport?.();
    this.#cancelReport = undefined;
    this.#stopWatching();
  }

  /** A write that is under way ends first. If removing fails, the next page does it. */
  async #remove(): Promise<void> {
    const folder = this.#store?.folder ?? await this.#kept;
    await this.#writes;
    await folder?.remove().catch(() => {});
  }

  #about(): ShareAbout {
    return aboutOf(this.#options, this.#now, this.#options.ports);
  }

  get #now(): TakenNow {
    return { id: this.#id, root: this.#root, state: this.#state };
  }

  #say(message: TakerMessage | ShareEnd): void {
    if (this.#owner !== undefined) this.#options.ports.tell(this.#owner, message);
  }

  /** A function, so that the compiler does not narrow the state across an await. */
  #isEnded(): boolean {
    return isOver(this.#state);
  }

  #become(state: TransferState): void {
    this.#state = state;
    if (this.#isShown) this.#options.ports.changed(this.snapshot);
  }
}
