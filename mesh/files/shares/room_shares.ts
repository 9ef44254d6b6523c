/**
 * Shared files in a room as the page's stores use them: an exchange for each visit, and the older
 * way for peers and pages that cannot take blocks. Invariant: an offer goes one way or the other.
 */
import type { PeerId } from "../../../protocol/mod.ts";
import type { Clock } from "../../clock.ts";
import type { LinkEvent, RoomEvent, RosterEvent, SessionState } from "../../events.ts";
import type { RawChannel } from "../../link/raw_channel.ts";
import type { Mesh } from "../../mesh.ts";
import { type BrowserStorage, keptPlace } from "../browser_storage.ts";
import type { FileExchange, FileRoom } from "../file_exchange.ts";
import { LinkChannel } from "../link_channel.ts";
import type { Source } from "../source.ts";
import type { Transfer } from "../transfer.ts";
import { blockLabel } from "../blocks/block_message.ts";
import type { OwnShare } from "./own_share.ts";
import type { ShareDisk } from "./share_disk.ts";
import { ShareExchange } from "./share_exchange.ts";
import { shareTopic } from "./share_message.ts";

/** The part of a RoomSession that shared files need. */
export interface ShareRoom extends FileRoom {
  readonly state: SessionState;
  readonly owners: { allows(peerId: PeerId, permission: "files"): boolean };
  readonly links: FileRoom["links"] & Pick<Mesh, "tell">;
}

/** What shared files need of the page. */
export interface RoomSharesOptions {
  readonly room: ShareRoom;
  readonly clock: Clock;
  readonly randomId: () => string;
  readonly disk: ShareDisk;
  readonly storage: Pick<BrowserStorage, "choose">;
  /** Bytes that the page may still store; undefined: unknown. */
  readonly freeBytes: () => Promise<number | undefined>;
  /** Carries files as older pages do. */
  readonly exchange: Pick<FileExchange, "offerOne">;
  readonly changed: (transfer: Transfer) => void;
  readonly shareChanged: (share: OwnShare) => void;
  /** Whether something of it is on the disk for a later page. */
  readonly keeps: (any: boolean) => void;
}

/** Whether a room has what shared files need; a test's may not. */
export function isShareRoom(room: FileRoom): room is ShareRoom {
  return "tell" in room.links && "owners" in room && "state" in room;
}

/** A message of a peer, or a channel that it has opened, for shared files. */
export type ShareEvent = Extract<LinkEvent, { readonly type: "topic" | "channel" }>;

/** The shared files of a page. */
export class RoomShares {
  readonly #options: RoomSharesOptions;
  readonly #undos: readonly (() => void)[];
  #exchange: ShareExchange | undefined;

  constructor(options: RoomSharesOptions) {
    this.#options = options;
    const { room } = options;
    const listener = (event: RoomEvent | RosterEvent | LinkEvent) => this.#follow(event);
    this.#undos = [room, room.roster, room.links].map((part) => part.subscribe(listener));
    this.#begin(room.state);
  }

  /** Offers a file to peers; returns the batch id. */
  offer(source: Source, to: readonly PeerId[]): string {
    const { room, randomId, exchange } = this.#options;
    const shares = this.#exchange;
    const takesBlocks = (peerId: PeerId) =>
      shares?.takes(source) === true &&
      room.roster.peers.find((peer) => peer.peerId === peerId)?.dialect === "parley";
    const blocks = to.filter(takesBlocks);
    const batch = blocks.length > 0 && shares !== undefined
      ? shares.offer(source, blocks)
      : randomId();
    for (const peerId of to) {
      if (!takesBlocks(peerId)) exchange.offerOne({ id: randomId(), batch, peerId, source });
    }
    return batch;
  }

  accept(transfer: Transfer): void {
    this.#exchange?.accept(transfer);
  }

  decline(transfer: Transfer): void {
    this.#exchange?.decline(transfer);
  }

  cancel(transfer: Transfer): void {
    this.#exchange?.cancel(transfer);
  }

  /** Whether people who come later get an offer of an own file. */
  setLater(batch: string, later: boolean): void {
    this.#exchange?.setLater(batch, later);
  }

  /** Handles what a peer has sent. */
  receive(event: ShareEvent): void {
    if (event.type === "topic") {
      if (event.topic === shareTopic) this.#exchange?.receive(event.peerId, event.body);
    } else if (this.#exchange === undefined || event.label !== blockLabel) {
      event.raw.channel.close();
    } else this.#exchange.receiveChannel(event.peerId, new LinkChannel(event.raw));
  }

  close(): void {
    for (const undo of this.#undos) undo();
    this.#end();
  }

  #follow(event: RoomEvent | RosterEvent | LinkEvent): void {
    switch (event.type) {
      case "state":
        return event.state.kind === "left" ? this.#end() : this.#begin(event.state);
      case "peer-joined":
        return this.#exchange?.handlePeerJoined(event.peer.peerId);
      case "peer-left":
        return this.#exchange?.handlePeerLeft(event.peer.peerId);
      case "link":
        if (event.link.kind === "connected") this.#exchange?.linked(event.peerId);
        return;
      default:
        return;
    }
  }

  #end(): void {
    this.#exchange?.close();
    this.#exchange = undefined;
  }

  /** A visit begins: goes on with what an earlier page has left. */
  #begin(state: SessionState): void {
    if (this.#exchange !== undefined || state.kind !== "joined") return;
    const { exchange, room, disk, keeps, shareChanged } = this.#options;
    const shares = new ShareExchange({
      ports: this.#ports(state),
      allows: (peerId) => room.owners.allows(peerId, "files"),
      usualPlace: keptPlace,
      plain: (offer) => exchange.offerOne(offer),
      shareChanged,
    });
    this.#exchange = shares;
    void shares.restore()
      .then(async () => await disk.isUsable() && !await disk.isEmpty())
      .then((any) => keeps(any));
  }

  #ports(state: Extract<SessionState, { kind: "joined" }>) {
    const { room, clock, randomId, disk, storage, freeBytes, changed, keeps } = this.#options;
    const open = (raw: RawChannel | undefined) => raw && new LinkChannel(raw);
    const watched: ShareDisk = {
      ...disk,
      make: async (about) => {
        const folder = await disk.make(about);
        if (folder !== undefined) keeps(true);
        return folder;
      },
    };
    return {
      clock,
      randomId,
      random: Math.random,
      disk: watched,
      room: state.room,
      freeBytes,
      place: (wanted: { name: string; size: number }) => storage.choose(wanted),
      tell: (peerId: PeerId, body: unknown) => room.links.tell(peerId, shareTopic, body),
      open: (peerId: PeerId) => open(room.links.openChannel(peerId, blockLabel)),
      isLinked: (peerId: PeerId) => room.links.stateOf(peerId)?.kind === "connected",
      peers: () => room.roster.peers.map(({ peerId }) => peerId),
      nameOf: (peerId: PeerId) =>
        room.roster.peers.find((peer) => peer.peerId === peerId)?.name ?? "",
      selfId: () => "selfId" in room.state ? room.state.selfId : state.selfId,
      changed,
    };
  }
}
