/**
 * All file transfers between this person and the others in one room. Invariants:
 * 1 A transfer belongs to one peer; a channel of another peer cannot affect it, whatever id it
 *   names.
 * 2 The first message on a channel says which transfer it is for; a channel without one is closed
 *   after `fileLimits.answerMs`.
 * 3 A transfer survives its link. It ends when its peer leaves or the visit ends; then no timer
 *   runs, and incomplete files are removed.
 */
import type { PeerId } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { LinkEvent, RoomEvent, RosterEvent } from "../events.ts";
import { fileLabel, type RawChannel } from "../link/raw_channel.ts";
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

/** The part of a RoomSession that transfers need. */
export interface FileRoom extends Pick<RoomSession, "subscribe"> {
  readonly roster: Pick<Roster, "peers" | "subscribe">;
  readonly links:
    & Pick<Mesh, "stateOf" | "subscribe" | "openChannel">
    & { readonly skyrtc?: Pick<Mesh["skyrtc"], "openFile"> };
}

/** One offer. `batch`: shared by the offers of one file. */
export interface PlainOffer {
  readonly id: string;
  readonly batch: string;
  readonly peerId: PeerId;
  readonly source: Source;
}

/** A channel that a peer has opened. */
export type OfferedChannel = Extract<LinkEvent, { readonly type: "file-channel" }>;

/** Makes a transfer's channel of a data channel. */
export type FileWrap = (raw: RawChannel) => FileChannel;

interface FileExchangeOptions {
  readonly room: FileRoom;
  readonly clock: Clock;
  readonly storage: FileStorage;
  /** Unique and unguessable: 8 to 64 letters, digits, - or _. */
  readonly randomId: () => string;
  /** By default it makes a LinkChannel; a test passes another one. */
  readonly wrap?: FileWrap | undefined;
  /** Called with each transfer that is new or has changed. */
  readonly changed: (transfer: Transfer) => void;
}

const ready = JSON.stringify({ type: "ready" } satisfies ReceiverMessage);

/** Sends and receives the files of one visit. */
export class FileExchange {
  readonly #options: FileExchangeOptions;
  readonly #incoming = new Map<string, Incoming>();
  readonly #outgoing = new Map<string, Outgoing>();
  readonly #undos: readonly (() => void)[];
  /** How many channels of each peer have not sent their first message yet. */
  readonly #unidentified = new Map<PeerId, number>();
  #isClosed = false;

  constructor(options: FileExchangeOptions) {
    this.#options = options;
    const { room } = options;
    const listener = (event: RoomEvent | RosterEvent | LinkEvent) => this.#handle(event);
    this.#undos = [room, room.roster, room.links].map((part) => part.subscribe(listener));
  }

  /** Offers a file to the peers `to`; returns the batch id that their transfers share. */
  offer(source: Source, to: readonly PeerId[]): string {
    const { randomId } = this.#options;
    const batch = randomId();
    for (const peerId of to) this.offerOne({ id: randomId(), batch, peerId, source });
    return batch;
  }

  /** Makes one offer. */
  offerOne({ id, batch, peerId, source }: PlainOffer): void {
    const { clock, room } = this.#options;
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
    if (peer === undefined) transfer.handlePeerLeft();
    else if (peer.dialect === "parley") this.#connect(peerId, transfer);
    else if (room.links.skyrtc === undefined) transfer.reject("unsupported");
    else if (source.size > fileLimits.skyrtcBytes) transfer.reject("too-big");
    else this.#connect(peerId, transfer);
    this.#forget(this.#outgoing);
  }

  /** Accepts an offered file. Call it in a click: the storage may ask where to put the file. */
  accept({ peerId, id }: Pick<Transfer, "peerId" | "id">): void {
    void this.#incoming.get(key(peerId, id))?.accept();
  }

  /** Declines an offered file. */
  decline({ peerId, id }: Pick<Transfer, "peerId" | "id">): void {
    this.#incoming.get(key(peerId, id))?.decline();
  }

  /** Ends a transfer of either direction. */
  cancel({ peerId, id }: Pick<Transfer, "peerId" | "id">): void {
    this.#incoming.get(key(peerId, id))?.cancel();
    this.#outgoing.get(key(peerId, id))?.cancel();
  }

  /** Handles a channel that a peer has opened, perhaps before this code was loaded. */
  receive({ peerId, raw }: Pick<OfferedChannel, "peerId" | "raw">): void {
    const channel = this.#wrap(raw);
    const count = this.#unidentified.get(peerId) ?? 0;
    if (count >= fileLimits.unidentifiedMost) return channel.close();
    this.#unidentified.set(peerId, count + 1);
    const identified = () => {
      cancel();
      this.#unidentified.set(peerId, (this.#unidentified.get(peerId) ?? 0) - 1);
    };
    const cancel = this.#options.clock.after(fileLimits.answerMs, () => {
      identified();
      channel.close();
    });
    channel.listen({
      opened: () => channel.send(ready),
      drained() {},
      lost: identified,
      received: (frame) => {
        identified();
        this.#handleFirst(peerId, { channel, frame });
      },
    });
  }

  /** Ends every transfer; `changed` is not called again. */
  close(): void {
    for (const undo of this.#undos) undo();
    this.#isClosed = true;
    this.#endAll();
  }

  #handleFirst(peerId: PeerId, { channel, frame }: { channel: FileChannel; frame: unknown }): void {
    const message = parseSenderMessage(frame);
    if (message === undefined) return channel.close();
    switch (message.type) {
      case "offer":
        return this.#handleOffer(peerId, { channel, offer: message });
      case "cancel":
        this.#incoming.get(key(peerId, message.id))?.handleEnd({ kind: "cancelled", by: "peer" });
        return channel.close();
      case "failed": {
        const { reason } = message;
        this.#incoming.get(key(peerId, message.id))?.handleEnd({
          kind: "failed",
          reason,
          by: "peer",
        });
        return channel.close();
      }
      case "done":
        return channel.close();
      default:
        return message satisfies never;
    }
  }

  #handleOffer(
    peerId: PeerId,
    { channel, offer }: { channel: FileChannel; offer: FileOffer },
  ): void {
    const known = this.#incoming.get(key(peerId, offer.id));
    if (known !== undefined) return known.matches(offer) ? known.attach(channel) : channel.close();
    const { clock, storage } = this.#options;
    const transfer: Incoming = new Incoming({
      peerId,
      offer,
      clock,
      storage,
      changed: () => this.#publish(transfer),
    });
    if (this.#unansweredOf(peerId) >= fileLimits.offersMost) {
      // The person never sees this offer, so it is not kept.
      channel.listen({ opened() {}, drained() {}, lost() {}, received() {} });
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
    const raw = room.links.openChannel(peerId, fileLabel);
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

  #handle(event: RoomEvent | RosterEvent | LinkEvent): void {
    if (event.type === "file-channel") this.receive(event);
    if (event.type === "link" && event.link.kind === "connected") {
      for (const transfer of this.#outgoing.values()) {
        if (transfer.snapshot.peerId === event.peerId) transfer.connect();
      }
    }
    if (event.type === "peer-left") {
      for (const transfer of [...this.#outgoing.values(), ...this.#incoming.values()]) {
        if (transfer.snapshot.peerId === event.peer.peerId) transfer.handlePeerLeft();
      }
    }
    if (event.type === "state" && event.state.kind === "left") this.#endAll();
  }

  #endAll(): void {
    for (const transfer of [...this.#outgoing.values(), ...this.#incoming.values()]) {
      transfer.handlePeerLeft();
    }
  }

  #connect(peerId: PeerId, transfer: Outgoing): void {
    if (this.#options.room.links.stateOf(peerId)?.kind === "connected") transfer.connect();
  }

  /** Forgets the oldest finished transfers, if there are too many. */
  #forget(transfers: Map<string, Incoming | Outgoing>): void {
    for (const [known, { snapshot }] of transfers) {
      if (transfers.size <= fileLimits.pastMost) return;
      if (isOver(snapshot.state)) transfers.delete(known);
    }
  }
}

/** Senders choose ids, so two peers may use the same one. */
function key(peerId: PeerId, id: string): string {
  return `${peerId} ${id}`;
}
