/**
 * One RTCPeerConnection of a link with everything bound to it. Invariants:
 * 1 It is used for one certificate of the other side; a new one there means a new attempt here.
 * 2 After close() it emits nothing, and `gone` is resolved, so that no code waits for a promise
 *   that a closed connection never settles.
 */
import type { Candidate, Dialect, PeerId } from "../../protocol/mod.ts";
import type { LinkEnvironment } from "../platform.ts";
import type { RawChannel } from "./raw_channel.ts";
import type { AttemptEvent } from "./link_event.ts";
import { LinkSlots, type WantedRules, type WantedTracks } from "./slots.ts";
import { type Exchanges, Negotiation } from "./negotiation.ts";
import { PeerChannel } from "./peer_channel.ts";
import type { PeerMessage } from "./peer_message.ts";
import { ufragOf } from "./sdp_lines.ts";
import type { ForeignChannel } from "../skyrtc/foreign_channel.ts";

interface LinkAttemptOptions {
  readonly environment: LinkEnvironment;
  readonly configuration: RTCConfiguration;
  readonly peerId: PeerId;
  readonly dialect: Dialect;
  readonly polite: boolean;
  readonly wanted: WantedTracks;
  readonly rules: WantedRules;
  readonly exchanges: Exchanges;
  readonly emit: (event: AttemptEvent) => void;
}

/** Packets of a SkyRTC page that are kept until the code for them is loaded. */
const earlyMost = 64;

/** One connection, from its making to its end. */
export class LinkAttempt {
  readonly connection: RTCPeerConnection;
  readonly slots: LinkSlots;
  readonly negotiation: Negotiation;
  readonly gone: Promise<void>;
  readonly #options: LinkAttemptOptions;
  readonly #listeners = new AbortController();
  readonly #release: () => void;
  #channel: PeerChannel | undefined;

  constructor(options: LinkAttemptOptions) {
    this.#options = options;
    const { environment, configuration, dialect, emit } = options;
    const { clock, createStream } = environment;
    const connection = environment.createConnection(configuration);
    this.connection = connection;
    const gone = Promise.withResolvers<void>();
    this.gone = gone.promise;
    this.#release = gone.resolve;
    this.slots = new LinkSlots({
      ...options,
      connection,
      createStream,
      reusable: dialect === "parley",
    });
    this.negotiation = new Negotiation({
      ...options,
      connection,
      clock,
      numbered: dialect === "parley",
      adopt: () => this.#adopt(),
      emit: (event) => {
        if (event.type === "settled") this.slots.settle();
        emit(event);
      },
    });
    this.#listen();
  }

  /** Makes the first m-lines; the offer follows from `negotiationneeded`. */
  call(): void {
    this.negotiation.expectOffer();
    this.slots.prepare();
    // The side that offers makes the channel, as SkyRTC pages do.
    if (this.#options.dialect === "parley") this.#openChannel();
    else this.#foreign(this.connection.createDataChannel("text"));
  }

  /** The other side has closed the connection that this one is connected to. */
  get hungUp(): boolean {
    return this.#channel?.ended ?? false;
  }

  /**
   * Restarts ICE. If an offer that does so is pending, and may be lost, it is sent again instead.
   */
  restart(): void {
    const { connection } = this;
    if (connection.signalingState !== "stable") this.negotiation.resend(true);
    const { currentLocalDescription: current, pendingLocalDescription: pending } = connection;
    const asksAlready = pending !== null && ufragOf(pending.sdp) !== ufragOf(current?.sdp ?? "");
    if (!asksAlready) connection.restartIce();
  }

  /** Opens a channel; undefined if the browser opens none. */
  openChannel(label: string): RawChannel | undefined {
    try {
      return this.#raw(this.connection.createDataChannel(label));
    } catch {
      return undefined;
    }
  }

  #raw(channel: RTCDataChannel): RawChannel {
    return { channel, connection: this.connection, gone: this.gone };
  }

  /** Sends a message over the data channel; false while it is not open. */
  send(message: PeerMessage): boolean {
    return this.#channel?.send(message) ?? false;
  }

  /**
   * The connection's statistics; undefined if it is closed meanwhile, because Firefox never answers
   * then.
   */
  stats(): Promise<RTCStatsReport | undefined> {
    const { signal } = this.#listeners;
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve(undefined);
      if (signal.aborted) return giveUp();
      signal.addEventListener("abort", giveUp, { once: true });
      this.connection.getStats().then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", giveUp));
    });
  }

  close(): void {
    if (this.#listeners.signal.aborted) return;
    this.#listeners.abort();
    this.negotiation.close();
    this.#channel?.close();
    this.connection.close();
    this.#release();
  }

  async #adopt(): Promise<void> {
    if (this.#options.dialect === "parley") this.#openChannel();
    await this.slots.adopt();
  }

  /** Two people without any track connect by it too. A SkyRTC page uses id 0 itself. */
  #openChannel(): void {
    const { connection } = this;
    const { environment: { clock }, emit } = this.#options;
    this.#channel ??= new PeerChannel({ connection, clock, emit });
  }

  #foreign(channel: RTCDataChannel): void {
    const foreign: ForeignChannel = { channel, gone: this.gone, early: [] };
    channel.addEventListener("message", ({ data }) => {
      if (foreign.receive !== undefined) foreign.receive(data);
      else if (foreign.early.length < earlyMost) foreign.early.push(data);
    }, { signal: this.#listeners.signal });
    this.#options.emit({ type: "skyrtc-channel", foreign });
  }

  #listen(): void {
    const { signal } = this.#listeners;
    const { connection } = this;
    connection.addEventListener("negotiationneeded", () => void this.negotiation.offer(), {
      signal,
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      const isSent = candidate !== null &&
        // SkyRTC pages know no end of candidates.
        (candidate.candidate !== "" || this.#options.dialect !== "skyrtc");
      if (isSent) this.#localCandidate(candidate);
      else this.negotiation.candidates.flush();
    }, { signal });
    const { emit, peerId, dialect } = this.#options;
    connection.addEventListener("connectionstatechange", () => emit({ type: "changed" }), {
      signal,
    });
    connection.addEventListener("datachannel", ({ channel }) => {
      if (dialect === "skyrtc") this.#foreign(channel);
      else if (channel.label.startsWith("parley-")) {
        emit({ type: "channel", peerId, label: channel.label, raw: this.#raw(channel) });
      }
    }, { signal });
  }

  #localCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): void {
    const own: Candidate = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
    this.negotiation.candidates.add(own);
  }
}
