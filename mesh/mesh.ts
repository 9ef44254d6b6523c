/**
 * The links to the other members of the room. Invariants:
 * 1 There is one link for each member; the roster adds and removes it.
 * 2 A failure of one link does not affect another one.
 * 3 A signal goes through the server if there is a session, and also over the link's data channel
 *   if the server may not reach the peer.
 * 4 A track that the owners do not allow a peer is not given out, whatever the peer sends.
 * 5 In a sealed room a peer gets tracks, and its messages count, only while it is verified.
 */
import type { OpenSignal, Peer, PeerId, Rename, SetState } from "../protocol/mod.ts";
import { Emitter, subscribeTo } from "./emitter.ts";
import type { Environment } from "./environment.ts";
import {
  type ChatEvent,
  type LinkEvent,
  type LinkState,
  type RoomEvent,
  type RosterEvent,
  type Slot,
  slots,
} from "./events.ts";
import { fileLabel, type RawChannel } from "./link/raw_channel.ts";
import { iceServer } from "./link/ice_servers.ts";
import { LateSkyrtc } from "./link/late_skyrtc.ts";
import type { PeerLinkEvent, SignalEvent } from "./link/link_event.ts";
import type { WatchedLink } from "./link/monitor.ts";
import { PeerLink } from "./link/peer_link.ts";
import type { PeerMessage, Shown } from "./link/peer_message.ts";
import type { RoomClient } from "./signaling/room_client.ts";
import type { LinkedMember } from "./linked_member.ts";
import type { LinkLife, MemberLinks } from "./signaling/roster.ts";

interface MeshOptions {
  readonly room: RoomClient;
  readonly environment: Omit<Environment, "openSocket">;
  readonly relayOnly: boolean;
}

/** All links of this browser. */
export class Mesh extends Emitter<LinkEvent> implements MemberLinks {
  /** Text and files with SkyRTC pages. */
  readonly skyrtc: LateSkyrtc;
  /** Whether media goes through a relay only; see setRelayOnly(). */
  relayOnly: boolean;
  readonly #options: MeshOptions;
  readonly #members = new Map<PeerId, LinkedMember>();
  readonly #tracks = new Map<Slot, MediaStreamTrack | null>();
  #configuration: RTCConfiguration = {};

  constructor(options: MeshOptions) {
    super();
    this.#options = options;
    this.relayOnly = options.relayOnly;
    const { room, environment } = options;
    const { owners, trust } = room;
    this.skyrtc = new LateSkyrtc({ environment, owners, emit: (event) => this.emit(event) });
    trust.sendOverLink = (peerId, message) =>
      this.#members.get(peerId)?.link.send({ type: "trust", trust: message });
    subscribeTo<RoomEvent | RosterEvent>([room, room.roster], () => trust.sealed?.talk.changed());
    room.roster.attach(this);
    room.messages.subscribe((message) => {
      if (message.type === "signal") this.receive(message.from, message.signal);
      else if (message.type === "ice-servers") this.configure();
    });
    owners.subscribe((message) => {
      if (message.type === "rules") this.#applyRules();
    });
    trust.subscribe((event) => {
      if (event.type !== "trust") return;
      this.#applyTrust(event.peerId);
      trust.sealed?.talk.changed();
    });
    subscribeTo<RoomEvent | RosterEvent | ChatEvent>(
      [room, room.roster, room.chat],
      (event) => this.skyrtc.handle(event),
    );
  }

  /** Each link with its peer, in join order. */
  get watched(): readonly WatchedLink[] {
    const { roster } = this.#options.room;
    return roster.peers.flatMap((peer) => {
      const member = this.#members.get(peer.peerId);
      return member === undefined ? [] : [{ ...member, peer }];
    });
  }

  /** The state of the link to a peer; undefined without one. */
  stateOf(peerId: PeerId): LinkState | undefined {
    return this.#members.get(peerId)?.link.state;
  }

  /** The remote track of a slot; null if there is none, or the owners do not allow it. */
  trackOf(peerId: PeerId, slot: Slot): MediaStreamTrack | null {
    const member = this.#members.get(peerId);
    return member === undefined || member.hidden.has(slot) ? null : member.link.trackOf(slot);
  }

  /** The receivers of the connection to a peer. */
  receiversOf(peerId: PeerId): readonly RTCRtpReceiver[] {
    return this.#members.get(peerId)?.link.receivers ?? [];
  }

  /** The own track in a slot. */
  ownTrack(slot: Slot): MediaStreamTrack | null {
    return this.#tracks.get(slot) ?? null;
  }

  /** Sets the track that the others get in `slot` from now on. */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    this.#tracks.set(slot, track);
    for (const { peerId, link } of this.#members.values()) {
      if (this.#options.room.trust.admits(peerId)) link.setTrack(slot, track);
    }
  }

  /**
   * Sends media through a relay only, or over any path. Every link restarts ICE at once if `anew`,
   * otherwise at its next chance. If the server names no relay, no link connects.
   */
  setRelayOnly(relayOnly: boolean, { anew = true } = {}): void {
    if (relayOnly === this.relayOnly) return;
    this.relayOnly = relayOnly;
    this.configure();
    if (!anew) return;
    for (const { link } of this.#members.values()) link.restartIce();
  }

  /** Tries a failed link again, with a new connection. */
  retry(peerId: PeerId): void {
    const link = this.#members.get(peerId)?.link;
    if (link?.state.kind === "failed") link.call();
  }

  /**
   * Tells a peer how its pictures are shown here, so that it sends no larger ones. The message is
   * sent again on each new connection.
   */
  watch(peerId: PeerId, shown: Shown): void {
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    member.shown = { type: "watch", ...shown };
    member.link.send(member.shown);
  }

  /**
   * Opens a channel to a peer; `label` begins with `parley-`. Undefined without a link, or if the
   * peer has a SkyRTC page or is not to be trusted.
   */
  openChannel(peerId: PeerId, label: string): RawChannel | undefined {
    return this.#admitted(peerId)?.link.openChannel(label);
  }

  /**
   * Sends a peer a message about a topic, 1 to 16 characters. False: it has no open data channel
   * now, or is not to be trusted. A page that does not know the topic ignores the message.
   */
  tell(peerId: PeerId, topic: string, body: unknown): boolean {
    return this.#admitted(peerId)?.link.send({ type: "topic", topic, body }) ?? false;
  }

  /**
   * Sends the own name or state over the data channels: to `everybody`, or to the peers that the
   * server does not reach.
   */
  announce(message: SetState | Rename, { everybody }: { readonly everybody: boolean }): void {
    for (const member of this.#members.values()) {
      member.isInformed ||= everybody || this.#isAway(member);
      if (member.isInformed) member.link.send(message);
    }
  }

  lifeOf(peerId: PeerId): LinkLife {
    return this.#members.get(peerId)?.link.life ?? "none";
  }

  configure(isForgotten = false): void {
    const { iceServers, trust } = this.#options.room;
    const certificate = trust.sealed?.certificate;
    this.#configuration = {
      ...certificate !== undefined && { certificates: [certificate] },
      iceServers: iceServers.map(iceServer),
      iceTransportPolicy: this.relayOnly ? "relay" : "all",
    };
    for (const { link } of this.#members.values()) {
      link.configure(this.#configuration, isForgotten);
    }
  }

  add(peer: Peer): void {
    const { peerId } = peer;
    this.#members.set(peerId, {
      peerId,
      link: this.#newLink(peer),
      watch: undefined,
      shown: undefined,
      hidden: new Set(),
    });
  }

  call(peerId: PeerId): void {
    this.#members.get(peerId)?.link.call();
  }

  replace(peer: Peer): void {
    const { peerId } = peer;
    const member = this.#members.get(peerId);
    if (member === undefined) return;
    this.#renew(member, peer);
    member.link.call();
  }

  resume(peerId: PeerId): void {
    this.#members.get(peerId)?.link.resume();
  }

  remove(peerId: PeerId): void {
    this.#members.get(peerId)?.link.close();
    this.#members.delete(peerId);
  }

  /** Closes every link; own tracks stay for the next room. */
  reset(): void {
    const members = [...this.#members.values()];
    this.#members.clear();
    for (const { link } of members) link.close();
  }

  /** Handles a signal of a peer, from the server or, if `isDirect`, from its data channel. */
  receive(from: PeerId, signal: OpenSignal, { isDirect = false } = {}): void {
    const member = this.#members.get(from);
    if (member === undefined) return;
    member.isDirect = isDirect;
    member.link.receive(signal);
  }

  #admitted(peerId: PeerId): LinkedMember | undefined {
    return this.#options.room.trust.admits(peerId) ? this.#members.get(peerId) : undefined;
  }

  /** A new link instead of the old one. */
  #renew(member: LinkedMember, peer: Peer): void {
    member.link.close();
    member.link = this.#newLink(peer);
    this.emit({ type: "link", peerId: peer.peerId, link: member.link.state });
  }

  /** Begins to send to a peer, or ends everything with it. */
  #applyTrust(peerId: PeerId): void {
    const { roster, trust } = this.#options.room;
    const member = this.#members.get(peerId);
    const peer = roster.find(peerId);
    if (member === undefined || peer === undefined) return;
    if (!trust.admits(peerId)) {
      member.isDoubted = trust.of(peerId).kind !== "checking";
      return this.#renew(member, peer);
    }
    for (const [slot, track] of this.#tracks) member.link.setTrack(slot, track);
    // The other end may wait for a call too; both may call.
    if (member.isDoubted) member.link.call();
    member.isDoubted = false;
  }

  /** Whether the other end has the certificate that the peer has vouched for. */
  async #checkCertificate({ peerId, link }: LinkedMember): Promise<void> {
    const { trust } = this.#options.room;
    const { remoteCertificate } = link;
    if (trust.sealed === undefined || remoteCertificate === undefined) return;
    const isOwn = await trust.sealed.hasCertificate(peerId, remoteCertificate);
    if (!isOwn) trust.raise(peerId, "fingerprint");
  }

  #isAway({ peerId }: LinkedMember): boolean {
    return this.#options.room.roster.find(peerId)?.away ?? false;
  }

  /** Shows or hides tracks after the owners have changed what peers may send. */
  #applyRules(): void {
    for (const { peerId, link, hidden } of this.#members.values()) {
      for (const slot of slots) {
        const track = link.trackOf(slot);
        const isAllowed = this.#options.room.owners.allowsSlot(peerId, slot);
        if (track !== null && isAllowed === hidden.has(slot)) {
          this.#publishTrack({ type: "track", peerId, slot, track });
        }
      }
    }
  }

  #publishTrack(event: Extract<LinkEvent, { type: "track" }>): void {
    const { peerId, slot, track } = event;
    const hidden = this.#members.get(peerId)?.hidden;
    const isAllowed = this.#options.room.owners.allowsSlot(peerId, slot);
    if (track === null || isAllowed) hidden?.delete(slot);
    else hidden?.add(slot);
    this.emit(isAllowed ? event : { ...event, track: null });
  }

  #publishChannel(event: Extract<LinkEvent, { type: "channel" }>): void {
    const { label, peerId, raw } = event;
    const { owners, trust } = this.#options.room;
    const isFile = label === fileLabel;
    if (!trust.admits(peerId) || isFile && !owners.allows(peerId, "files")) raw.channel.close();
    else this.emit(isFile ? { type: "file-channel", peerId, raw } : event);
  }

  #newLink({ peerId, dialect }: Peer): PeerLink {
    const link: PeerLink = new PeerLink({
      selfId: this.#options.room.roster.selfId,
      peerId,
      dialect,
      configuration: this.#configuration,
      environment: this.#options.environment,
      tracks: this.#options.room.trust.admits(peerId) ? this.#tracks : [],
      emit: (event) => {
        const member = this.#members.get(peerId);
        if (member?.link === link) this.#handle(member, event);
      },
    });
    return link;
  }

  #handle(member: LinkedMember, event: PeerLinkEvent): void {
    const { room } = this.#options;
    const { peerId } = member;
    switch (event.type) {
      case "signal":
        return this.#send(member, event);
      case "link":
        this.emit(event);
        if (event.link.kind === "failed") room.roster.handleLinkLoss(peerId);
        if (event.link.kind === "connected") void this.#checkCertificate(member);
        else room.trust.sealed?.talk.lost(peerId);
        return;
      case "track":
        return this.#publishTrack(event);
      case "channel":
        return this.#publishChannel(event);
      case "skyrtc-channel":
        return this.skyrtc.add(peerId, event.foreign);
      case "ended":
        return room.roster.handleLinkLoss(peerId);
      case "opened":
        room.trust.sealed?.talk.opened(peerId);
        return this.#introduce(member);
      case "message":
        return this.#handleMessage(member, event.message);
      default:
        return event satisfies never;
    }
  }

  /** Through the server, and directly if the server may not reach the peer; a copy does no harm. */
  #send(member: LinkedMember, { signal, again }: SignalEvent): void {
    const isSent = this.#options.room.send({ type: "signal", to: member.peerId, signal });
    if (again || !isSent || member.isDirect || this.#isAway(member)) {
      member.link.send({ type: "signal", signal });
    }
  }

  /** Sends what the peer needs at the start of a connection and the server cannot send. */
  #introduce(member: LinkedMember): void {
    const { state, presence } = this.#options.room;
    if (state.kind === "reconnecting") {
      member.link.send({ type: "rename", name: presence.name });
      member.isInformed = member.link.send({ type: "state", state: presence.state });
    }
    if (member.shown !== undefined) member.link.send(member.shown);
  }

  /** A description over the link, too, can only connect to the peer itself. */
  #receiveDirect(peerId: PeerId, signal: OpenSignal): void {
    const { trust } = this.#options.room;
    const isBound = signal.kind !== "description" || trust.sealed === undefined ||
      trust.sealed.isBound(peerId, signal.description.sdp);
    if (isBound) this.receive(peerId, signal, { isDirect: true });
    else trust.raise(peerId, "fingerprint");
  }

  #handleMessage(member: LinkedMember, message: PeerMessage): void {
    const { peerId } = member;
    if (!this.#options.room.trust.admits(peerId)) return;
    switch (message.type) {
      case "signal":
        return this.#receiveDirect(peerId, message.signal);
      case "watch":
        member.watch = message;
        return this.emit({ type: "watch", peerId });
      case "trust":
        return this.#options.room.trust.sealed?.talk.receive(peerId, message.trust);
      case "topic":
        return this.emit({ ...message, peerId });
      case "state":
      case "rename":
        return this.#options.room.roster.handleDirect(peerId, message);
      default:
        return message satisfies never;
    }
  }
}
