/**
 * All files between this person and the others in one room. Invariants:
 * 1 A transfer belongs to one peer; no other peer's channel can touch it, whatever id it names.
 * 2 A channel's first message says which transfer it is for; without one in time it is closed.
 * 3 Transfers survive their links and end with their peers or the visit; then nothing runs, and no
 *   part is kept.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { LinkEvent, RoomEvent, RosterEvent } from "../events.ts";
import type { RawFileChannel } from "../link/file_channel.ts";
import type { Mesh } from "../mesh.ts";
import type { RoomSession } from "../session.ts";
import type { Roster } from "../signaling/roster.ts";
import {
  fileLimits,
  type FileOffer,
  parseSenderMessage,
  type ReceiverMessage,
} from "./file_message.ts";
import { Incoming } from "./incoming.ts";
import { type FileChannel, LinkChannel } from "./link_channel.ts";
import { Outgoing } from "./outgoing.ts";
import type { FileStorage } from "./sink.ts";
import type { Source } from "./source.ts";
import { isOver, type Transfer } from "./transfer.ts";

/** The part of a RoomSession that files need. */
export interface FileRoom extends Pick<RoomSession, "subscribe"> {
  readonly roster: Pick<Roster, "peers" | "subscribe">;
  readonly links:
    & Pick<Mesh, "stateOf" | "subscribe" | "openFileChannel">
    & { readonly skyrtc?: Pick<Mesh["skyrtc"], "openFile"> };
}

/** A channel that a peer has opened. */
export type OfferedChannel = Extract<LinkEvent, { readonly type: "file-channel" }>;

/** Wraps a data channel for transfers. */
export type FileWrap = (raw: RawFileChannel) => FileChannel;

interface FileExchangeOptions {
  readonly room: FileRoom;
  readonly clock: Clock;
  readonly storage: FileStorage;
  /** Unique and unguessable: 8 to 64 letters, digits, - or _. */
  readonly randomId: () => string;
  /** A data channel as transfers see it; LinkChannel by default. */
  readonly wrap?: FileWrap | undefined;
  /** Called with every change of every transfer. */
  readonly changed: (transfer: Transfer) => void;
}

const ready = JSON.stringify({ type: "ready" } satisfies ReceiverMessage);

/** Sends and receives the files of one visit. */
export class FileExchange {
  readonly #options: FileExchangeOptions;
  readonly #incoming = new Map<string, Incoming>();
  readonly #outgoing = new Map<string, Outgoing>();
  readonly #undos: readonly (() => void)[];
  /** How many channels of each peer have not said what they are for. */
  readonly #silent = new Map<PeerId, number>();
  #isClosed = false;

  constructor(options: FileExchangeOptions) {
    this.#options = options;
    const { room } = options;
    const follow = (event: RoomEvent | RosterEvent | LinkEvent) => this.#follow(event);
    this.#undos = [room, room.roster, room.links].map((part) => part.subscribe(follow));
  }

  /** Offers a file to some of the others; returns the batch, which their transfers share. */
  offer(source: Source, to: readonly PeerId[]): string {
    const { clock, room, randomId } = this.#options;
    const batch = randomId();
    for (const peerId of to) {
      const id = randomId();
      const peer = room.roster.peers.find((other) => other.peerId === peerId);
      const transfer: Outgoing = new Outgoing({
        id,
        batch,
        peerId,
        source,
        clock,
        open: () => this.#open(peerId, { isForeign: peer?.dialect === "skyrtc" }),
        changed: () => this.#publish(transfer),
      });
      this.#outgoing.set(key(peerId, id), transfer);
      this.#publish(transfer);
      if (peer === undefined) transfer.left();
      else if (peer.dialect === "parley") this.#connect(peerId, transfer);
      else if (room.links.skyrtc === undefined) transfer.impossible("unsupported");
      else if (source.size > fileLimits.skyrtcBytes) transfer.impossible("too-big");
      else this.#connect(peerId, transfer);
    }
    this.#forget(this.#outgoing);
    return batch;
  }

  /** Must be called from a click, for the storage's sake. */
  accept({ peerId, id }: Pick<Transfer, "peerId" | "id">): void {
    void this.#incoming.get(key(peerId, id))?.accept();
  }

  decline({ peerId, id }: Pick<Transfer, "peerId" | "id">): void {
    this.#incoming.get(key(peerId, id))?.decline();
  }

  cancel({ peerId, id }: Pick<Transfer, "peerId" | "id">): void {
    this.#incoming.get(key(peerId, id))?.cancel();
    this.#outgoing.get(key(peerId, id))?.cancel();
  }

  /** Receives on a channel that a peer has opened, perhaps before this exchange was loaded. */
  receive({ peerId, raw }: Pick<OfferedChannel, "peerId" | "raw">): void {
    const channel = this.#wrap(raw);
    const silent = this.#silent.get(peerId) ?? 0;
    if (silent >= fileLimits.silentMost) return channel.close();
    this.#silent.set(peerId, silent + 1);
    const known = () => {
      cancel();
      this.#silent.set(peerId, (this.#silent.get(peerId) ?? 0) - 1);
    };
    const cancel = this.#options.clock.after(fileLimits.answerMs, () => {
      known();
      channel.close();
    });
    channel.listen({
      opened: () => channel.send(ready),
      drained() {},
      lost: known,
      heard: (frame) => {
        known();
        this.#begin(peerId, { channel, frame });
      },
    });
  }

  /** Ends every transfer, and reports nothing more. */
  close(): void {
    for (const undo of this.#undos) undo();
    this.#isClosed = true;
    this.#allLeft();
  }

  #begin(peerId: PeerId, { channel, frame }: { channel: FileChannel; frame: unknown }): void {
    const message = parseSenderMessage(frame);
    if (message === undefined) return channel.close();
    switch (message.type) {
      case "offer":
        return this.#offered(peerId, { channel, offer: message });
      case "cancel":
        this.#incoming.get(key(peerId, message.id))?.ended({ kind: "cancelled", by: "peer" });
        return channel.close();
      case "failed": {
        const { reason } = message;
        this.#incoming.get(key(peerId, message.id))?.ended({ kind: "failed", reason, by: "peer" });
        return channel.close();
      }
      case "done":
        return channel.close();
      default:
        return message satisfies never;
    }
  }

  #offered(
    peerId: PeerId,
    { channel, offer }: { channel: FileChannel; offer: FileOffer },
  ): void {
    const known = this.#incoming.get(key(peerId, offer.id));
    if (known !== undefined) return known.isOffer(offer) ? known.attach(channel) : channel.close();
    const { clock, storage } = this.#options;
    const transfer: Incoming = new Incoming({
      peerId,
      offer,
      clock,
      storage,
      changed: () => this.#publish(transfer),
    });
    if (this.#unansweredOf(peerId) >= fileLimits.offersMost) {
      // It is never shown, so it is not remembered.
      channel.listen({ opened() {}, drained() {}, lost() {}, heard() {} });
      channel.send(JSON.stringify({ type: "failed", id: offer.id, reason: "busy" }));
      return void clock.after(fileLimits.answerMs, () => channel.close());
    }
    this.#incoming.set(key(peerId, offer.id), transfer);
    this.#forget(this.#incoming);
    this.#publish(transfer);
    transfer.attach(channel);
  }

  #open(
    peerId: PeerId,
    { isForeign }: { readonly isForeign: boolean },
  ): FileChannel | undefined {
    const { room } = this.#options;
    if (isForeign) return room.links.skyrtc?.openFile(peerId);
    const raw = room.links.openFileChannel(peerId);
    return raw && this.#wrap(raw);
  }

  #wrap(raw: OfferedChannel["raw"]): FileChannel {
    if ("listen" in raw) return raw;
    return this.#options.wrap?.(raw) ?? new LinkChannel(raw);
  }

  #publish({ snapshot }: Incoming | Outgoing): void {
    if (!this.#isClosed) this.#options.changed(snapshot);
  }

  #unansweredOf(peerId: PeerId): number {
    const snapshots = [...this.#incoming.values()].map(({ snapshot }) => snapshot);
    return snapshots.filter((each) => each.peerId === peerId && each.state.kind === "offered")
      .length;
  }

  #follow(event: RoomEvent | RosterEvent | LinkEvent): void {
    if (event.type === "file-channel") this.receive(event);
    if (event.type === "link" && event.link.kind === "connected") {
      for (const transfer of this.#outgoing.values()) {
        if (transfer.snapshot.peerId === event.peerId) transfer.connect();
      }
    }
    if (event.type === "peer-left") {
      for (const transfer of [...this.#outgoing.values(), ...this.#incoming.values()]) {
        if (transfer.snapshot.peerId === event.peer.peerId) transfer.left();
      }
    }
    if (event.type === "state" && event.state.kind === "left") this.#allLeft();
  }

  #allLeft(): void {
    for (const transfer of [...this.#outgoing.values(), ...this.#incoming.values()]) {
      transfer.left();
    }
  }

  #connect(peerId: PeerId, transfer: Outgoing): void {
    if (this.#options.room.links.stateOf(peerId)?.kind === "connected") transfer.connect();
  }

  /** Forgets the oldest transfers that are over; the others stay. */
  #forget(transfers: Map<string, Incoming | Outgoing>): void {
    for (const [known, { snapshot }] of transfers) {
      if (transfers.size <= fileLimits.pastMost) return;
      if (isOver(snapshot.state)) transfers.delete(known);
    }
  }
}

/** The sender makes the ids at random, so those of two peers, or of two directions, do not meet. */
function key(peerId: PeerId, id: string): string {
  return `${peerId} ${id}`;
}
