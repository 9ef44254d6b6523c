/**
 * Brings one file, block by block, from everybody who has some of it. Invariants:
 * 1 A block is checked against the manifest before it is kept, and the manifest against the root.
 * 2 Who sends a wrong block, or breaks the rules, is not asked again. If that is the owner, the
 *   file is damaged.
 * 3 Memory holds a bounded number of blocks.
 */
import type { PeerId } from "../../../protocol/mod.ts";
import type { Clock } from "../../clock.ts";
import type { FileChannel } from "../link_channel.ts";
import { type SinkFailure, sinkFailure } from "../sink.ts";
import type { BlockMap } from "./block_map.ts";
import type { Layout } from "./layout.ts";
import { FetchLine } from "./fetch_line.ts";
import { hashOf, Manifest } from "./manifest.ts";
import { Picker } from "./picker.ts";

/** What a fetch needs. */
export interface BlockFetchOptions {
  readonly file: string;
  readonly layout: Layout;
  /** The hash of the manifest. */
  readonly root: string;
  readonly manifest: Manifest | undefined;
  /** What is on the disk; the fetch adds to it. */
  readonly have: BlockMap;
  readonly clock: Clock;
  readonly random: () => number;
  /** Opens a channel to a peer; undefined if there is no link at present. */
  readonly open: (peerId: PeerId) => FileChannel | undefined;
  readonly keepManifest: (manifest: Manifest) => Promise<void>;
  readonly keep: (block: number, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** A block is on the disk. */
  readonly kept: (block: number) => void;
  /** The number of holders that can be asked may have changed. */
  readonly changed: () => void;
  readonly done: () => void;
  readonly failed: (reason: "damaged" | SinkFailure) => void;
}

/** Bytes that may be under way from one holder, and from all. */
const eachBytes = 2 * 1024 * 1024;
const allBytes = 16 * 1024 * 1024;
const pumpMs = 250;
/** A lost line is opened again after, ms; twice as long each time. */
const againMs = 500;
const doublings = 4;

/** One file that comes in. */
export class BlockFetch {
  readonly #options: BlockFetchOptions;
  readonly #picker: Picker<PeerId>;
  readonly #lines = new Map<PeerId, FetchLine>();
  readonly #again = new Map<PeerId, { readonly at: number; readonly losses: number }>();
  #holders: readonly PeerId[] = [];
  #owner: PeerId | undefined;
  #manifest: Manifest | undefined;
  /** Who was asked for the manifest. */
  #manifestOf: PeerId | undefined;
  #isOver = false;
  #cancelPump = () => {};

  constructor(options: BlockFetchOptions) {
    this.#options = options;
    this.#manifest = options.manifest;
    const { clock, have, layout: { blockBytes }, random } = options;
    const blocks = (bytes: number) => Math.max(2, Math.floor(bytes / blockBytes));
    this.#picker = new Picker(
      { have, each: blocks(eachBytes), all: blocks(allBytes), random },
      clock.now(),
    );
  }

  /** How many holders can be asked. */
  get lines(): number {
    return [...this.#lines.values()].filter(({ isOpen }) => isOpen).length;
  }

  /** Asks these peers from now on, and no others. */
  setHolders(holders: readonly PeerId[], owner: PeerId | undefined): void {
    if (this.#isOver) return;
    this.#holders = owner === undefined || holders.includes(owner) ? holders : [owner, ...holders];
    this.#owner = owner;
    for (const [peerId, line] of this.#lines) {
      if (this.#holders.includes(peerId)) continue;
      line.close();
      this.#drop(peerId);
    }
    this.#pump();
  }

  /** The link to a peer is there again. */
  linked(peerId: PeerId): void {
    this.#again.delete(peerId);
    this.#pump();
  }

  /** Ends it; nothing is called after that. */
  close(): void {
    this.#isOver = true;
    this.#cancelPump();
    for (const line of this.#lines.values()) line.close();
    this.#lines.clear();
  }

  #pump(): void {
    if (this.#isOver) return;
    this.#cancelPump();
    if (this.#options.have.isFull && this.#manifest !== undefined) return this.#finish();
    const { clock } = this.#options;
    for (const peerId of this.#holders) this.#connect(peerId);
    for (const [peerId, line] of this.#lines) if (line.isOpen) this.#askAll(peerId, line);
    this.#cancelPump = clock.after(pumpMs, () => this.#pump());
  }

  #finish(): void {
    this.close();
    this.#options.done();
  }

  #connect(peerId: PeerId): void {
    if (this.#lines.has(peerId) || this.#picker.isBanned(peerId)) return;
    const { clock, open, have, file, layout } = this.#options;
    if (clock.now() < (this.#again.get(peerId)?.at ?? -Infinity)) return;
    const channel = open(peerId);
    if (channel === undefined) return;
    const isOurs = () => this.#lines.get(peerId) === line;
    const line: FetchLine = new FetchLine(channel, {
      file,
      layout,
      clock,
      has: () => have.encode(),
      handler: {
        opened: (has) => {
          this.#picker.add(peerId, { has, isOwner: peerId === this.#owner });
          this.#options.changed();
          this.#pump();
        },
        gained: (block) => {
          this.#picker.gained(peerId, block);
          this.#pump();
        },
        chosen: (block) => this.#picker.chosen(peerId, block),
        none: () => void this.#picker.refused(peerId, clock.now()),
        gone: (block) => this.#handleGone(peerId, block),
        arrived: (block, bytes) => void this.#handleBlock(peerId, { block, bytes }),
        lost: () => isOurs() && this.#drop(peerId),
        broken: () => this.#ban(peerId),
      },
    });
    this.#lines.set(peerId, line);
  }

  #askAll(peerId: PeerId, line: FetchLine): void {
    const { clock, layout } = this.#options;
    if (this.#manifest === undefined) {
      if (this.#manifestOf !== undefined) return;
      this.#manifestOf = peerId;
      return line.ask(layout.count);
    }
    while (true) {
      const ask = this.#picker.next(peerId, clock.now());
      if (ask === undefined) return;
      line.ask(ask);
    }
  }

  #handleGone(peerId: PeerId, block: number): void {
    if (block !== this.#options.layout.count) this.#picker.lost(block);
    // Its disk fails. Whether it still has the others, a new channel tells.
    this.#lines.get(peerId)?.close();
    this.#drop(peerId);
  }

  async #handleBlock(
    peerId: PeerId,
    { block, bytes }: { block: number; bytes: Uint8Array<ArrayBuffer> },
  ): Promise<void> {
    const { layout, have, keep, kept, clock } = this.#options;
    if (block === layout.count) return await this.#handleManifest(peerId, bytes);
    this.#picker.arrived(peerId, block);
    const isRight = await this.#manifest?.isBlock(block, bytes);
    if (this.#isOver) return;
    if (isRight !== true) {
      this.#picker.lost(block);
      return this.#ban(peerId);
    }
    if (!have.has(block)) {
      try {
        await keep(block, bytes);
      } catch (error) {
        return this.#fail(sinkFailure(error));
      }
      if (this.#isOver) return;
      this.#picker.kept(block, clock.now());
      kept(block);
      if (this.#owner !== undefined) this.#lines.get(this.#owner)?.announce(block);
    } else this.#picker.lost(block);
    this.#pump();
  }

  async #handleManifest(peerId: PeerId, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#manifestOf = undefined;
    const hash = await hashOf(bytes);
    if (this.#isOver || this.#manifest !== undefined) return;
    if (hash !== this.#options.root) return this.#ban(peerId);
    const manifest = new Manifest(bytes);
    try {
      await this.#options.keepManifest(manifest);
    } catch (error) {
      return this.#fail(sinkFailure(error));
    }
    this.#manifest = manifest;
    this.#pump();
  }

  #ban(peerId: PeerId): void {
    if (this.#isOver) return;
    this.#picker.ban(peerId);
    this.#lines.get(peerId)?.close();
    this.#drop(peerId);
    if (peerId === this.#owner) this.#fail("damaged");
  }

  #drop(peerId: PeerId): void {
    if (this.#isOver) return;
    this.#lines.delete(peerId);
    this.#picker.remove(peerId);
    if (this.#manifestOf === peerId) this.#manifestOf = undefined;
    const losses = (this.#again.get(peerId)?.losses ?? 0) + 1;
    const wait = againMs * 2 ** Math.min(losses - 1, doublings);
    this.#again.set(peerId, { at: this.#options.clock.now() + wait, losses });
    this.#options.changed();
    // Others are asked for what it owes.
    queueMicrotask(() => this.#pump());
  }

  #fail(reason: "damaged" | SinkFailure): void {
    if (this.#isOver) return;
    this.close();
    this.#options.failed(reason);
  }
}
