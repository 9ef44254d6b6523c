/**
 * People who share files over fake channels, disks and clocks, which move only when the test says
 * so. Each round, every channel carries a few frames, so that all links are equally fast.
 */
import { ShareExchange } from "../../../../mesh/files/shares/share_exchange.ts";
import type { OwnShare } from "../../../../mesh/files/shares/own_share.ts";
import type { ShareMessage } from "../../../../mesh/files/shares/share_message.ts";
import type { SharePorts } from "../../../../mesh/files/shares/share_ports.ts";
import type { FilePlace } from "../../../../mesh/files/sink.ts";
import type { Source } from "../../../../mesh/files/source.ts";
import type { Transfer } from "../../../../mesh/files/transfer.ts";
import { assert } from "../../../assert.ts";
import { VirtualClock } from "../../virtual_clock.ts";
import { PaperChannel } from "../file_world.ts";
import { MemoryDisk, MemoryPage } from "./memory_disk.ts";

const hashes = new Set<Promise<unknown>>();
const digest = crypto.subtle.digest.bind(crypto.subtle);
Object.defineProperty(crypto.subtle, "digest", {
  value: async (...given: Parameters<SubtleCrypto["digest"]>) => {
    const made = digest(...given);
    hashes.add(made);
    return await made.finally(() => hashes.delete(made));
  },
});

/** Hashes are made outside of the microtasks; each round waits for its own on any machine. */
async function hashesMade(): Promise<void> {
  while (hashes.size > 0) await Promise.allSettled(hashes);
}

/** What a person does to the bytes that leave their browser. */
export type Tamper = (frame: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>;

interface Pair {
  readonly from: ShareTab;
  readonly to: ShareTab;
  readonly ends: readonly [PaperChannel, PaperChannel];
}

/** One page of one person. Its peer id is new with each page. */
export class ShareTab {
  readonly exchange: ShareExchange;
  readonly transfers = new Map<string, Transfer>();
  readonly shares = new Map<string, OwnShare>();
  /** Files that are sent as older pages do. */
  readonly plain: { id: string; peerId: string; source: Source }[] = [];
  readonly page: MemoryPage;
  readonly stored: Blob[] = [];
  readonly heard: ShareMessage[] = [];
  /** The answers of an older page: none. */
  isOld = false;
  free: number | undefined;
  tamper: Tamper | undefined;
  bytesSent = 0;

  constructor(readonly peerId: string, readonly person: SharePerson, readonly world: ShareWorld) {
    this.page = new MemoryPage(person.disk);
    const place: FilePlace = {
      put: (file) => {
        this.stored.push(file);
        return Promise.resolve({ place: "kept", file: new File([file], "kept") });
      },
      discard: () => Promise.resolve(),
    };
    const ports: SharePorts = {
      clock: world.clock,
      randomId: () => world.newId(),
      random: () => world.random(),
      disk: this.page,
      room: "room",
      freeBytes: () => Promise.resolve(this.free),
      place: () => Promise.resolve(place),
      tell: (to, message) => world.tell(this, { to, message }),
      open: (to) => world.open(this, to),
      isLinked: (to) => world.tabs.has(to),
      peers: () => world.others(this).map(({ peerId }) => peerId),
      nameOf: (peerId) => world.tabs.get(peerId)?.person.name ?? "",
      selfId: () => peerId,
      changed: (transfer) => void this.transfers.set(transfer.id, transfer),
    };
    this.exchange = new ShareExchange({
      ports,
      allows: (peerId) => !world.reserved.has(peerId),
      usualPlace: () => place,
      plain: (offer) => void this.plain.push(offer),
      shareChanged: (share) => void this.shares.set(share.file, share),
    });
  }

  /** The only transfer, or the one with a person. */
  transfer(person?: string): Transfer {
    const found = [...this.transfers.values()].filter((each) =>
      person === undefined || each.person === person
    ).at(-1);
    assert(found, `${this.peerId} has a transfer`);
    return found;
  }

  accept(): void {
    for (const transfer of this.transfers.values()) {
      if (transfer.state.kind === "offered") this.exchange.accept(transfer);
    }
  }
}

/** A person with a browser. */
export class SharePerson {
  readonly disk = new MemoryDisk();
  tab: ShareTab;
  #pages = 1;

  constructor(readonly name: string, readonly world: ShareWorld) {
    this.tab = world.join(this, `${name}-1`);
  }

  /** The page is gone without a word, as in a crash or a reload. */
  leave(): void {
    this.tab.page.isGone = true;
    this.world.leave(this.tab);
  }

  /** A new page. */
  async comeBack(): Promise<void> {
    this.tab = this.world.join(this, `${this.name}-${++this.#pages}`);
    await this.tab.exchange.restore();
  }
}

/** A room. */
export class ShareWorld {
  readonly clock = new VirtualClock();
  readonly tabs = new Map<string, ShareTab>();
  readonly pairs = new Set<Pair>();
  /** Who may not send files. */
  readonly reserved = new Set<string>();
  /** Frames that a channel carries in a round. */
  speed = 8;
  readonly #messages: (() => void)[] = [];
  #ids = 0;
  #chance = 1;

  newId(): string {
    return `id-${String(++this.#ids).padStart(8, "0")}`;
  }

  random(): number {
    this.#chance = (this.#chance * 48271) % 2147483647;
    return this.#chance / 2147483647;
  }

  person(name: string): SharePerson {
    return new SharePerson(name, this);
  }

  others(tab: ShareTab): ShareTab[] {
    return [...this.tabs.values()].filter((other) => other !== tab);
  }

  join(person: SharePerson, peerId: string): ShareTab {
    const tab = new ShareTab(peerId, person, this);
    const before = [...this.tabs.values()];
    this.tabs.set(peerId, tab);
    for (const other of before) {
      other.exchange.handlePeerJoined(peerId);
      other.exchange.linked(peerId);
      tab.exchange.linked(other.peerId);
    }
    return tab;
  }

  leave(tab: ShareTab): void {
    this.tabs.delete(tab.peerId);
    tab.exchange.close();
    for (const pair of this.pairs) {
      if (pair.from !== tab && pair.to !== tab) continue;
      this.pairs.delete(pair);
      for (const end of pair.ends) end.lose();
    }
    for (const other of this.tabs.values()) other.exchange.handlePeerLeft(tab.peerId);
  }

  tell(from: ShareTab, { to, message }: { to: string; message: ShareMessage }): boolean {
    const tab = this.tabs.get(to);
    if (tab === undefined || !this.tabs.has(from.peerId)) return false;
    const body = JSON.parse(JSON.stringify(message));
    this.#messages.push(() => {
      if (tab.isOld || this.tabs.get(to) !== tab) return;
      tab.heard.push(message);
      tab.exchange.receive(from.peerId, body);
    });
    return true;
  }

  open(from: ShareTab, peerId: string): PaperChannel | undefined {
    const to = this.tabs.get(peerId);
    if (to === undefined || to.isOld) return undefined;
    const ends = [new PaperChannel(), new PaperChannel()] as const;
    for (const end of ends) end.messageBytes = 64 * 1024;
    this.pairs.add({ from, to, ends });
    to.exchange.receiveChannel(from.peerId, ends[1]);
    return ends[0];
  }

  /** One round. */
  async round(): Promise<void> {
    for (const message of this.#messages.splice(0)) message();
    for (const pair of [...this.pairs]) {
      const [near, far] = pair.ends;
      this.#carry(near, { to: far, by: pair.from });
      this.#carry(far, { to: near, by: pair.to });
      if (!near.open) this.pairs.delete(pair);
    }
    await hashesMade();
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.clock.advance(20);
  }

  /** Rounds until `isSo`. */
  async until(isSo: () => boolean, most = 3_000): Promise<void> {
    for (let round = 0; round < most; round++) {
      if (isSo()) return;
      await this.round();
    }
    throw new Error("it did not come to that");
  }

  async rounds(count: number): Promise<void> {
    for (let round = 0; round < count; round++) await this.round();
  }

  #carry(from: PaperChannel, { to, by }: { to: PaperChannel; by: ShareTab }): void {
    for (let count = 0; count < this.speed && from.open && from.wire.length > 0; count++) {
      const frame = from.wire.shift();
      if (typeof frame === "string") to.hear(frame);
      else if (frame !== undefined) {
        by.bytesSent += frame.length;
        to.hear((by.tamper?.(frame) ?? frame).slice().buffer);
      }
    }
    from.drained();
    if (from.closing && from.open && from.wire.length === 0) {
      from.lose();
      to.lose();
    }
  }
}
