/**
 * Who of a room can be trusted, as signals; loaded after the first pictures. Invariants:
 * 1 What is shown of a peer is what the session says now, with what this browser remembers of the
 *   peer's identity; the store adds no trust.
 * 2 A notice is there once, and goes with its reason; outside a room there are none.
 */
import type { Signal, signal } from "@preact/signals-core";
import {
  type Alarm,
  type RoomEvent,
  type RoomSession,
  type RosterEvent,
  subscribeTo,
  type Trust,
  type TrustEvent,
} from "../../mesh/mod.ts";
import { attempt } from "../../protocol/attempt.ts";
import type { Peer, PeerId } from "../../protocol/mod.ts";
import { KnownPeople } from "./known_people.ts";
import type { Events, RoomEvents } from "../room/mod.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** The part of a session that says who can be trusted. */
export type RoomTrust = Pick<
  RoomSession["trust"],
  "secret" | "of" | "words" | "identity" | "viewsDiffer" | "subscribe"
>;

/** The parts of a session that the store follows. */
interface TrustedSession extends RoomEvents {
  readonly roster: Events<RosterEvent> & { readonly peers: readonly Peer[] };
  readonly trust: RoomTrust;
}

/**
 * What is shown of a peer. `compared`: verified, and its safety words were compared; `differs`: the
 * person says that the safety words differ.
 */
export type ShownTrust = Trust | { readonly kind: "compared" } | { readonly kind: "differs" };

/** Everything to show about one peer. `words`: undefined until they are known. */
export interface PeerTrust {
  readonly shown: ShownTrust;
  readonly words: readonly number[] | undefined;
  readonly viewsDiffer: boolean;
}

/** News about trust, until it is dismissed or no longer true. `key` identifies its subject. */
export type TrustNotice =
  & { readonly key: string }
  & (
    | {
      readonly kind: "alarm";
      readonly peerId: PeerId;
      readonly name: string;
      readonly alarm: Alarm;
    }
    | { readonly kind: "views"; readonly peerId: PeerId; readonly name: string }
    /** The name is known of another browser. */
    | { readonly kind: "other-browser"; readonly peerId: PeerId; readonly name: string }
    /** `by`: the owner; undefined: this person. `removed`: the people whom they removed. */
    | {
      readonly kind: "link-changed";
      readonly by: string | undefined;
      readonly removed: readonly string[];
    }
  );

/** The trust of a page in this browser. */
export function openTrust(options: Pick<TrustOptions, "session" | "signal">): TrustStore {
  const storage = attempt(() => globalThis.localStorage) ?? undefined;
  return new TrustStore({ ...options, storage, date: () => Date.now() });
}

/**
 * The dependencies. `date`: now in ms since the epoch; `signal` is from the page's copy of the
 * library.
 */
export interface TrustOptions {
  readonly session: TrustedSession;
  readonly storage: KeyStorage | undefined;
  readonly date: () => number;
  readonly signal: typeof signal;
}

/** Trust in the members of a room. */
export class TrustStore {
  readonly #session: TrustedSession;
  readonly #trust: RoomTrust;
  readonly #people: KnownPeople;
  readonly #date: () => number;
  readonly #signal: typeof signal;
  readonly #peers = new Map<PeerId, Signal<PeerTrust>>();
  readonly #differing = new Set<string>();
  readonly #sealed: Signal<boolean>;
  readonly #notices: Signal<readonly TrustNotice[]>;
  readonly #comparing: Signal<PeerId | undefined>;
  readonly #unsubscribe: () => void;
  /** Who was removed since the link last changed. */
  #removed: string[] = [];

  constructor({ session, storage, date, signal }: TrustOptions) {
    const { roster, trust } = session;
    this.#session = session;
    this.#trust = trust;
    this.#people = new KnownPeople(storage);
    this.#date = date;
    this.#signal = signal;
    this.#sealed = signal(trust.secret !== undefined);
    this.#notices = signal<readonly TrustNotice[]>([]);
    this.#comparing = signal<PeerId | undefined>(undefined);
    this.#unsubscribe = subscribeTo<RoomEvent | RosterEvent | TrustEvent>(
      [session, roster, trust],
      (event) => this.#handle(event),
    );
    for (const { peerId } of roster.peers) this.#look(peerId);
  }

  /** Whether the room has a link with a secret; otherwise nobody in it can be verified. */
  get sealed(): boolean {
    return this.#sealed.value;
  }

  /** What to show about a member. */
  of(peerId: PeerId): PeerTrust {
    return this.#peers.get(peerId)?.value ?? this.#read(peerId);
  }

  /** The news that are not dismissed, the newest last. */
  get notices(): readonly TrustNotice[] {
    return this.#notices.value;
  }

  /** The peer whose safety words are open for comparing. */
  get comparing(): PeerId | undefined {
    return this.#comparing.value;
  }

  /** Opens the safety words with a peer; undefined closes them. */
  openWords(peerId: PeerId | undefined): void {
    this.#comparing.value = peerId;
  }

  /** The person has compared the safety words with a peer: remembers whether they are the same. */
  setCompared(peerId: PeerId, same: boolean): void {
    const identity = this.#trust.identity(peerId);
    if (identity !== undefined) this.#people.compare(identity, same);
    if (same) this.#differing.delete(peerId);
    else this.#differing.add(peerId);
    this.#look(peerId);
  }

  dismiss(key: string): void {
    this.#keepNotices((notice) => notice.key !== key);
  }

  close(): void {
    this.#unsubscribe();
  }

  #handle(event: RoomEvent | RosterEvent | TrustEvent): void {
    switch (event.type) {
      case "state":
        this.#sealed.value = this.#trust.secret !== undefined;
        return event.state.kind === "left" ? this.#clear() : undefined;
      case "secret":
        return this.#follow(event);
      case "peer-left":
        return this.#forget(event);
      case "peer-joined":
      case "peer-changed":
        return this.#look(event.peer.peerId);
      case "trust":
      case "safety-words":
      case "identity":
      case "views":
        return this.#look(event.peerId);
    }
  }

  /** Reads anew what the session says about a member. */
  #look(peerId: PeerId): void {
    this.#meet(peerId);
    const seen = this.#peers.get(peerId);
    const before = seen?.peek();
    const now = this.#read(peerId);
    if (seen === undefined) this.#peers.set(peerId, this.#signal(now));
    else seen.value = now;
    this.#tellAlarm(peerId, { before: alarmOf(before), now: alarmOf(now) });
    this.#tellViews(peerId, { before: before?.viewsDiffer ?? false, now: now.viewsDiffer });
  }

  #tellAlarm(peerId: PeerId, { before, now }: Change<Alarm | undefined>): void {
    const key = `alarm ${peerId}`;
    if (now === undefined) return this.dismiss(key);
    if (now === before) return;
    this.#show({ key, kind: "alarm", peerId, name: this.#nameOf(peerId), alarm: now });
  }

  #tellViews(peerId: PeerId, { before, now }: Change<boolean>): void {
    const key = `views ${peerId}`;
    if (!now) return this.dismiss(key);
    if (!before) this.#show({ key, kind: "views", peerId, name: this.#nameOf(peerId) });
  }

  #read(peerId: PeerId): PeerTrust {
    const words = this.#trust.words(peerId);
    const viewsDiffer = this.#trust.viewsDiffer(peerId);
    return { shown: this.#shown(peerId), words, viewsDiffer };
  }

  #shown(peerId: PeerId): ShownTrust {
    const now = this.#trust.of(peerId);
    if (now.kind !== "verified") return now;
    if (this.#differing.has(peerId)) return { kind: "differs" };
    const known = this.#people.of(this.#trust.identity(peerId) ?? "");
    return known?.compared ? { kind: "compared" } : now;
  }

  /** Remembers a verified peer by its identity and name. */
  #meet(peerId: PeerId): void {
    const trust = this.#trust;
    const { roster } = this.#session;
    const identity = trust.identity(peerId);
    const name = this.#nameOf(peerId);
    if (identity === undefined || name === "" || trust.of(peerId).kind !== "verified") return;
    const key = `browser ${name}`;
    // The person whom the name was known of is here too, so there are two of that name.
    if (this.#people.of(identity)?.name === name) {
      this.#keepNotices((notice) =>
        notice.key !== key || !("peerId" in notice) || notice.peerId === peerId
      );
    }
    const present = roster.peers.map((peer) => trust.identity(peer.peerId) ?? "");
    if (this.#people.meet({ identity, name, at: this.#date(), present })) {
      this.#show({ key, kind: "other-browser", peerId, name });
    }
  }

  #show(notice: TrustNotice): void {
    const others = this.#notices.peek().filter(({ key }) => key !== notice.key);
    this.#notices.value = [...others, notice];
  }

  #keepNotices(isKept: (notice: TrustNotice) => boolean): void {
    const kept = this.#notices.peek().filter(isKept);
    if (kept.length < this.#notices.peek().length) this.#notices.value = kept;
  }

  #follow({ secret, by }: Extract<TrustEvent, { type: "secret" }>): void {
    this.#sealed.value = secret !== undefined;
    if (by === undefined) return;
    const { state } = this.#session;
    const isOwn = "selfId" in state && state.selfId === by;
    this.#show({
      key: "link",
      kind: "link-changed",
      by: isOwn ? undefined : this.#nameOf(by),
      removed: this.#removed,
    });
    this.#removed = [];
  }

  #forget({ peer: { peerId, name }, reason }: Extract<RosterEvent, { type: "peer-left" }>): void {
    if (reason === "kicked") this.#removed.push(name);
    this.#peers.delete(peerId);
    this.#differing.delete(peerId);
    this.#keepNotices((notice) => !("peerId" in notice) || notice.peerId !== peerId);
    if (this.#comparing.peek() === peerId) this.#comparing.value = undefined;
  }

  #clear(): void {
    this.#peers.clear();
    this.#differing.clear();
    this.#removed = [];
    this.#notices.value = [];
    this.#comparing.value = undefined;
  }

  #nameOf(peerId: PeerId): string {
    return this.#session.roster.peers.find((peer) => peer.peerId === peerId)?.name ?? "";
  }
}

interface Change<Value> {
  readonly before: Value;
  readonly now: Value;
}

function alarmOf(trust: PeerTrust | undefined): Alarm | undefined {
  return trust?.shown.kind === "alarm" ? trust.shown.alarm : undefined;
}
