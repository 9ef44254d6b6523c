// People whose chat signs reach each other over links that a test can cut.

import { type Signal, signal } from "@preact/signals-core";
import type { LateMessage, Peer, PeerId, Rules } from "../../../../protocol/mod.ts";
import { silentState } from "../../../../protocol/mod.ts";
import type { ChatEntry, LineEntry } from "../../../../app/chat/chat_entries.ts";
import { ChatSigns } from "../../../../app/chat/marks/chat_signs.ts";
import type { MarkedCall } from "../../../../app/chat/marks/marked_call.ts";
import { Emitter } from "../../../../mesh/emitter.ts";
import type { LinkEvent, LinkState, RoomEvent, SessionState } from "../../../../mesh/events.ts";
import type { PeerView } from "../../../../app/room/mod.ts";
import { VirtualClock } from "../../../mesh/virtual_clock.ts";

/** A line that somebody has written. */
export function line(from: PeerId, ref: string, more: Partial<LineEntry> = {}): LineEntry {
  return {
    kind: "line",
    key: ref,
    ref,
    from,
    name: from,
    text: `text ${ref}`,
    at: 1,
    own: false,
    delivery: "delivered",
    to: undefined,
    answers: undefined,
    version: "first",
    change: "none",
    refusal: undefined,
    recent: false,
    ...more,
  };
}

const rules: Omit<Rules, "owners"> = {
  type: "rules",
  locked: false,
  knocking: false,
  password: false,
  chat: "everyone",
  screen: "everyone",
  files: "everyone",
  capacity: 8,
};

const connected: LinkState = { kind: "connected" };

/** One person of the town. */
export class Townsman {
  readonly signs: ChatSigns;
  readonly entries = signal<readonly ChatEntry[]>([]);
  readonly text = signal("");
  readonly to = signal<{ peerId: PeerId; name: string } | undefined>(undefined);
  readonly peers: Signal<readonly PeerView[]>;
  readonly links = new Emitter<LinkEvent>();
  readonly late = new Emitter<LateMessage>();
  readonly session = new Emitter<RoomEvent>();
  readonly storage = new Map<string, string>();
  isSeen = true;

  constructor(readonly town: ChatTown, readonly name: string, views = town.viewsFor(name)) {
    this.peers = signal(views);
    town.people.set(name, this);
    const state: SessionState = { kind: "joined", room: "tea", selfId: name, capacity: 8 };
    const call: MarkedCall = {
      session: {
        state,
        subscribe: (listener) => this.session.subscribe(listener),
        late: this.late,
        send: (message) => {
          town.asked.push(`${name} ${JSON.stringify(message)}`);
          return true;
        },
        links: {
          subscribe: (listener) => this.links.subscribe(listener),
          tell: (to, _topic, body) => town.tell({ from: name, to, body }),
        },
      },
      room: {
        peers: this.peers,
        self: signal({ name, state: silentState }),
        state: signal(state),
      },
      owners: {
        get rules() {
          return { ...rules, owners: town.owners };
        },
        get owns() {
          return town.owners.includes(name);
        },
        isOwner: (peerId) => town.owners.includes(peerId),
        may: () => true,
      },
      secret: signal(town.isSealed ? "secret" : undefined),
    };
    this.signs = new ChatSigns({
      call,
      entries: this.entries,
      isSeen: () => this.isSeen,
      draft: { text: this.text, to: this.to, aim: signal({ kind: "new" }) },
      after: (ms, callback) => town.clock.after(ms, callback),
      date: () => town.clock.now(),
      storage: {
        getItem: (key) => this.storage.get(key) ?? null,
        setItem: (key, text) => void this.storage.set(key, text),
        removeItem: (key) => void this.storage.delete(key),
      },
    });
  }

  /** The reactions that this person sees, as text. */
  get marks(): Record<string, string> {
    const all = [...this.signs.marks.marks.value].filter(([, marks]) => marks.length > 0);
    return Object.fromEntries(all.map(([name, marks]) => [
      name,
      marks.map(({ name, sign }) => `${name} ${sign}`).join(", "),
    ]));
  }

  get pinned(): string | undefined {
    const pin = this.signs.marks.pinned.value;
    return pin && `${pin.by}: ${pin.text}`;
  }
}

/** Everybody hears everybody, unless a link is cut. */
export class ChatTown {
  readonly clock = new VirtualClock();
  readonly people = new Map<string, Townsman>();
  readonly told: { from: string; to: string; body: unknown }[] = [];
  /** Answers to a person who has asked while they were made. */
  readonly #onTheWay: { from: string; body: unknown }[] = [];
  readonly asked: string[] = [];
  readonly cut = new Set<string>();
  owners: string[] = [];

  constructor(readonly isSealed = true) {}

  /** Somebody comes, and links open. */
  come(name: string, entries: readonly ChatEntry[] = []): Townsman {
    const one = new Townsman(this, name);
    one.entries.value = entries;
    for (const other of this.people.values()) other.peers.value = this.viewsFor(other.name);
    for (const other of this.people.values()) if (other !== one) this.link(one, other);
    return one;
  }

  /** Somebody comes whose links open before the code of the signs is loaded. */
  comeLate(name: string, entries: readonly ChatEntry[]): Townsman {
    for (const other of this.people.values()) {
      other.peers.value = [...this.viewsFor(other.name), viewOf(name)];
      other.links.emit({ type: "link", peerId: name, link: connected });
    }
    const one = new Townsman(this, name, this.viewsFor(name, connected));
    one.entries.value = entries;
    for (const said of this.#onTheWay.splice(0)) one.signs.receive(said.from, said.body);
    return one;
  }

  leave(name: string): void {
    this.people.get(name)?.signs.close();
    this.people.delete(name);
    for (const other of this.people.values()) other.peers.value = this.viewsFor(other.name);
  }

  /** The link of two people opens. */
  link(one: Townsman, other: Townsman): void {
    one.links.emit({ type: "link", peerId: other.name, link: connected });
    other.links.emit({ type: "link", peerId: one.name, link: connected });
  }

  tell(said: { from: string; to: string; body: unknown }): boolean {
    const { from, to, body } = said;
    if (this.cut.has(from) || this.cut.has(to) || !this.people.has(to)) return false;
    this.told.push(said);
    const signs: ChatSigns | undefined = this.people.get(to)?.signs;
    if (signs === undefined) this.#onTheWay.push(said);
    else signs.receive(from, structuredClone(body));
    return true;
  }

  viewsFor(name: string, link?: LinkState): PeerView[] {
    return [...this.people.keys()].filter((other) => other !== name)
      .map((other) => viewOf(other, link));
  }
}

function viewOf(peerId: string, link: LinkState = { kind: "connecting" }): PeerView {
  const peer: Peer = { peerId, name: peerId, dialect: "parley", state: silentState, away: false };
  return {
    peerId,
    peer: signal(peer),
    link: signal(link),
    speaking: signal(false),
    level: signal(0),
    tracks: {
      "microphone": signal(null),
      "camera": signal(null),
      "screen": signal(null),
      "screen-audio": signal(null),
    },
  };
}
