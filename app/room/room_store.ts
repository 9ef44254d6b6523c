/**
 * The state of a room as signals. One object per peer, in join order. Invariants: a peer is in
 * `peers` from peer-joined to peer-left, whatever its connection does; events about unknown peers
 * change nothing; after `close` nothing changes.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import {
  type LinkEvent,
  type LinkState,
  type MonitorEvent,
  type OwnReport,
  type PassedMessage,
  type PresenceEvent,
  type RoomEvent,
  type RosterEvent,
  type SessionState,
  type Slot,
  subscribeTo,
} from "../../mesh/mod.ts";
import {
  type ErrorCode,
  type Peer,
  type PeerId,
  type PeerState,
  silentState,
} from "../../protocol/mod.ts";
import { type After, SpeakingWatch, type WatchLevel } from "../devices/mod.ts";

/** A remote track of a slot; null if there is none. */
export type TrackSignal = ReadonlySignal<MediaStreamTrack | null>;

/** One other person as signals. */
export interface PeerView {
  readonly peerId: PeerId;
  readonly peer: ReadonlySignal<Peer>;
  readonly link: ReadonlySignal<LinkState>;
  readonly tracks: Readonly<Record<Slot, TrackSignal>>;
  readonly speaking: ReadonlySignal<boolean>;
  /** The microphone's level, 0 to 1. */
  readonly level: ReadonlySignal<number>;
}

/** A report on one connection, and when its state began, ms by the monotonic clock. */
export type SeenReport = OwnReport & { readonly since: number };

/** The person as others see them. */
export interface SelfView {
  readonly name: string;
  readonly state: PeerState;
}

/** A part of a session, with one family of events. */
export interface Events<Event> {
  subscribe(listener: (event: Event) => void): () => void;
}

/** What every store follows of a session. */
export interface RoomEvents extends Events<RoomEvent> {
  readonly state: SessionState;
}

/** The parts of a session that the room store follows. */
interface RoomStoreEvents extends RoomEvents {
  readonly roster: Events<RosterEvent>;
  readonly links: Events<LinkEvent>;
  readonly presence: Events<PresenceEvent>;
  readonly monitor: Events<MonitorEvent>;
  readonly messages: Events<PassedMessage>;
}

type RoomStoreEvent =
  | RoomEvent
  | RosterEvent
  | LinkEvent
  | PresenceEvent
  | MonitorEvent
  | PassedMessage;

class LivePeer implements PeerView {
  readonly peerId: PeerId;
  readonly peer: Signal<Peer>;
  readonly link = signal<LinkState>({ kind: "connecting" });
  readonly tracks: Readonly<Record<Slot, Signal<MediaStreamTrack | null>>> = {
    "microphone": signal(null),
    "camera": signal(null),
    "screen": signal(null),
    "screen-audio": signal(null),
  };
  readonly #watch: SpeakingWatch;

  constructor(peer: Peer, watch: SpeakingWatch) {
    this.peerId = peer.peerId;
    this.peer = signal(peer);
    this.#watch = watch;
  }

  get speaking(): ReadonlySignal<boolean> {
    return this.#watch.speaking;
  }

  get level(): ReadonlySignal<number> {
    return this.#watch.level;
  }

  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    this.tracks[slot].value = track;
    if (slot === "microphone") this.#watch.follow(track);
  }

  close(): void {
    this.#watch.close();
  }
}

/** The dependencies of a store besides the session. `now`: ms, monotonic. */
export interface RoomFacts {
  readonly watchLevel: WatchLevel;
  readonly after: After;
  readonly now: () => number;
}

/** The room as signals. */
export class RoomStore {
  readonly #peers = signal<readonly LivePeer[]>([]);
  readonly #state: Signal<SessionState>;
  readonly #self = signal<SelfView>({ name: "", state: silentState });
  readonly #reports = signal<ReadonlyMap<PeerId, readonly SeenReport[]>>(new Map());
  readonly #hands = signal<readonly PeerId[]>([]);
  readonly #refused = signal<ErrorCode | undefined>(undefined);
  readonly #strained = signal(false);
  readonly #facts: RoomFacts;
  readonly #unsubscribe: () => void;

  constructor(session: RoomStoreEvents, facts: RoomFacts) {
    this.#state = signal(session.state);
    this.#facts = facts;
    const { roster, links, presence, monitor, messages } = session;
    this.#unsubscribe = subscribeTo<RoomStoreEvent>(
      [session, roster, links, presence, monitor, messages],
      (event) => this.#handle(event),
    );
  }

  get state(): ReadonlySignal<SessionState> {
    return this.#state;
  }

  /** The others, in join order. */
  get peers(): ReadonlySignal<readonly PeerView[]> {
    return this.#peers;
  }

  get self(): ReadonlySignal<SelfView> {
    return this.#self;
  }

  /** The reports of each end on its connections, by peer id; may include people who left. */
  get reports(): ReadonlySignal<ReadonlyMap<PeerId, readonly SeenReport[]>> {
    return this.#reports;
  }

  /** Raised hands in the server's last order; may include hands lowered since. */
  get hands(): ReadonlySignal<readonly PeerId[]> {
    return this.#hands;
  }

  /** The last refused request; undefined again after the state changes. */
  get refused(): ReadonlySignal<ErrorCode | undefined> {
    return this.#refused;
  }

  /** Whether this machine is overloaded. */
  get strained(): ReadonlySignal<boolean> {
    return this.#strained;
  }

  close(): void {
    this.#unsubscribe();
    this.#clear();
  }

  #handle(event: RoomStoreEvent): void {
    switch (event.type) {
      case "state":
        this.#refused.value = undefined;
        if (event.state.kind === "left") this.#clear();
        this.#state.value = event.state;
        return;
      case "peer-joined":
        return this.#add(event.peer);
      case "peer-changed":
        return this.#with(event.peer.peerId, (view) => view.peer.value = event.peer);
      case "peer-left":
        return this.#remove(event.peer.peerId);
      case "link":
        return this.#with(event.peerId, (view) => view.link.value = event.link);
      case "track":
        return this.#with(event.peerId, (view) => view.setTrack(event.slot, event.track));
      case "refused":
        this.#refused.value = event.code;
        return;
      case "self":
        this.#self.value = { name: event.name, state: event.state };
        return;
      case "links":
        if (this.#state.value.kind === "joined" || this.#state.value.kind === "reconnecting") {
          this.#report(this.#state.value.selfId, event.links);
        }
        return;
      case "peer-report":
        return this.#report(event.peerId, event.links);
      case "hands":
        this.#hands.value = event.peerIds;
        return;
      case "strained":
        this.#strained.value = event.strained;
    }
  }

  #report(from: PeerId, links: readonly OwnReport[]): void {
    const before = this.#reports.value.get(from);
    const now = this.#facts.now();
    const seen = links.map((link) => {
      const last = before?.find(({ peerId }) => peerId === link.peerId);
      return { ...link, since: last?.state === link.state ? last.since : now };
    });
    this.#reports.value = new Map(this.#reports.value).set(from, seen);
  }

  #add(peer: Peer): void {
    this.#remove(peer.peerId);
    const view = new LivePeer(peer, new SpeakingWatch(this.#facts));
    this.#peers.value = [...this.#peers.value, view];
  }

  #remove(peerId: PeerId): void {
    this.#with(peerId, (view) => {
      view.close();
      this.#peers.value = this.#peers.value.filter((other) => other !== view);
    });
  }

  #with(peerId: PeerId, change: (view: LivePeer) => void): void {
    const view = this.#peers.value.find((other) => other.peerId === peerId);
    if (view !== undefined) change(view);
  }

  #clear(): void {
    for (const view of this.#peers.value) view.close();
    this.#peers.value = [];
  }
}
