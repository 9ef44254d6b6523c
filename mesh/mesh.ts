/**
 * Everybody else in the room, each with a link. Invariants:
 * 1 One object per peer; it is here as long as the server says that the peer is in the room, whatever becomes of its
 *   link. One that the server has lost, or does not know again after a restart, stays while its link lives, a minute
 *   at most.
 * 2 The newcomer calls everybody it finds; who was there first waits for the call. So joins cause no glare.
 * 3 One peer's trouble never touches another's link.
 * 4 A signal goes by the server if there is one, and over the link's own channel whenever the server may not reach.
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
import type { RawFileChannel } from "./link/file_channel.ts";
import { iceServer, isRelay } from "./link/ice_servers.ts";
import { LateSkyrtc } from "./link/late_skyrtc.ts";
import type { WatchedLink } from "./link/monitor.ts";
import { type LinkEvent, PeerLink } from "./link/peer_link.ts";
import type { PeerMessage, Watch } from "./link/peer_message.ts";
import type { RoomOwners } from "./signaling/room_owners.ts";

interface MeshOptions {
  readonly environment: Omit<Environment, "openSocket">;
  /** By the server; false while there is no session with it. */
  readonly send: (to: PeerId, signal: Signal) => boolean;
  /** What a peer must hear at once of oneself, because the server cannot tell it; mostly nothing. */
  readonly introduction: () => readonly PeerMessage[];
  /** Whether own media may only go through a relay. */
  readonly relayOnly: () => boolean;
  readonly owners: Pick<RoomOwners, "allows" | "allowsSlot">;
  /** Somebody has said what they see. */
  readonly watched: () => void;
  readonly emit: (event: RoomEvent) => void;
}

interface Member {
  peer: Peer;
  link: PeerLink;
  /** Its last signal came over the data channel: the way back is the same, whatever the socket seems to do. */
  direct: boolean;
  /** Something was told to it directly; see RoomSession. */
  told: boolean;
  /** It has told its name or state directly, so they are newer than what the server says while it is away. */
  hasTold: boolean;
  /** What it sees of one's own pictures, as it has said, and what it was told of those seen here. */
  watch: Watch | undefined;
  asked: Watch | undefined;
  /** Slots that carry what the owners do not allow it to show. */
  readonly hidden: Set<Slot>;
  /** Ends the wait for a peer that the restarted server has not seen again yet. */
  giveUp?: (() => void) | undefined;
}

const silent = { direct: false, told: false, hasTold: false, watch: undefined, asked: undefined };

/** ms; longer than any client waits between two tries to reach the server. */
const returnMs = 60_000;

/** The roster with its links. */
export class Mesh {
  /** Text and files with pages of that dialect. */
  readonly skyrtc: LateSkyrtc;
  readonly #options: MeshOptions;
  readonly #members = new Map<PeerId, Member>();
  readonly #tracks = new Map<Slot, MediaStreamTrack | null>();
  #selfId: PeerId = "";
  #configuration: RTCConfiguration = {};

  constructor(options: MeshOptions) {
    this.#options = options;
    this.skyrtc = new LateSkyrtc(options);
  }

  /** In join order. */
  get peers(): readonly Peer[] {
    return [...this.#members.values()].map(({ peer }) => peer);
  }

  /** Everybody's link, in join order. */
  get links(): readonly WatchedLink[] {
    return [...this.#members.values()];
  }

  /** Whether the server named a relay. */
  get relayKnown(): boolean {
    return this.#configuration.iceServers?.some(isRelay) ?? false;
  }

  linkOf(peerId: PeerId): LinkState | undefined {
    return this.#members.get(peerId)?.link.state;
  }

  trackOf(peerId: PeerId, slot: Slot): MediaStreamTrack | null {
    const isAllowed = this.#options.owners.allowsSlot(peerId, slot);
    return isAllowed ? this.#members.get(peerId)?.link.trackOf(slot) ?? null : null;
  }

  /** The owners have reserved something to themselves, or no more. */
  rulesChanged(): void {
    for (const member of this.#members.values()) {
      for (const slot of ["screen", "screen-audio"] as const) {
        const track = member.link.trackOf(slot);
        const isAllowed = this.#options.owners.allowsSlot(member.peer.peerId, slot);
        if (track !== null && isAllowed === member.hidden.has(slot)) {
          this.#tellTrack(member, { slot, track });
        }
      }
    }
  }

  /** See PeerLink. */
  openFileChannel(peerId: PeerId): RawFileChannel | undefined {
    return this.#members.get(peerId)?.link.openFileChannel();
  }

  /**
   * Brings members and links in line with a new roster. Where the server has forgotten oneself or the others, their
   * links know nothing of it: those that live are kept as they are, unless oneself has another id now.
   */
  welcome(
    { peerId, roster, iceServers, resumed }: Welcome,
    { sameLife }: { readonly sameLife: boolean },
  ): void {
    const same = peerId === this.#selfId;
    this.#selfId = peerId;
    this.configure(iceServers);
    const present = new Set(roster.map((peer) => peer.peerId));
    for (const member of [...this.#members.values()]) {
      if (present.has(member.peer.peerId)) continue;
      const { life } = member.link;
      if (same && (life === "flows" || (life === "heals" && !sameLife))) this.#await(member);
      else this.#remove(member, "lost");
    }
    for (const peer of roster) {
      const member = this.#members.get(peer.peerId);
      // A page that was loaded anew comes back as itself with nothing in its hands.
      if (member === undefined) this.#add(peer, { calling: !resumed || !same });
      else if (resumed || (same && member.link.life !== "none")) this.#returned(member, peer);
      else this.#replace(member, peer);
    }
  }

  /** ICE servers for new connections and for the next ICE restart of those there are. */
  configure(iceServers: readonly IceServer[]): void {
    this.#configuration = {
      iceServers: iceServers.map(iceServer),
      iceTransportPolicy: this.#options.relayOnly() ? "relay" : "all",
    };
    for (const { link } of this.#members.values()) link.configure(this.#configuration);
  }

  /** Own media may take other ways than before: every link looks for one, at once if `anew`, else with its next restart. */
  policyChanged(anew: boolean): void {
    const { iceServers } = this.#configuration;
    const iceTransportPolicy = this.#options.relayOnly() ? "relay" : "all";
    this.#configuration = { ...iceServers && { iceServers }, iceTransportPolicy };
    for (const { link } of this.#members.values()) {
      link.configure(this.#configuration);
      if (anew) link.restartIce();
    }
  }

  joined(peer: Peer): void {
    const member = this.#members.get(peer.peerId);
    if (member === undefined) return this.#add(peer, { calling: false });
    // Back after a restart with its link as it was, or it calls with a new connection, which the link finds out itself.
    this.#returned(member, peer);
  }

  /** A peer that only the server has lost stays for as long as its link lives, a minute at most. */
  left({ peerId, reason }: Omit<PeerLeft, "type" | "revision">): void {
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    if (reason === "lost" && member.link.life === "flows") this.#await(member);
    else this.#remove(member, reason);
  }

  changed({ peerId, name, state }: Omit<PeerChanged, "type" | "revision">): void {
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    member.hasTold = false;
    this.#update(member, { ...member.peer, name, state });
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
    member.link.nudge();
  }

  receive(from: PeerId, signal: Signal): void {
    const member = this.#members.get(from);
    if (member === undefined) return;
    member.direct = false;
    member.link.receive(signal);
  }

  /** Over the data channels: to `everybody`, or only to those whom the server does not reach now. */
  say(message: PeerMessage, { everybody }: { readonly everybody: boolean }): void {
    for (const member of this.#members.values()) {
      member.told ||= everybody || member.peer.away;
      if (member.told) member.link.say(message);
    }
  }

  /** Tells a peer which of its pictures are seen here; said again with every new connection. */
  ask(peerId: PeerId, watch: Watch): void {
    const member = this.#members.get(peerId);
    if (member !== undefined) member.asked = watch;
    member?.link.say(watch);
  }

  /** Own track in a slot. */
  ownTrack(slot: Slot): MediaStreamTrack | null {
    return this.#tracks.get(slot) ?? null;
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
    this.#selfId = "";
    for (const { link, giveUp } of members) {
      giveUp?.();
      link.close();
    }
  }

  #add(peer: Peer, { calling }: { readonly calling: boolean }): void {
    const link = this.#link(peer);
    const member: Member = { ...silent, peer, link, hidden: new Set() };
    this.#members.set(peer.peerId, member);
    this.#options.emit({ type: "peer-joined", peer });
    if (calling) member.link.call();
  }

  #returned(member: Member, peer: Peer): void {
    member.giveUp?.();
    member.giveUp = undefined;
    const { name, state } = member.hasTold && peer.away ? member.peer : peer;
    member.hasTold &&= peer.away;
    this.#update(member, { ...peer, name, state });
    member.link.resend();
    member.link.nudge();
  }

  /** Not in the server's roster, but still heard and seen: shown as away, for a bounded time. */
  #await(member: Member): void {
    if (member.giveUp !== undefined) return;
    const { clock } = this.#options.environment;
    member.giveUp = clock.after(returnMs, () => this.#remove(member, "lost"));
    this.#update(member, { ...member.peer, away: true });
  }

  #remove(member: Member, reason: PeerLeft["reason"]): void {
    member.giveUp?.();
    member.link.close();
    this.#members.delete(member.peer.peerId);
    this.#options.emit({ type: "peer-left", peer: member.peer, reason });
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
    const link: PeerLink = new PeerLink({
      selfId: this.#selfId,
      peerId,
      dialect,
      configuration: this.#configuration,
      environment: this.#options.environment,
      tracks: this.#tracks,
      send: (signal, { again }) => this.#signal(peerId, { signal, again }),
      emit: (event) => {
        const member = this.#members.get(peerId);
        if (member?.link === link) this.#take(member, event);
      },
    });
    return link;
  }

  /** By the server where it reaches the peer, directly where it may not; a second copy does no harm. */
  #signal(to: PeerId, { signal, again }: { readonly signal: Signal; readonly again: boolean }) {
    const said = this.#options.send(to, signal);
    const member = this.#members.get(to);
    if (member === undefined) return;
    if (again || !said || member.peer.away || member.direct) {
      member.link.say({ type: "signal", signal });
    }
  }

  #take(member: Member, event: LinkEvent): void {
    const { emit, introduction } = this.#options;
    const { peer: { peerId }, link } = member;
    switch (event.type) {
      case "link":
        emit({ ...event, peerId });
        // Whoever is waited for is waited for because its link lived.
        if (event.link.kind === "failed" && member.giveUp !== undefined) {
          this.#remove(member, "lost");
        }
        return;
      case "track":
        return this.#tellTrack(member, event);
      case "file-channel":
        if (this.#options.owners.allows(peerId, "files")) return emit({ ...event, peerId });
        return event.raw.channel.close();
      case "skyrtc-channel":
        return this.skyrtc.take(peerId, event.foreign);
      case "ended":
        if (member.giveUp !== undefined) this.#remove(member, "lost");
        return;
      case "opened":
        for (const message of introduction()) member.told = link.say(message);
        if (member.asked !== undefined) link.say(member.asked);
        return;
      case "heard":
        return this.#heard(member, event.message);
      default:
        return event satisfies never;
    }
  }

  #tellTrack(
    { peer: { peerId }, hidden }: Member,
    { slot, track }: { slot: Slot; track: MediaStreamTrack | null },
  ): void {
    const { owners, emit } = this.#options;
    const isAllowed = owners.allowsSlot(peerId, slot);
    if (track === null || isAllowed) hidden.delete(slot);
    else hidden.add(slot);
    emit({ type: "track", peerId, slot, track: isAllowed ? track : null });
  }

  #heard(member: Member, message: PeerMessage): void {
    const { peer, link } = member;
    switch (message.type) {
      case "signal":
        member.direct = true;
        return link.receive(message.signal);
      case "state":
        member.hasTold = true;
        return this.#update(member, { ...peer, state: message.state });
      case "watch":
        member.watch = message;
        return this.#options.watched();
      case "rename":
        member.hasTold = true;
        return this.#update(member, { ...peer, name: message.name });
      default:
        return message satisfies never;
    }
  }
}

function isSame(one: Peer, other: Peer): boolean {
  return one.name === other.name && one.away === other.away &&
    one.state.microphone === other.state.microphone && one.state.camera === other.state.camera &&
    one.state.screen === other.state.screen && one.state.hand === other.state.hand;
}
