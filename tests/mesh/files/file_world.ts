/**
 * Two people with file exchanges over fake channels, disks and clocks, which move only when the
 * test says so.
 */
import type { RawChannel } from "../../../mesh/link/raw_channel.ts";
import type { FileChannel, FileChannelListener } from "../../../mesh/files/link_channel.ts";
import { FileExchange, type FileRoom } from "../../../mesh/files/file_exchange.ts";
import {
  type FileStorage,
  type Sink,
  SinkError,
  type SinkFailure,
} from "../../../mesh/files/sink.ts";
import type { Source } from "../../../mesh/files/source.ts";
import type { Transfer, TransferState } from "../../../mesh/files/transfer.ts";
import { Emitter } from "../../../mesh/emitter.ts";
import type { LinkEvent, RoomEvent, RosterEvent } from "../../../mesh/events.ts";
import type { Peer } from "../../../protocol/mod.ts";
import { assert } from "../../assert.ts";
import { peer } from "../../app/call/fake_session.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { VirtualClock } from "../virtual_clock.ts";

type Frame = string | Uint8Array<ArrayBuffer>;

/** One end of a channel. `wire`: frames that it has sent and the other end has not received. */
export class PaperChannel implements FileChannel {
  readonly wire: Frame[] = [];
  messageBytes = 16 * 1024;
  bytesSent = 0;
  open = true;
  /** It opens with becomeOpen(). */
  opensLate = false;
  /** This end has closed it; the other end learns of it when the wire is empty. */
  closing = false;
  #listener: FileChannelListener | undefined;
  #held: unknown[] = [];

  get bufferedAmount(): number {
    return this.wire.reduce((sum, frame) => sum + frame.length, 0);
  }

  /** Stands for a data channel, which transfers never use directly; see paperWrap. */
  get asRaw(): RawChannel {
    return this as unknown as RawChannel;
  }

  send(frame: Frame): boolean {
    if (!this.open || this.closing) return false;
    if (typeof frame !== "string") this.bytesSent += frame.length;
    this.wire.push(typeof frame === "string" ? frame : frame.slice());
    return true;
  }

  listen(listener: FileChannelListener): void {
    this.#listener = listener;
    if (!this.open) return listener.lost();
    if (!this.opensLate) listener.opened();
    for (const frame of this.#held.splice(0)) listener.received(frame);
  }

  close(): void {
    this.closing = true;
  }

  becomeOpen(): void {
    this.opensLate = false;
    this.#listener?.opened();
  }

  hear(frame: unknown): void {
    if (!this.open || this.closing) return;
    if (this.#listener === undefined) this.#held.push(frame);
    else this.#listener.received(frame);
  }

  drained(): void {
    if (this.open && !this.closing) this.#listener?.drained();
  }

  lose(): void {
    if (!this.open) return;
    this.open = false;
    if (!this.closing) this.#listener?.lost();
  }
}

/** The reverse of `asRaw`. */
export function paperWrap(raw: RawChannel): FileChannel {
  return raw as unknown as PaperChannel;
}

/** Keeps written blocks; fails if the storage has no room. */
export class PaperSink implements Sink {
  readonly blocks: Uint8Array<ArrayBuffer>[] = [];
  finished = false;
  discarded = false;
  largestBlock = 0;

  constructor(readonly storage: PaperStorage) {}

  get size(): number {
    return this.blocks.reduce((sum, block) => sum + block.length, 0);
  }

  async write(block: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.storage.gate;
    this.largestBlock = Math.max(this.largestBlock, block.length);
    if (this.size + block.length > this.storage.room) throw new SinkError(this.storage.failure);
    this.blocks.push(block.slice());
  }

  finish() {
    this.finished = true;
    return Promise.resolve({ place: "kept" as const, file: new File(this.blocks, "kept") });
  }

  discard(): Promise<void> {
    this.discarded = true;
    return Promise.resolve();
  }
}

export class PaperStorage implements FileStorage {
  readonly sinks: PaperSink[] = [];
  room = Infinity;
  failure: SinkFailure = "disk-full";
  /** The person closes the question where to store the file. */
  refuses = false;
  /** Writes wait until it resolves. */
  gate: Promise<void> = Promise.resolve();
  /** Lets the writes continue. */
  flow = () => {};

  /** From now on writes wait. */
  stall(): void {
    this.flow();
    ({ promise: this.gate, resolve: this.flow } = Promise.withResolvers<void>());
  }

  open(): Promise<Sink | undefined> {
    if (this.refuses) return Promise.resolve(undefined);
    const sink = new PaperSink(this);
    this.sinks.push(sink);
    return Promise.resolve(sink);
  }
}

class PaperRoster extends Emitter<RosterEvent> {
  constructor(public peers: Peer[]) {
    super();
  }
}

class PaperLinks extends Emitter<LinkEvent> {
  linked = true;

  constructor(readonly open: () => PaperChannel) {
    super();
  }

  openChannel(): RawChannel | undefined {
    return this.linked ? this.open().asRaw : undefined;
  }

  stateOf() {
    return this.linked ? { kind: "connected" } as const : undefined;
  }
}

class PaperRoom extends Emitter<RoomEvent> implements FileRoom {
  readonly roster: PaperRoster;
  readonly links: PaperLinks;

  constructor(other: Peer, open: () => PaperChannel) {
    super();
    this.roster = new PaperRoster([other]);
    this.links = new PaperLinks(open);
  }

  arrive(peerId: string, channel: PaperChannel): void {
    this.links.emit({ type: "file-channel", peerId, raw: channel.asRaw });
  }
}

/** One of the two people. */
export class FilePerson {
  storage = new PaperStorage();
  /** The storages of earlier pages. */
  readonly former: PaperSink[] = [];
  readonly room: PaperRoom;
  readonly transfers = new Map<string, Transfer>();
  /** Every state of every transfer, in order. */
  readonly states: TransferState[] = [];
  exchange: FileExchange;
  #ids = 0;

  constructor(readonly name: string, { other, world }: { other: Peer; world: FileWorld }) {
    this.room = new PaperRoom(other, () => world.connect(this));
    this.exchange = this.newExchange(world.clock);
  }

  /** Makes an exchange; again after a reload of the page. */
  newExchange(clock: VirtualClock): FileExchange {
    this.transfers.clear();
    this.storage.flow();
    this.former.push(...this.storage.sinks);
    this.storage = new PaperStorage();
    this.exchange = new FileExchange({
      room: this.room,
      clock,
      storage: this.storage,
      randomId: () => `${this.name}-transfer-${++this.#ids}`,
      wrap: paperWrap,
      changed: (transfer) => {
        this.transfers.set(transfer.id, transfer);
        this.states.push(transfer.state);
      },
    });
    return this.exchange;
  }

  /** The only transfer. */
  get transfer(): Transfer {
    const [first] = this.transfers.values();
    assert(first, `${this.name} has a transfer`);
    return first;
  }

  get state(): TransferState {
    return this.transfer.state;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return joined(this.storage.sinks.at(-1)?.blocks ?? []);
  }
}

/** Ann and Bob with one link. */
export class FileWorld {
  readonly clock = new VirtualClock();
  readonly ann: FilePerson = new FilePerson("ann", { other: peer("bob"), world: this });
  readonly bob: FilePerson = new FilePerson("bob", { other: peer("ann"), world: this });
  /** The ends of open channels, in pairs. */
  readonly pairs: [PaperChannel, PaperChannel][] = [];
  messageBytes = 16 * 1024;
  /** Channels open only when the test says so. */
  opensLate = false;

  connect(from: FilePerson): PaperChannel {
    const pair: [PaperChannel, PaperChannel] = [new PaperChannel(), new PaperChannel()];
    this.pairs.push(pair);
    for (const end of pair) end.messageBytes = this.messageBytes;
    pair[0].opensLate = this.opensLate;
    const to = from === this.ann ? this.bob : this.ann;
    to.room.arrive(from.name, pair[1]);
    return pair[0];
  }

  /** The newest channel: Ann's end and Bob's, if she has opened it. */
  get last(): [PaperChannel, PaperChannel] {
    const pair = this.pairs.at(-1);
    assert(pair, "a channel was opened");
    return pair;
  }

  /** Moves at most `most` frames; returns whether any moved. */
  async carry(most = Infinity): Promise<boolean> {
    let moved = 0;
    for (const [one, other] of [...this.pairs]) {
      for (const [from, to] of [[one, other], [other, one]] as const) {
        while (moved < most && from.open && from.wire.length > 0) {
          const frame = from.wire.shift();
          moved++;
          if (typeof frame === "string") to.hear(frame);
          else if (frame !== undefined) to.hear(frame.buffer);
          from.drained();
        }
        if (from.closing && from.open && from.wire.length === 0) {
          from.lose();
          to.lose();
          moved++;
        }
      }
    }
    await microtasks();
    return moved > 0;
  }

  /** Moves frames until none is left. */
  async settle(): Promise<void> {
    let idle = 0;
    // Reads and writes take a few rounds without frames.
    while (idle < 8) idle = await this.carry() ? 0 : idle + 1;
  }

  /** The link is lost, with every frame on the wire. */
  cut(): void {
    for (const pair of this.pairs.splice(0)) for (const end of pair) end.lose();
    this.ann.room.links.linked = this.bob.room.links.linked = false;
  }

  mend(): void {
    for (const { room } of [this.ann, this.bob]) {
      room.links.linked = true;
      const [other] = room.roster.peers;
      if (other === undefined) continue;
      const link = { kind: "connected" } as const;
      room.links.emit({ type: "link", peerId: other.peerId, link });
    }
  }

  close(): void {
    this.ann.exchange.close();
    this.bob.exchange.close();
    this.cut();
  }
}

/** A file of `size` pseudo-random bytes. */
export function paperSource(size: number, name = "notes.txt"): Source & {
  content: Uint8Array<ArrayBuffer>;
} {
  const content = new Uint8Array(size);
  for (let at = 0; at < size; at++) content[at] = (at * 2654435761) >>> 13;
  return { name, size, content, read: (from, to) => Promise.resolve(content.slice(from, to)) };
}

export function joined(blocks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}
