/**
 * One RTCPeerConnection of a link with everything bound to it. Invariants:
 * 1 It is used for one certificate of the other side; a new one there means a new attempt here.
 * 2 After close() it reports nothing, and `gone` is resolved, so that nobody waits for a promise that a closed
 *   connection will never settle.
 */
import type { Candidate, Dialect, Signal } from "../../protocol/mod.ts";
import type { Clock } from "../clock.ts";
import type { CreateConnection } from "../platform.ts";
import { fileChannelLabel, type RawFileChannel } from "./file_channel.ts";
import { LinkSlots, type WantedRules, type WantedTracks } from "./slots.ts";
import { type Exchanges, Negotiation } from "./negotiation.ts";
import { PeerChannel } from "./peer_channel.ts";
import type { PeerMessage } from "./peer_message.ts";
import { ufragOf } from "./sdp_lines.ts";
import type { ForeignChannel } from "../skyrtc/foreign_channel.ts";

interface LinkAttemptOptions {
  readonly createConnection: CreateConnection;
  readonly createStream: () => MediaStream;
  readonly clock: Clock;
  readonly configuration: RTCConfiguration;
  readonly dialect: Dialect;
  readonly polite: boolean;
  readonly wanted: WantedTracks;
  readonly rules: WantedRules;
  readonly exchanges: Exchanges;
  readonly send: (signal: Signal) => void;
  /** The same for what was said before, and may be lost. */
  readonly sendAgain: (signal: Signal) => void;
  /** A round of negotiation is complete. */
  readonly settled: () => void;
  /** `connectionState` has changed. */
  readonly changed: () => void;
  readonly broken: (cause: unknown) => void;
  /** There is a channel with a SkyRTC page. */
  readonly foreign: (foreign: ForeignChannel) => void;
  /** The other side's channel can be spoken on. */
  readonly opened: () => void;
  readonly ended: () => void;
  readonly heard: (message: PeerMessage) => void;
  readonly fileChannel: (raw: RawFileChannel) => void;
}

/** Packets of a SkyRTC page that may come before the code for them. */
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
    const { clock, dialect, wanted, rules, createStream, polite, exchanges, broken } = options;
    const { send, sendAgain } = options;
    const connection = options.createConnection(options.configuration);
    this.connection = connection;
    const gone = Promise.withResolvers<void>();
    this.gone = gone.promise;
    this.#release = gone.resolve;
    this.slots = new LinkSlots({
      connection,
      wanted,
      rules,
      createStream,
      reusable: dialect === "parley",
    });
    this.negotiation = new Negotiation({
      connection,
      clock,
      polite,
      numbered: dialect === "parley",
      exchanges,
      send,
      sendAgain,
      broken,
      adopt: () => this.#adopt(),
      settled: () => this.#settled(),
    });
    this.#listen();
  }

  /** Makes the first m-lines; the offer follows from `negotiationneeded`. */
  call(): void {
    this.negotiation.expectOffer();
    this.slots.prepare();
    // Who offers makes the channel, as the origin's pages do.
    if (this.#options.dialect === "parley") this.#openChannel();
    else this.#foreign(this.connection.createDataChannel("text"));
  }

  /** The other side has closed the connection that this one is connected to. */
  get hungUp(): boolean {
    return this.#channel?.ended ?? false;
  }

  /** Asks for a new way through the network. An offer that does so already, and may be lost, is said again instead. */
  restart(): void {
    const { connection } = this;
    if (connection.signalingState !== "stable") this.negotiation.resend(true);
    const { currentLocalDescription: current, pendingLocalDescription: pending } = connection;
    const asksAlready = pending !== null && ufragOf(pending.sdp) !== ufragOf(current?.sdp ?? "");
    if (!asksAlready) connection.restartIce();
  }

  /** A channel for one file; undefined when the browser gives none. */
  openFileChannel(): RawFileChannel | undefined {
    try {
      return this.#raw(this.connection.createDataChannel(fileChannelLabel));
    } catch {
      return undefined;
    }
  }

  #raw(channel: RTCDataChannel): RawFileChannel {
    return { channel, connection: this.connection, gone: this.gone };
  }

  /** Over the channel; false when there is no way just now. */
  say(message: PeerMessage): boolean {
    return this.#channel?.say(message) ?? false;
  }

  /** The connection's statistics; undefined once it is closed, since who asks Firefox just before never hears of it. */
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

  #settled(): void {
    this.slots.settle();
    this.#options.settled();
  }

  /** So that two people without any track connect too. A SkyRTC page would take id 0 for a channel of its own. */
  #openChannel(): void {
    const { connection } = this;
    const { clock, opened, ended, heard } = this.#options;
    this.#channel ??= new PeerChannel({ connection, clock, opened, ended, heard });
  }

  #foreign(channel: RTCDataChannel): void {
    const foreign: ForeignChannel = { channel, gone: this.gone, early: [] };
    channel.addEventListener("message", ({ data }) => {
      if (foreign.hear !== undefined) foreign.hear(data);
      else if (foreign.early.length < earlyMost) foreign.early.push(data);
    }, { signal: this.#listeners.signal });
    this.#options.foreign(foreign);
  }

  #listen(): void {
    const { signal } = this.#listeners;
    const { connection } = this;
    connection.addEventListener("negotiationneeded", () => void this.negotiation.offer(), {
      signal,
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      const isWord = candidate !== null &&
        // SkyRTC pages have no word for the end of candidates.
        (candidate.candidate !== "" || this.#options.dialect !== "skyrtc");
      if (isWord) this.#localCandidate(candidate);
      else this.negotiation.candidates.say();
    }, { signal });
    connection.addEventListener("connectionstatechange", () => this.#options.changed(), { signal });
    connection.addEventListener("datachannel", ({ channel }) => {
      if (this.#options.dialect === "skyrtc") this.#foreign(channel);
      else if (channel.label === fileChannelLabel) this.#options.fileChannel(this.#raw(channel));
    }, { signal });
  }

  #localCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): void {
    const own: Candidate = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
    this.negotiation.candidates.add(own);
  }
}
