/**
 * Text and files with one SkyRTC page over its data channels. Invariants:
 * 1 Each text is sent once, over the newest open channel, or waits for the first one; the newest
 *   `heldMost` wait.
 * 2 Received texts are bounded by the chat's rate and length, files by their number and size.
 * 3 When no channel is left, every file transfer loses its channel.
 */
import { limits, type PeerId, TokenBucket } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { LinkEvent } from "../events.ts";
import type { FileChannel } from "../files/link_channel.ts";
import type { ForeignChannel } from "./foreign_channel.ts";
import { filePacket, readPacket, type SkyrtcPacket, textPacket } from "./packets.ts";
import { ReceivedFile } from "./received_file.ts";
import { type PacketPort, SentFile } from "./sent_file.ts";

interface SkyrtcPeerOptions {
  readonly peerId: PeerId;
  readonly clock: Clock;
  readonly randomId: () => string;
  /** Whether the room's owners allow this peer to do so. */
  readonly allows: (permission: "chat" | "files") => boolean;
  readonly emit: (event: LinkEvent) => void;
}

/** An honest page has one channel; another may come with a new connection. */
const channelsMost = 4;
/** Texts for a page whose channel is not open yet. */
const heldMost = 20;
const filesMost = 32;
/** Bytes in the channel: with more than this, files wait. */
const roomBytes = 128 * 1024;

/** One SkyRTC page in the room. */
export class SkyrtcPeer implements PacketPort {
  readonly #options: SkyrtcPeerOptions;
  readonly #channels = new Set<RTCDataChannel>();
  readonly #sent = new Map<string, SentFile>();
  readonly #received = new Map<string, ReceivedFile>();
  readonly #texts: TokenBucket;
  readonly #offers: TokenBucket;
  #held: string[] = [];
  #readsServer = false;

  constructor(options: SkyrtcPeerOptions) {
    this.#options = options;
    const { clock } = options;
    const chat = { now: clock.now(), burst: limits.chatBurst, perSecond: limits.chatPerSecond };
    this.#texts = new TokenBucket(chat);
    this.#offers = new TokenBucket({ ...chat, burst: filesMost });
  }

  get hasRoom(): boolean {
    return (this.#open?.bufferedAmount ?? 0) <= roomBytes;
  }

  get #open(): RTCDataChannel | undefined {
    return [...this.#channels].findLast(({ readyState }) => readyState === "open");
  }

  /** Adds a channel that either side has made. */
  add(foreign: ForeignChannel): void {
    const { channel, gone, early } = foreign;
    if (this.#channels.size >= channelsMost) return channel.close();
    this.#channels.add(channel);
    channel.bufferedAmountLowThreshold = roomBytes / 2;
    channel.addEventListener("open", () => this.#opened());
    channel.addEventListener("bufferedamountlow", () => this.#pump());
    channel.addEventListener("close", () => this.#closed(channel));
    void gone.then(() => this.#closed(channel));
    foreign.receive = (packet) => this.#receive(packet);
    for (const packet of early.splice(0)) this.#receive(packet);
    if (channel.readyState === "open") this.#opened();
  }

  /** A line of this page came by the server, so the page reads there too. */
  readsServer(): void {
    this.#readsServer = true;
    this.#held = [];
  }

  /** Sends a text, at once or over the first channel that opens. */
  sendText(text: string): void {
    if (this.#readsServer || this.send(textPacket(text))) return;
    this.#held = [...this.#held, text].slice(-heldMost);
  }

  /** Sends a packet; false while no channel is open. */
  send(packet: string): boolean {
    try {
      this.#open?.send(packet);
      return this.#open !== undefined;
    } catch {
      return false;
    }
  }

  /** A channel on which a transfer may offer a file to this page. */
  openFile(): FileChannel {
    const sendId = this.#options.randomId();
    const file = new SentFile({ sendId, port: this, ended: () => this.#sent.delete(sendId) });
    this.#sent.set(sendId, file);
    if (this.#open !== undefined) file.handleOpen();
    return file.channel;
  }

  /** The peer is gone, or out of reach. */
  lose(): void {
    this.#held = [];
    for (const file of [...this.#sent.values(), ...this.#received.values()]) file.lose();
  }

  #opened(): void {
    for (const text of this.#held.splice(0)) this.sendText(text);
    for (const file of this.#sent.values()) file.handleOpen();
  }

  #closed(channel: RTCDataChannel): void {
    if (this.#channels.delete(channel) && this.#channels.size === 0) this.lose();
  }

  #pump(): void {
    for (const file of this.#sent.values()) file.pump();
  }

  #receive(frame: unknown): void {
    const packet = readPacket(frame);
    switch (packet?.kind) {
      case undefined:
        return;
      case "text":
        return this.#receiveText(packet.text);
      case "ask":
        return this.#receiveOffer(packet);
      case "accept":
        return this.#sent.get(packet.sendId)?.handleAccept();
      case "refuse":
        return this.#sent.get(packet.sendId)?.handleRefuse();
      case "chunk":
        return this.#received.get(packet.sendId)?.receive(packet);
      default:
        packet satisfies undefined;
    }
  }

  #receiveText(text: string): void {
    const { peerId, clock, allows, emit } = this.#options;
    if (!allows("chat") || !this.#texts.take(clock.now())) return;
    emit({ type: "peer-text", peerId, text, at: clock.date() });
  }

  #receiveOffer(ask: Extract<SkyrtcPacket, { kind: "ask" }>): void {
    const { sendId } = ask;
    const { peerId, allows, emit, randomId } = this.#options;
    if (!this.#offers.take(this.#options.clock.now()) || this.#received.has(sendId)) return;
    if (!allows("files") || this.#received.size >= filesMost) {
      this.send(filePacket({ signal: "refuse", sendId }));
      return;
    }
    const ended = () => this.#received.delete(sendId);
    const file = new ReceivedFile({ id: randomId(), ask, port: this, ended });
    this.#received.set(sendId, file);
    emit({ type: "file-channel", peerId, raw: file.channel });
  }
}
