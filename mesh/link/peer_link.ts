/**
 * The link to one peer, for as long as both are in the room. Invariants:
 * 1 It owns at most one connection; a new one closes the old one first, which then emits nothing
 *   more.
 * 2 Remote signals are handled one at a time, each to its end; after every await the code checks
 *   whether it still counts.
 * 3 What this side wants to send survives connections: a new one starts from the same tracks.
 * 4 Nothing here throws for what the other side does.
 */
import type { Candidate, Description, Dialect, OpenSignal, PeerId } from "../../protocol/mod.ts";
import type { LinkEnvironment } from "../platform.ts";
import type { RawChannel } from "./raw_channel.ts";
import type { AttemptEvent, PeerLinkEvent } from "./link_event.ts";
import { type LinkState, type Slot, slots } from "../events.ts";
import { LinkAttempt } from "./attempt.ts";
import { LinkRecovery } from "./recovery.ts";
import type { Exchanges } from "./negotiation.ts";
import { OfferMemory } from "./offer_memory.ts";
import type { PeerMessage } from "./peer_message.ts";
import { ufragOf } from "./sdp_lines.ts";
import type { LinkLife } from "../signaling/roster.ts";
import type { SenderRule } from "./sender_rules.ts";

interface PeerLinkOptions {
  readonly selfId: PeerId;
  readonly peerId: PeerId;
  readonly dialect: Dialect;
  readonly configuration: RTCConfiguration;
  readonly environment: LinkEnvironment;
  readonly tracks: Iterable<readonly [Slot, MediaStreamTrack | null]>;
  readonly emit: (event: PeerLinkEvent) => void;
}

/** What one measurement shows. */
export interface Observation {
  readonly flow: "unknown" | "flowing" | "stalled";
  /** Whether this end uses a relay of the server that named it, or one that may be. */
  readonly isRelayedHere: boolean;
}

const earlyMost = 256;

/** The link to one peer. */
export class PeerLink {
  readonly #options: PeerLinkOptions;
  readonly #polite: boolean;
  readonly #wanted: Map<Slot, MediaStreamTrack | null>;
  readonly #rules = new Map<Slot, SenderRule>();
  readonly #remote = new Map<Slot, MediaStreamTrack>();
  readonly #recovery: LinkRecovery;
  readonly #offers = new OfferMemory();
  readonly #exchanges: Exchanges = { offers: 0, answer: undefined };
  #configuration: RTCConfiguration;
  #attempt: LinkAttempt | undefined;
  #early: Candidate[] = [];
  #queue: Promise<void> = Promise.resolve();
  #closed = false;
  /** The server's relay carried the last packets; it has ended that since. */
  #isRelayedHere = false;
  #isForgotten = false;
  /** Of the last complete round; another one means that either side has restarted ICE. */
  #ufrag: string | undefined;

  constructor(options: PeerLinkOptions) {
    this.#options = options;
    // A SkyRTC page answers every offer and cannot roll back: with it this side always yields.
    this.#polite = options.dialect === "skyrtc" || options.selfId < options.peerId;
    this.#wanted = new Map(options.tracks);
    this.#configuration = this.#bundled(options.configuration);
    this.#recovery = new LinkRecovery({
      clock: options.environment.clock,
      polite: this.#polite,
      emit: (link) => options.emit({ type: "link", peerId: options.peerId, link }),
      restart: () => this.#attempt === undefined ? this.call() : this.#attempt.restart(),
    });
    this.#recovery.begin();
  }

  get state(): LinkState {
    return this.#recovery.state;
  }

  get life(): LinkLife {
    if (this.#attempt === undefined || this.#attempt.hungUp) return "none";
    if (this.state.kind === "connected") return "flows";
    return this.state.kind === "reconnecting" ? "heals" : "none";
  }

  /** The remote track of a slot by the last complete round. */
  trackOf(slot: Slot): MediaStreamTrack | null {
    return this.#remote.get(slot) ?? null;
  }

  /** Offers, with a new connection. Without a call, the link waits for the other side. */
  call(): void {
    this.#open()?.call();
  }

  /** Handles one signal of the peer; a copy, or one that is late, does no harm. */
  receive(signal: OpenSignal): void {
    this.#queue = this.#queue.then(() => this.#handleSignal(signal)).catch(() => this.#broken());
  }

  /** Sets the track that the peer gets in `slot` from now on. */
  setTrack(slot: Slot, track: MediaStreamTrack | null): void {
    if (this.#closed) return;
    this.#wanted.set(slot, track);
    this.#attempt?.slots.change(slot);
  }

  /** Sets how the picture in `slot` is sent. The same object as before changes nothing. */
  limit(slot: Slot, rule: SenderRule): void {
    if (this.#closed || this.#rules.get(slot) === rule) return;
    this.#rules.set(slot, rule);
    this.#attempt?.slots.change(slot);
  }

  /**
   * ICE servers for the next connection and the next ICE restart. `isForgotten`: the server's relay
   * no longer serves this end.
   */
  configure(configuration: RTCConfiguration, isForgotten = false): void {
    if (this.#closed) return;
    this.#isForgotten ||= isForgotten;
    this.#configuration = this.#bundled(configuration);
    try {
      this.#attempt?.connection.setConfiguration(this.#configuration);
    } catch {
      // The browser rejects these servers: the old ones stay.
    }
  }

  /**
   * The server reaches the peer again: sends what may have been lost, and leaves a relay that has
   * ended.
   */
  resume(): void {
    const isConnected = this.state.kind === "connected";
    const isOutdated = this.#isForgotten && (this.#isRelayedHere || !isConnected);
    this.#isForgotten = false;
    if (isOutdated && this.#attempt?.negotiation.renew()) return this.#recovery.restarted();
    this.#attempt?.negotiation.resend(!isConnected);
    if (isOutdated) this.#recovery.renew();
    else this.nudge();
  }

  /** Sends a message over the data channel; false while it is not open. */
  send(message: PeerMessage): boolean {
    return this.#attempt?.send(message) ?? false;
  }

  /** Opens a channel; undefined without a link, or if the peer has a SkyRTC page. */
  openChannel(label: string): RawChannel | undefined {
    if (this.#options.dialect === "skyrtc" || this.life === "none") return undefined;
    return this.#attempt?.openChannel(label);
  }

  /** Restarts ICE now, because the policy has changed. */
  restartIce(): void {
    this.#attempt?.restart();
  }

  /** See LinkRecovery. */
  nudge(): void {
    this.#recovery.nudge();
  }

  /** Handles one measurement. */
  observe({ flow, isRelayedHere }: Observation): void {
    if (flow === "flowing") this.#isRelayedHere = isRelayedHere;
    if (flow === "stalled") this.#recovery.stalled();
    // While the browser calls the connection lost, a late packet proves nothing.
    else if (flow === "flowing" && this.#attempt?.connection.connectionState === "connected") {
      this.#recovery.flowing();
    }
  }

  /** The connection's statistics; undefined without a connection. */
  async stats(): Promise<RTCStatsReport | undefined> {
    try {
      return await this.#attempt?.stats();
    } catch {
      return undefined;
    }
  }

  /**
   * The certificate that the other end has proved to have (X.509, DER). Undefined if the browser
   * does not tell: it checks the description's fingerprint itself (RFC 8842).
   */
  get remoteCertificate(): ArrayBuffer | undefined {
    return this.#attempt?.connection.sctp?.transport.getRemoteCertificates?.()[0];
  }

  /** Of the current connection. */
  get senders(): readonly RTCRtpSender[] {
    return this.#attempt?.connection.getSenders() ?? [];
  }

  /** Of the current connection. */
  get receivers(): readonly RTCRtpReceiver[] {
    return this.#attempt?.connection.getReceivers() ?? [];
  }

  close(): void {
    if (this.#closed) return;
    this.#discard();
    this.#closed = true;
    this.#recovery.close();
  }

  async #handleSignal(signal: OpenSignal): Promise<void> {
    if (this.#closed) return;
    if (signal.kind === "description") return await this.#handleDescription(signal.description);
    const attempt = this.#attempt;
    const candidates = signal.kind === "candidate" ? [signal.candidate] : signal.candidates;
    if (attempt === undefined) {
      this.#early = [...this.#early, ...candidates].slice(0, earlyMost);
    } else await this.#within(attempt, (it) => it.handleCandidates(candidates));
  }

  async #handleDescription(description: Description): Promise<void> {
    if (!this.#offers.isNews(description)) return;
    const outdated = this.#attempt?.negotiation.outdatedBy(description) ?? true;
    if (description.type === "answer" && outdated) {
      // The peer answered with a connection that does not know what this one has agreed on: both
      // start over.
      if (this.#attempt !== undefined) this.call();
      return;
    }
    const attempt = outdated ? this.#open() : this.#attempt;
    if (attempt === undefined) return;
    await this.#within(attempt, (it) => it.handle(description));
    const early = this.#early.splice(0);
    await this.#within(attempt, (it) => it.handleCandidates(early));
  }

  async #within(
    attempt: LinkAttempt,
    work: (negotiation: LinkAttempt["negotiation"]) => Promise<void>,
  ): Promise<void> {
    await Promise.race([work(attempt.negotiation), attempt.gone]);
  }

  /**
   * One transport from the first offer on needs a third of the candidates. A SkyRTC page may not
   * bundle.
   */
  #bundled(configuration: RTCConfiguration): RTCConfiguration {
    if (this.#options.dialect === "skyrtc") return configuration;
    return { ...configuration, bundlePolicy: "max-bundle" };
  }

  #open(): LinkAttempt | undefined {
    if (this.#closed) return undefined;
    this.#discard();
    this.#isRelayedHere = false;
    this.#recovery.begin();
    try {
      const attempt: LinkAttempt = new LinkAttempt({
        ...this.#options,
        configuration: this.#configuration,
        polite: this.#polite,
        wanted: this.#wanted,
        rules: this.#rules,
        exchanges: this.#exchanges,
        emit: (event) => this.#handle(event, attempt),
      });
      this.#attempt = attempt;
    } catch {
      // Too many connections in this page, or ICE servers it cannot read.
      this.#broken();
    }
    return this.#attempt;
  }

  #handle(event: AttemptEvent, attempt: LinkAttempt): void {
    switch (event.type) {
      case "settled":
        return this.#settled(attempt);
      case "changed":
        return this.#changed(attempt);
      case "broken":
        return this.#broken();
      default:
        this.#options.emit(event);
    }
  }

  #discard(): void {
    this.#attempt?.close();
    this.#attempt = undefined;
    this.#publishTracks();
  }

  #broken(): void {
    if (this.#closed) return;
    this.#discard();
    this.#recovery.broken();
  }

  #settled(attempt: LinkAttempt): void {
    if (attempt !== this.#attempt) return;
    const ufrag = ufragOf(attempt.connection.currentLocalDescription?.sdp ?? "");
    if (ufrag !== this.#ufrag) this.#recovery.restarted();
    this.#ufrag = ufrag;
    this.#recovery.answered();
    this.#publishTracks();
  }

  #changed(attempt: LinkAttempt): void {
    if (attempt !== this.#attempt) return;
    const { connectionState, iceConnectionState } = attempt.connection;
    switch (connectionState) {
      case "connected":
        return this.#recovery.connected();
      case "disconnected":
        return this.#recovery.disconnected();
      case "failed":
        // If ICE is connected, DTLS has failed, which only a new connection repairs. The two states
        // change one after the other.
        return ["connected", "completed"].includes(iceConnectionState)
          ? this.#broken()
          : this.#recovery.pathFailed();
      case "connecting":
        // After a loss, it means that the other side has restarted ICE.
        return this.#recovery.restarted();
      case "new":
      case "closed":
        return;
      default:
        return connectionState satisfies never;
    }
  }

  #publishTracks(): void {
    for (const slot of slots) {
      const track = this.#attempt?.slots.remote(slot) ?? null;
      if (track === this.trackOf(slot)) continue;
      if (track === null) this.#remote.delete(slot);
      else this.#remote.set(slot, track);
      this.#options.emit({ type: "track", peerId: this.#options.peerId, slot, track });
    }
  }
}
