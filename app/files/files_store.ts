/**
 * The files of one visit as signals: a card per file, with a row per person. Loaded with the first
 * file. Invariants: a card has at least one row and never loses one; a row's numbers change at most
 * five times a second, its kind at once.
 */
import type { ReadonlySignal, Signal } from "@preact/signals-core";
import {
  browserPlatform,
  browserShares,
  BrowserStorage,
  FileExchange,
  type FileRoom,
  fileSource,
  type FileStorage,
  type FileWrap,
  isOver,
  isShareRoom,
  type OfferedChannel,
  type OwnShare,
  RoomShares,
  saveFile,
  type ShareEvent,
  type Transfer,
} from "../../mesh/files/mod.ts";
import type { Clock } from "../../mesh/mod.ts";
import type { PeerId } from "../../protocol/mod.ts";
import type { FileEntry } from "../chat/mod.ts";
import {
  cardKey,
  type FileCard,
  type FileRow,
  isMoving,
  LiveCard,
  type SignalMakers,
} from "./file_card.ts";
import { PaceWatch } from "./pace.ts";

/** Picked, dropped or pasted files, and the names of folders, which look like files. */
export interface DroppedFiles {
  readonly files: readonly File[];
  readonly folders: readonly string[];
}

/** An item of the last choice that cannot be sent; "reserved": none, as only owners send files. */
export type Unusable =
  | { readonly why: "folder" | "unreadable"; readonly name: string }
  | { readonly why: "reserved" };

/** News to announce. */
export interface FileNews {
  readonly name: string;
  readonly row: FileRow;
}

/** The dependencies of the store. */
export interface FilesOptions {
  readonly room: FileRoom;
  readonly clock: Clock;
  /** Gives a new card its place in the chat. */
  readonly place: (entry: Omit<FileEntry, "kind">) => void;
  /** Downloads a complete file. */
  readonly save?: (file: File) => void;
  readonly storage?: FileStorage;
  /** See FileExchange. */
  readonly wrap?: FileWrap;
}

const showMs = 200;

/** The files of one visit. */
export class FilesStore {
  readonly #options: FilesOptions;
  readonly #exchange: FileExchange;
  readonly #makers: SignalMakers;
  readonly #cards: Signal<ReadonlyMap<string, LiveCard>>;
  readonly #news: Signal<FileNews | undefined>;
  readonly #chosen: Signal<readonly File[]>;
  readonly #unusable: Signal<readonly Unusable[]>;
  readonly #shares: RoomShares | undefined;
  readonly #keeps: Signal<boolean | undefined>;
  /** Whether closing the page now would cut a file off. */
  readonly busy: ReadonlySignal<boolean>;
  /** The own file that is being offered. */
  #offering: File | undefined;

  constructor(options: FilesOptions, makers: SignalMakers) {
    this.#options = options;
    this.#makers = makers;
    this.#cards = makers.signal<ReadonlyMap<string, LiveCard>>(new Map());
    this.#chosen = makers.signal<readonly File[]>([]);
    this.#unusable = makers.signal<readonly Unusable[]>([]);
    this.#news = makers.signal<FileNews | undefined>(undefined);
    this.busy = makers.computed(() =>
      [...this.#cards.value.values()].some(({ rows }) => rows.value.some(isMoving))
    );
    this.#keeps = makers.signal<boolean | undefined>(undefined);
    const { room, clock } = options;
    const platform = browserPlatform(randomId);
    const storage = new BrowserStorage(platform);
    const changed = (transfer: Transfer) => this.#update(transfer);
    this.#exchange = new FileExchange({
      room,
      clock,
      storage: options.storage ?? storage,
      randomId,
      wrap: options.wrap,
      changed,
    });
    if (!isShareRoom(room)) return;
    this.#shares = new RoomShares({
      room,
      clock,
      randomId,
      disk: browserShares,
      storage,
      freeBytes: platform.room,
      exchange: this.#exchange,
      changed,
      shareChanged: (share) => this.#showShare(share),
      keeps: (any) => this.#keeps.value = any,
    });
  }

  /** Whether a later page of this browser can go on with something; undefined: not known yet. */
  get keeps(): ReadonlySignal<boolean | undefined> {
    return this.#keeps;
  }

  /** All cards by key, which is also the key of the chat's entry. */
  get cards(): ReadonlySignal<ReadonlyMap<string, FileCard>> {
    return this.#cards;
  }

  /** The latest news to announce. */
  get news(): ReadonlySignal<FileNews | undefined> {
    return this.#news;
  }

  /** Files that were picked, dropped or pasted, but not offered yet. */
  get chosen(): ReadonlySignal<readonly File[]> {
    return this.#chosen;
  }

  /** Items of the last choice that cannot be sent. */
  get unusable(): ReadonlySignal<readonly Unusable[]> {
    return this.#unusable;
  }

  /** Dismisses the note about unusable items. */
  dismissUnusable(): void {
    this.#unusable.value = [];
  }

  /** Chooses readable files and reports the others. `isReserved`: only owners send files. */
  async add({ files, folders }: DroppedFiles, isReserved: boolean): Promise<void> {
    if (isReserved) {
      this.#unusable.value = [{ why: "reserved" }];
      return;
    }
    const readable = await Promise.all(files.map(canRead));
    this.#unusable.value = [
      ...folders.map((name) => ({ name, why: "folder" }) as const),
      ...files.filter((_, index) => !readable[index])
        .map(({ name }) => ({ name, why: "unreadable" }) as const),
    ];
    this.choose(files.filter((_, index) => readable[index]));
  }

  /** Adds to the chosen files. */
  choose(files: Iterable<File>): void {
    this.#chosen.value = [...this.#chosen.value, ...files];
  }

  /** Removes a chosen file. */
  leaveOut(file: File): void {
    this.#chosen.value = this.#chosen.value.filter((other) => other !== file);
  }

  /** Offers all chosen files to each recipient. */
  offerChosen(to: readonly PeerId[]): void {
    for (const file of this.#chosen.value) this.offer(file, to);
    this.#chosen.value = [];
  }

  /** Offers one file to each recipient. */
  offer(file: File, to: readonly PeerId[]): void {
    this.#offering = file;
    (this.#shares ?? this.#exchange).offer(fileSource(file), to);
    this.#offering = undefined;
  }

  /** Must be called from a click. */
  accept(transfer: Transfer): void {
    this.#exchange.accept(transfer);
    this.#shares?.accept(transfer);
  }

  decline(transfer: Transfer): void {
    this.#exchange.decline(transfer);
    this.#shares?.decline(transfer);
  }

  cancel(transfer: Transfer): void {
    this.#exchange.cancel(transfer);
    this.#shares?.cancel(transfer);
  }

  /** Whether people who come later are offered an own file. */
  setLater({ rows }: FileCard, later: boolean): void {
    const [first] = rows.value;
    if (first !== undefined) this.#shares?.setLater(first.transfer.batch, later);
  }

  /** Downloads a received file again. */
  save(file: File): void {
    (this.#options.save ?? saveFile)(file);
  }

  /** Handles a channel that opened before this store was loaded. */
  receive(offered: OfferedChannel): void {
    this.#exchange.receive(offered);
  }

  /** Handles what a peer has sent about files in blocks. */
  receiveShared(event: ShareEvent): void {
    if (this.#shares !== undefined) this.#shares.receive(event);
    else if (event.type === "channel") event.raw.channel.close();
  }

  /** Stops every transfer. */
  close(): void {
    this.#shares?.close();
    this.#exchange.close();
  }

  #showShare({ file, later, copy, isOver }: OwnShare): void {
    const card = this.#cards.value.get(`file-${file}`);
    if (card !== undefined) card.share.value = isOver ? undefined : { later, copy };
  }

  #update(transfer: Transfer): void {
    const card = this.#cards.value.get(cardKey(transfer)) ?? this.#newCard(transfer);
    const before = card.rows.value.find((row) => row.transfer.id === transfer.id);
    const row = this.#row(card, { transfer, before });
    if (row === undefined) return;
    card.rows.value = before === undefined
      ? [...card.rows.value, row]
      : card.rows.value.map((each) => each === before ? row : each);
    if (before?.transfer.state.kind === transfer.state.kind) return;
    if (isOver(transfer.state)) this.#news.value = { name: card.name, row };
    if (transfer.state.kind === "done") void this.#arrived(card, transfer);
  }

  #newCard(transfer: Transfer): LiveCard {
    const { direction, name, size, peerId } = transfer;
    const own = direction === "out";
    const card = new LiveCard(cardKey(transfer), { own, name, size }, this.#makers);
    this.#cards.value = new Map([...this.#cards.value, [card.key, card]]);
    if (this.#offering !== undefined) void card.show(this.#offering);
    this.#options.place({
      key: card.key,
      from: own ? "" : peerId,
      name: own ? "" : this.#nameOf(peerId) || transfer.person || "",
      file: name,
      at: this.#options.clock.date(),
      own,
    });
    return card;
  }

  /** Undefined: too soon after the last update. */
  #row(
    card: LiveCard,
    { transfer, before }: { transfer: Transfer; before: FileRow | undefined },
  ): FileRow | undefined {
    const { state, id, peerId } = transfer;
    // A person who left keeps their name.
    const person = this.#nameOf(peerId) || before?.person || transfer.person || "";
    const pace = card.paces.get(id) ?? { watch: new PaceWatch(card.size), shownAt: -Infinity };
    card.paces.set(id, pace);
    if (state.kind !== "moving") {
      pace.watch.pause();
      return { transfer, person, rate: undefined, remaining: undefined };
    }
    const now = this.#options.clock.now();
    const seen = pace.watch.see(state.bytes, now);
    const isNews = before?.transfer.state.kind !== "moving";
    if (!isNews && now - pace.shownAt < showMs) return undefined;
    pace.shownAt = now;
    return { transfer, person, ...seen };
  }

  async #arrived(card: LiveCard, { direction, state }: Transfer): Promise<void> {
    if (direction === "out" || state.kind !== "done" || state.stored === undefined) return;
    const { file, place } = state.stored;
    await card.show(file);
    // A picture is shown; the person can save it.
    if (place === "kept" && card.picture.value === undefined) this.save(file);
  }

  #nameOf(peerId: PeerId): string {
    return this.#options.room.roster.peers.find((peer) => peer.peerId === peerId)?.name ?? "";
  }
}

/** A folder looks like a file until it is read. */
function canRead(file: File): Promise<boolean> {
  return file.slice(0, 1).arrayBuffer().then(() => true, () => false);
}

function randomId(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(4));
  return [...numbers].map((number) => number.toString(16).padStart(8, "0")).join("");
}
