/**
 * Everybody else in the room, each with a link. Invariants:
 * 1 One object per peer; it is here exactly as long as the server says that the peer is in the room, whatever becomes
 *   of its link. After a restart the server must learn first: until then a peer stays for as long as its link lives.
 * 2 The newcomer calls everybody it finds; who was there first waits for the call. So joins cause no glare.
 * 3 One peer's trouble never touches another's link.
 */
import type {
  IceServer,
  Peer,
  PeerChanged,
  PeerId,
  PeerLeft,
  Signal,
  Welcome,
} from "../protocol/mod.ts";
import type { Environment } from "./environment.ts";
import type { LinkState, RoomEvent, Slot } from "./events.ts";
import { PeerLink } from "./peer_link.ts";

interface MeshOptions {
  readonly environment: Pick<Environment, "clock" | "createConnection" | "createStream">;
  readonly send: (to: PeerId, signal: Signal) => void;
  readonly emit: (event: RoomEvent) => void;
}

interface Member {
  peer: Peer;
  link: PeerLink;
  /** Ends the wait for a peer that the restarted server has not seen again yet. */
  giveUp?: (() => void) | undefined;
}

/** Longer than any client waits between two tries to reach the server, ms. */
const returnMs = 60_000;

/** The roster with its links. */
export class Mesh {
  readonly #options: MeshOptions;
  readonly #members = new Map<PeerId, Member>();
  readonly #tracks = new Map<Slot, MediaStreamTrack | null>();
  #selfId: PeerId = "";
  #configuration: RTCConfiguration = {};

  constructor(options: MeshOptions) {
    this.#options = options;
  }

  /** In join order. */
  get peers(): readonly Peer[] {
    return [...this.#members.values()].map(({ peer }) => peer);
  }

  linkOf(peerId: PeerId): LinkState | undefined {
    return this.#members.get(peerId)?.link.state;
  }

  trackOf(peerId: PeerId, slot: Slot): MediaStreamTrack | null {
    return this.#members.get(peerId)?.link.trackOf(slot) ?? null;
  }

  statsOf(peerId: PeerId): Promise<RTCStatsReport | undefined> {
    return this.#members.get(peerId)?.link.stats() ?? Promise.resolve(undefined);
  }

  /**
   * Brings members and links in line with a new roster. In another life of the room than the one that was known, the
   * server has forgotten everybody, but their links know nothing of it: those that live are kept as they are.
   */
  welcome(
    { peerId, roster, iceServers, resumed }: Welcome,
    { sameLife }: { readonly sameLife: boolean },
  ): void {
    const restarted = !resumed && !sameLife && peerId === this.#selfId;
    this.#selfId = peerId;
    this.configure(iceServers);
    const present = new Set(roster.map((peer) => peer.peerId));
    for (const member of [...this.#members.values()]) {
      if (present.has(member.peer.peerId)) continue;
      if (restarted && isAlive(member)) this.#await(member);
      else this.left({ peerId: member.peer.peerId, reason: "lost" });
    }
    for (const peer of roster) {
      const member = this.#members.get(peer.peerId);
      if (member === undefined) this.#add(peer, { calling: !resumed });
      else if (resumed || (restarted && isAlive(member))) this.#returned(member, peer);
      else this.#replace(member, peer);
    }
  }

  /** ICE servers for new connections and for the next ICE restart of those there are. */
  configure(iceServers: readonly IceServer[]): void {
    this.#configuration = { iceServers: iceServers.map(iceServer) };
    for (const { link } of this.#members.values()) link.configure(this.#configuration);
  }

  joined(peer: Peer): void {
    const member = this.#members.get(peer.peerId);
    if (member === undefined) return this.#add(peer, { calling: false });
    // Back after a restart with its link as it was, or it calls with a new connection, which the link finds out itself.
    this.#returned(member, peer);
  }

  left({ peerId, reason }: Omit<PeerLeft, "type" | "revision">): void {
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    member.giveUp?.();
    member.link.close();
    this.#members.delete(peerId);
    this.#options.emit({ type: "peer-left", peer: member.peer, reason });
  }

  changed({ peerId, name, state }: Omit<PeerChanged, "type" | "revision">): void {
    const member = this.#members.get(peerId);
    if (member !== undefined) this.#update(member, { ...member.peer, name, state });
  }

  away(peerId: PeerId): void {
    const member = this.#members.get(peerId);
    if (member !== undefined) this.#update(member, { ...member.peer, away: true });
  }

  back(peerId: PeerId): void {
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    this.#update(member, { ...member.peer, away: false });
    member.link.resend();
  }

  receive(from: PeerId, signal: Signal): void {
    this.#members.get(from)?.link.receive(signal);
  }

  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    this.#tracks.set(slot, track);
    for (const { link } of this.#members.values()) link.setTrack(slot, track);
  }

  /** Only a failed link is worth losing its connection for. */
  retry(peerId: PeerId): void {
    const link = this.#members.get(peerId)?.link;
    if (link?.state.kind === "failed") link.call();
  }

  /** Closes every link and forgets everybody, without a word; own tracks stay for the next room. */
  clear(): void {
    const members = [...this.#members.values()];
    this.#members.clear();
    for (const { link, giveUp } of members) {
      giveUp?.();
      link.close();
    }
  }

  #add(peer: Peer, { calling }: { readonly calling: boolean }): void {
    const member: Member = { peer, link: this.#link(peer) };
    this.#members.set(peer.peerId, member);
    this.#options.emit({ type: "peer-joined", peer });
    if (calling) member.link.call();
  }

  #returned(member: Member, peer: Peer): void {
    member.giveUp?.();
    member.giveUp = undefined;
    this.#update(member, peer);
    member.link.resend();
  }

  /** Not back yet, but still heard and seen: shown as away, for a bounded time. */
  #await(member: Member): void {
    const { peer } = member;
    member.giveUp?.();
    member.giveUp = this.#options.environment.clock.after(
      returnMs,
      () => this.left({ peerId: peer.peerId, reason: "lost" }),
    );
    this.#update(member, { ...peer, away: true });
  }

  /** Oneself is a newcomer again: the others have closed their ends when they were told so. */
  #replace(member: Member, peer: Peer): void {
    member.link.close();
    member.link = this.#link(peer);
    this.#update(member, peer);
    this.#options.emit({ type: "link", peerId: peer.peerId, link: member.link.state });
    member.link.call();
  }

  #update(member: Member, peer: Peer): void {
    if (isSame(member.peer, peer)) return;
    member.peer = peer;
    this.#options.emit({ type: "peer-changed", peer });
  }

  #link({ peerId, dialect }: Peer): PeerLink {
    const { environment, send, emit } = this.#options;
    const link: PeerLink = new PeerLink({
      selfId: this.#selfId,
      peerId,
      dialect,
      configuration: this.#configuration,
      environment,
      tracks: this.#tracks,
      send: (signal) => send(peerId, signal),
      emit: (event) => {
        if (!this.#members.has(peerId)) return;
        if (event.type !== "text") return emit({ ...event, peerId });
        emit({ type: "peer-text", peerId, text: event.text, at: environment.clock.date() });
      },
    });
    return link;
  }
}

/** Whether media flows over it, or did a moment ago. */
function isAlive({ link }: Member): boolean {
  return link.state.kind === "connected" || link.state.kind === "reconnecting";
}

function iceServer({ urls, ...rest }: IceServer): RTCIceServer {
  return { ...rest, urls: typeof urls === "string" ? urls : [...urls] };
}

function isSame(one: Peer, other: Peer): boolean {
  return one.name === other.name && one.away === other.away &&
    one.state.microphone === other.state.microphone && one.state.camera === other.state.camera &&
    one.state.screen === other.state.screen && one.state.hand === other.state.hand;
}
