/**
 * One offer of an own file to one person. Invariants:
 * 1 Only messages of its peer count, until a peer proves to have taken the offer before.
 * 2 It is done when the receiver reports that the whole file is stored.
 * 3 It survives both pages; it ends if its peer is away for `returnMs`, or once accepted
 *   `reconnectMs`.
 */
import type { PeerId } from "../../../protocol/mod.ts";
import { fileLimits } from "../file_message.ts";
import { type FileFailure, isOver, type TransferState } from "../transfer.ts";
import type { KeptOffer } from "./share_disk.ts";
import type { ShareEnd, ShareOffer, TakerMessage } from "./share_message.ts";
import { type SharePorts, wireReason } from "./share_ports.ts";

interface OwnOfferOptions {
  readonly ports: Pick<SharePorts, "clock" | "tell" | "isLinked" | "nameOf">;
  readonly id: string;
  readonly peerId: PeerId;
  readonly person: string;
  /** An earlier page has made it. */
  readonly kept: KeptOffer | undefined;
  /** The offer as it is to be sent now. */
  readonly message: () => ShareOffer;
  readonly changed: () => void;
  /** The other page takes files only as older pages do. */
  readonly plain: () => void;
}

/** How often a page is asked whether it takes blocks, ms and times. */
const askMs = 1_000;
const askMost = 3;

/** An offer. */
export class OwnOffer {
  readonly id: string;
  readonly #options: OwnOfferOptions;
  #peerId: PeerId;
  #person: string;
  #state: TransferState = { kind: "waiting" };
  #phase: "asking" | "offering" = "asking";
  #asked = 0;
  #unsentEnd: ShareEnd | undefined;
  #isHere = true;
  /** The peers that the receiver knows of. */
  #introduced = "";
  #cancelAsk = () => {};
  #cancelAway = () => {};

  constructor(options: OwnOfferOptions) {
    this.#options = options;
    this.id = options.id;
    this.#peerId = options.peerId;
    this.#person = options.person;
    if (options.kept !== undefined) {
      this.#phase = "offering";
      this.#isHere = false;
      this.#state = stateOf(options.kept);
    }
    if (!isOver(this.#state)) this.#awaitPeer();
  }

  get peerId(): PeerId {
    return this.#peerId;
  }

  get person(): string {
    return this.#person;
  }

  get state(): TransferState {
    return this.#state;
  }

  /** Whether the peer is in the room. */
  get isHere(): boolean {
    return this.#isHere;
  }

  /** Whether its peer may fetch blocks. */
  get isOpen(): boolean {
    return this.#phase === "offering" && !isOver(this.#state);
  }

  /** Whether its peer fetches blocks. */
  get isAccepted(): boolean {
    const { kind } = this.#state;
    return kind === "moving" || kind === "paused" || kind === "checking";
  }

  get isDone(): boolean {
    return this.#state.kind === "done";
  }

  /** The link is connected: says what the peer may have missed. */
  linked(): void {
    if (this.#unsentEnd !== undefined) {
      if (this.#tell(this.#unsentEnd)) this.#unsentEnd = undefined;
      return;
    }
    if (isOver(this.#state)) return;
    if (this.#phase === "asking") this.#ask();
    else this.#offer();
  }

  /** The root is known now. */
  renew(): void {
    if (this.#phase === "offering" && !isOver(this.#state)) this.#offer();
  }

  /** A page has proved to be the receiver's. */
  resume(peerId: PeerId): void {
    const { state } = this;
    const isLost = state.kind === "failed" && (state.reason === "left" || state.reason === "lost");
    if (isOver(state) && !isLost && !this.isDone) return;
    this.#peerId = peerId;
    this.#person = this.#options.ports.nameOf(peerId) || this.#person;
    this.#isHere = true;
    if (isLost) this.#become({ kind: "paused", bytes: 0 });
    this.#cancelAway();
    this.#offer();
  }

  /** Tells the receiver who else takes the file, if that is news. */
  introduce(peers: readonly PeerId[]): void {
    const text = peers.join();
    if (text === this.#introduced) return;
    if (this.#tell({ type: "peers", id: this.id, peers })) this.#introduced = text;
  }

  handlePeerLeft(): void {
    this.#isHere = false;
    this.#cancelAsk();
    if (isOver(this.#state)) return;
    if (this.#state.kind === "waiting") {
      return this.end({ kind: "failed", reason: "left", by: "peer" });
    }
    if (this.isAccepted) {
      this.#become({ kind: "paused", bytes: "bytes" in this.#state ? this.#state.bytes : 0 });
    }
    this.#awaitPeer();
  }

  handle(message: TakerMessage | ShareEnd): void {
    this.#cancelAway();
    switch (message.type) {
      case "can":
        return this.#handleCan();
      case "plain":
        if (this.#phase === "asking") this.#options.plain();
        return;
      case "here":
        return isOver(this.#state) ? undefined : this.#become({ kind: "offered" });
      case "accept":
        return isOver(this.#state) ? undefined : this.#become({ kind: "moving", bytes: 0 });
      case "decline":
        return this.end({ kind: "declined" });
      case "got":
        return this.#handleProgress(message.bytes);
      case "stored":
        return this.end({ kind: "done", stored: undefined });
      case "cancel":
        return this.end({ kind: "cancelled", by: "peer" });
      case "failed":
        return this.end({ kind: "failed", reason: message.reason, by: "peer" });
      case "seek":
      case "resume":
        return;
      default:
        return message satisfies never;
    }
  }

  cancel(): void {
    if (isOver(this.#state)) return;
    this.#sendEnd({ type: "cancel", id: this.id });
    this.end({ kind: "cancelled", by: "self" });
  }

  fail(reason: FileFailure): void {
    if (isOver(this.#state)) return;
    this.#sendEnd({ type: "failed", id: this.id, reason: wireReason(reason) });
    this.end({ kind: "failed", reason, by: "self" });
  }

  end(state: TransferState): void {
    if (isOver(this.#state)) return;
    this.stop();
    this.#become(state);
  }

  /** Ends its timers. */
  stop(): void {
    this.#cancelAsk();
    this.#cancelAway();
  }

  #handleCan(): void {
    if (this.#phase !== "asking" || isOver(this.#state)) return;
    this.#cancelAsk();
    this.#phase = "offering";
    this.#offer();
  }

  #handleProgress(bytes: number): void {
    if (!this.isAccepted) return;
    const { size } = this.#options.message();
    if (bytes < size) this.#become({ kind: "moving", bytes });
    else if (bytes === size) this.#become({ kind: "checking" });
  }

  #ask(): void {
    this.#cancelAsk();
    if (this.#asked >= askMost) return this.#options.plain();
    const { size } = this.#options.message();
    if (this.#tell({ type: "ask", id: this.id, size })) this.#asked++;
    // Without an open data channel the time has not begun.
    this.#cancelAsk = this.#options.ports.clock.after(askMs, () => {
      if (this.#options.ports.isLinked(this.#peerId)) this.#ask();
    });
  }

  #offer(): void {
    // A new link, or a new page, may have missed it.
    this.#introduced = "";
    this.#tell(this.#options.message());
  }

  #sendEnd(message: ShareEnd): void {
    if (this.#phase === "offering" && !this.#tell(message)) this.#unsentEnd = message;
  }

  #tell(message: Parameters<SharePorts["tell"]>[1]): boolean {
    return this.#isHere && this.#options.ports.tell(this.#peerId, message);
  }

  #awaitPeer(): void {
    this.#cancelAway();
    const { returnMs, reconnectMs } = fileLimits;
    const ms = this.#state.kind === "offered" ? returnMs : reconnectMs;
    this.#cancelAway = this.#options.ports.clock.after(ms, () => {
      this.end({ kind: "failed", reason: this.#isHere ? "lost" : "left", by: "peer" });
    });
  }

  #become(state: TransferState): void {
    this.#state = state;
    this.#options.changed();
  }
}

function stateOf({ done, open }: KeptOffer): TransferState {
  if (done) return { kind: "done", stored: undefined };
  return open ? { kind: "offered" } : { kind: "paused", bytes: 0 };
}
