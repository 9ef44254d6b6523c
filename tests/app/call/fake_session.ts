/** A session that does nothing by itself: tests tell it what happens and read what it was asked. */
import type {
  ChatAddress,
  ChatEvent,
  LinkEvent,
  MonitorEvent,
  PassedMessage,
  PresenceEvent,
  RoomEvent,
  RosterEvent,
  SessionState,
  Shown,
  TrustEvent,
} from "../../../mesh/mod.ts";
import {
  type ClientMessage,
  type LateMessage,
  type OwnershipUpdate,
  type Peer,
  type PeerState,
  silentState,
} from "../../../protocol/mod.ts";
import type { Session } from "../../../app/call/call_options.ts";

/** Each family of events with the part of a session that tells it. */
interface Families {
  readonly session: RoomEvent;
  readonly roster: RosterEvent;
  readonly links: LinkEvent;
  readonly presence: PresenceEvent;
  readonly chat: ChatEvent;
  readonly monitor: MonitorEvent;
  readonly owners: OwnershipUpdate;
  readonly messages: PassedMessage;
  readonly late: LateMessage;
  readonly trust: TrustEvent;
}

type Part = keyof Families;
type AnyEvent = Families[Part];

/** The part that tells an event. */
const partOf: Readonly<Record<AnyEvent["type"], Part>> = {
  "state": "session",
  "refused": "session",
  "peer-joined": "roster",
  "peer-changed": "roster",
  "peer-left": "roster",
  "link": "links",
  "track": "links",
  "topic": "links",
  "channel": "links",
  "file-channel": "links",
  "peer-text": "links",
  "watch": "links",
  "self": "presence",
  "chat-waiting": "chat",
  "chat": "chat",
  "chat-changing": "chat",
  "chat-changed": "chat",
  "chat-gap": "chat",
  "chat-missing": "chat",
  "chat-refused": "chat",
  "links": "monitor",
  "strained": "monitor",
  "rules": "owners",
  "owner-key": "owners",
  "knocking": "owners",
  "knocks": "owners",
  "invites": "owners",
  "mute-request": "owners",
  "signal": "messages",
  "ice-servers": "messages",
  "peer-away": "messages",
  "peer-back": "messages",
  "hands": "messages",
  "reaction": "messages",
  "peer-report": "messages",
  "error": "messages",
  "move-offered": "late",
  "move-taken": "late",
  "move-parcel": "late",
  "move-refused": "late",
  "marks": "late",
  "pinned": "late",
  "trust": "trust",
  "secret": "trust",
  "safety-words": "trust",
  "identity": "trust",
  "views": "trust",
  "powers": "late",
  "lines-deleted": "late",
  "removed-for": "late",
  "times": "late",
  "ending": "late",
  "ended": "late",
  "outside-hours": "late",
  "attendance": "late",
};

export class FakeSession implements Session {
  state: SessionState = { kind: "idle" };
  /** Every call in order, as text. */
  readonly asked: string[] = [];
  listeners = 0;
  readonly #listeners = new Map<Part, Set<(event: never) => void>>();

  readonly iceServers = [];
  readonly subscribe = this.#subscribing("session");
  readonly roster = { peers: [] as Peer[], subscribe: this.#subscribing("roster") };
  readonly owners = {
    subscribe: this.#subscribing("owners"),
    handle: (message: OwnershipUpdate) => this.emit(message),
    taken: undefined,
    credentials: {},
    allows: () => true,
  };
  readonly late = { subscribe: this.#subscribing("late") };
  readonly messages = { subscribe: this.#subscribing("messages") };
  /** Of an open room. */
  readonly trust = {
    secret: undefined,
    of: () => ({ kind: "open" } as const),
    words: () => undefined,
    identity: () => undefined,
    viewsDiffer: () => false,
    subscribe: this.#subscribing("trust"),
  };

  readonly presence = {
    name: "Me",
    subscribe: this.#subscribing("presence"),
    setMuted: (muted: boolean) => void this.asked.push(muted ? "mute" : "unmute"),
    change: ({ hand }: Partial<PeerState>) => void this.asked.push(hand ? "hand up" : "hand down"),
  };

  readonly chat = {
    subscribe: this.#subscribing("chat"),
    send: (text: string, { to, answers }: ChatAddress = {}): string | undefined => {
      const more = [to && ` to ${to}`, answers && ` on ${answers}`].filter(Boolean).join("");
      this.asked.push(`say ${text}${more}`);
      return text === "" ? undefined : "ref";
    },
    change: (ref: string, text: string | null): boolean => {
      this.asked.push(`change ${ref} to ${text}`);
      return true;
    },
  };

  readonly monitor = {
    subscribe: this.#subscribing("monitor"),
    relayPlace: () => "unknown" as const,
    setLight: (light: boolean) => {
      if (light) this.asked.push("small pictures");
    },
  };

  readonly links = {
    subscribe: this.#subscribing("links"),
    relayOnly: false,
    setRelayOnly: (relayOnly: boolean) => {
      this.links.relayOnly = relayOnly;
      this.asked.push(relayOnly ? "relays only" : "any way");
    },
    watch: (peerId: string, { camera }: Shown) =>
      void this.asked.push(`${peerId} at ${camera.width}`),
    retry: (peerId: string) => void this.asked.push(`retry ${peerId}`),
    stateOf: () => undefined,
    receiversOf: () => [],
    openChannel: () => undefined,
    ownTrack: () => null,
    tell: (peerId: string, topic: string) => {
      this.asked.push(`tell ${peerId} about ${topic}`);
      return true;
    },
  };

  /** Makes something happen. */
  emit(event: AnyEvent): void {
    if (event.type === "state") this.state = event.state;
    if (event.type === "peer-joined") this.roster.peers.push(event.peer);
    for (const listener of [...this.#listeners.get(partOf[event.type]) ?? []]) {
      // The table above gives the part of each event.
      (listener as (event: AnyEvent) => void)(event);
    }
  }

  #subscribing<P extends Part>(part: P) {
    return (listener: (event: Families[P]) => void) => {
      const listeners = this.#listeners.get(part) ?? new Set();
      this.#listeners.set(part, listeners.add(listener));
      this.listeners++;
      return () => {
        if (listeners.delete(listener)) this.listeners--;
      };
    };
  }

  become(state: SessionState): void {
    this.emit({ type: "state", state });
  }

  /** Enters as "me". */
  enter(): void {
    this.become({ kind: "joined", room: "attic", selfId: "me", capacity: 8 });
  }

  /** What it was last asked to join with. */
  visit: Parameters<Session["join"]>[0] | undefined;

  join(visit: Parameters<Session["join"]>[0]): void {
    const { room, name } = this.visit = visit;
    this.asked.push(`join ${room} as ${name}`);
  }

  leave(): void {
    this.asked.push("leave");
    this.become({ kind: "left", room: "attic", reason: "left" });
  }

  close(): void {
    this.asked.push("close");
    if (this.state.kind === "joined") this.become({ kind: "left", room: "attic", reason: "left" });
  }

  setTrack(slot: string, track: MediaStreamTrack | null): void {
    this.asked.push(`${track === null ? "no" : "a"} track in ${slot}`);
  }

  send(message: ClientMessage): boolean {
    this.asked.push(
      message.type === "react" ? `react ${message.reaction}` : `decide ${message.type}`,
    );
    return this.state.kind === "joined";
  }
}

/** A peer with everything off. */
export function peer(peerId: string, name = peerId): Peer {
  return { peerId, name, dialect: "parley", state: silentState, away: false };
}

/** Stands for a track where nobody looks inside. */
export function fakeTrack(): MediaStreamTrack {
  const track: unknown = Object.create(null);
  // deno-lint-ignore no-explicit-any -- a track is only passed on here, never read
  return track as any;
}
