// This client with one SkyRTC page in the room, over fake channels; the page sends the packets of
// the original SkyRTC page.
import type { ChatLine } from "../../../protocol/mod.ts";
import { Emitter } from "../../../mesh/emitter.ts";
import type { LinkEvent } from "../../../mesh/events.ts";
import { FileExchange, type FileRoom } from "../../../mesh/files/file_exchange.ts";
import type { Source } from "../../../mesh/files/source.ts";
import type { Transfer } from "../../../mesh/files/transfer.ts";
import type { ForeignChannel } from "../../../mesh/skyrtc/foreign_channel.ts";
import { SkyrtcPeers } from "../../../mesh/skyrtc/skyrtc_peers.ts";
import { FakeChannel } from "../link/fake_channel.ts";
import { microtasks } from "../link/fake_tasks.ts";
import { PaperStorage } from "../files/file_world.ts";
import { peer } from "../room_rig.ts";
import { VirtualClock } from "../virtual_clock.ts";

export type Packet = Record<string, unknown>;

/** This client, with one SkyRTC page in the room. */
export class SkyWorld {
  readonly clock = new VirtualClock();
  readonly texts: string[] = [];
  readonly transfers: Transfer[] = [];
  readonly storage = new PaperStorage();
  readonly peers: SkyrtcPeers;
  readonly exchange: FileExchange;
  readonly channels: FakeChannel[] = [];
  allowed = true;
  #ids = 0;
  #released: (() => void)[] = [];

  constructor() {
    const sky = peer("sky", { dialect: "skyrtc" });
    const links = new Emitter<LinkEvent>();
    const openChannel = () => undefined;
    const randomId = () => `id-${++this.#ids}`.padEnd(32, "0");
    this.peers = new SkyrtcPeers({
      environment: { clock: this.clock, randomId },
      owners: { allows: () => this.allowed },
      emit: (event) => {
        if (event.type === "peer-text") this.texts.push(event.text);
        else links.emit(event);
      },
    });
    const room: FileRoom = {
      subscribe: () => () => {},
      roster: { peers: [sky], subscribe: () => () => {} },
      links: {
        subscribe: (listener) => links.subscribe(listener),
        stateOf: () => ({ kind: "connected" }),
        openChannel,
        skyrtc: this.peers,
      },
    };
    this.exchange = new FileExchange({
      room,
      clock: this.clock,
      storage: this.storage,
      randomId,
      changed: (transfer) => {
        const known = this.transfers.findIndex(({ id }) => id === transfer.id);
        this.transfers[known < 0 ? this.transfers.length : known] = transfer;
      },
    });
    this.peers.handle({ type: "peer-joined", peer: sky });
  }

  /** Another channel with the page. */
  connect({ open = true, early = [] }: { open?: boolean; early?: unknown[] } = {}): FakeChannel {
    const channel = new FakeChannel();
    const gone = Promise.withResolvers<void>();
    this.#released.push(gone.resolve);
    const foreign: ForeignChannel = {
      channel: channel as unknown as RTCDataChannel,
      gone: gone.promise,
      early,
    };
    channel.addEventListener("message", (event) => foreign.receive?.(Reflect.get(event, "data")));
    this.channels.push(channel);
    this.peers.add("sky", foreign);
    if (open) channel.open();
    return channel;
  }

  /** Every connection is closed. */
  async disconnect(): Promise<void> {
    for (const release of this.#released) release();
    await microtasks();
  }

  say(packet: unknown, channel = this.channels.at(-1)): void {
    channel?.hear(typeof packet === "string" ? packet : JSON.stringify(packet));
  }

  chat(text: string | null, more: Partial<ChatLine> & { own?: boolean; recent?: boolean } = {}) {
    const { own = true, recent = false, ...fields } = more;
    const line = { id: 1, ref: `ref-${text}`, from: "self", name: "Ann", text, at: 1, ...fields };
    this.peers.handle({ type: "chat", line, own, recent });
  }

  /** The packets that the page has received since the last call. */
  got(channel = this.channels.at(-1)): Packet[] {
    return channel?.sent.splice(0).map((frame) => JSON.parse(frame)) ?? [];
  }

  get last(): Transfer | undefined {
    return this.transfers.at(-1);
  }
}

export function bytesOf(size: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, n) => n * 7919 % 251);
}

export function sourceOf(bytes: Uint8Array<ArrayBuffer>, name = "map.pdf"): Source {
  const read = (from: number, to: number) => Promise.resolve(bytes.slice(from, to));
  return { name, size: bytes.length, read };
}

export function dataUrl(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `data:application/pdf;base64,${btoa(text)}`;
}

/** Chunks as the original page makes them. */
export function chunksOf(url: string, sendId: string, length = 1_000): Packet[] {
  const packets: Packet[] = [];
  let rest = url;
  for (;;) {
    const last = rest.length <= length;
    packets.push({ type: "__file", signal: "chunk", sendId, data: rest.slice(0, length), last });
    if (last) return packets;
    rest = rest.slice(length);
  }
}
