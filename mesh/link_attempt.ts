/**
 * One RTCPeerConnection of a link with everything bound to it. Invariants:
 * 1 It is used for one certificate of the other side; a new one there means a new attempt here.
 * 2 After close() it reports nothing, and `gone` is resolved, so that nobody waits for a promise that a closed
 *   connection will never settle.
 */
import { type Candidate, type Dialect, limits, type Signal } from "../protocol/mod.ts";
import type { Clock } from "./clock.ts";
import type { CreateConnection } from "./environment.ts";
import { LinkSlots, type WantedTracks } from "./link_slots.ts";
import { type Exchanges, Negotiation } from "./negotiation.ts";

interface LinkAttemptOptions {
  readonly createConnection: CreateConnection;
  readonly createStream: () => MediaStream;
  readonly clock: Clock;
  readonly configuration: RTCConfiguration;
  readonly dialect: Dialect;
  readonly polite: boolean;
  readonly wanted: WantedTracks;
  readonly exchanges: Exchanges;
  readonly send: (signal: Signal) => void;
  /** A round of negotiation is complete. */
  readonly settled: () => void;
  /** `connectionState` has changed. */
  readonly changed: () => void;
  readonly broken: (cause: unknown) => void;
  readonly text: (text: string) => void;
}

/** One connection, from its making to its end. */
export class LinkAttempt {
  readonly connection: RTCPeerConnection;
  readonly slots: LinkSlots;
  readonly negotiation: Negotiation;
  readonly gone: Promise<void>;
  readonly #options: LinkAttemptOptions;
  readonly #listeners = new AbortController();
  readonly #release: () => void;
  #channel: RTCDataChannel | undefined;

  constructor(options: LinkAttemptOptions) {
    this.#options = options;
    const { clock, dialect, wanted, createStream, polite, exchanges, send, broken } = options;
    const connection = options.createConnection(options.configuration);
    this.connection = connection;
    const gone = Promise.withResolvers<void>();
    this.gone = gone.promise;
    this.#release = gone.resolve;
    this.slots = new LinkSlots({
      connection,
      wanted,
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
    this.#openChannel();
  }

  /** Asks for a new way through the network; a lost offer is said again instead. */
  restart(): void {
    if (this.connection.signalingState === "stable") this.connection.restartIce();
    else this.negotiation.resend(true);
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
    this.#openChannel();
    await this.slots.adopt();
  }

  #settled(): void {
    this.slots.settle();
    this.#options.settled();
  }

  /** So that two people without any track connect too. A SkyRTC page would take id 0 for a channel of its own. */
  #openChannel(): void {
    if (this.#options.dialect === "skyrtc") return;
    this.#channel ??= this.connection.createDataChannel("parley", { negotiated: true, id: 0 });
  }

  #listen(): void {
    const { signal } = this.#listeners;
    const { connection } = this;
    connection.addEventListener("negotiationneeded", () => void this.negotiation.offer(), {
      signal,
    });
    connection.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate !== null) this.#localCandidate(candidate);
    }, { signal });
    connection.addEventListener("connectionstatechange", () => this.#options.changed(), { signal });
    connection.addEventListener("datachannel", ({ channel }) => {
      channel.addEventListener("message", (event) => {
        const text = channelText(event.data);
        if (text !== undefined) this.#options.text(text);
      }, { signal });
    }, { signal });
  }

  #localCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment }: RTCIceCandidate): void {
    // SkyRTC pages have no word for the end of candidates.
    if (candidate === "" && this.#options.dialect === "skyrtc") return;
    const own: Candidate = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
    this.negotiation.sendCandidate(own);
  }
}

/** A chat packet of a SkyRTC page, `{"type":"__msg","data":text}`; undefined for everything else it may send. */
function channelText(packet: unknown): string | undefined {
  if (typeof packet !== "string" || packet.length > limits.frameBytes) return undefined;
  try {
    const value: unknown = JSON.parse(packet);
    if (typeof value !== "object" || value === null) return undefined;
    if (Reflect.get(value, "type") !== "__msg") return undefined;
    const text: unknown = Reflect.get(value, "data");
    return typeof text === "string" ? text.slice(0, limits.chatText) : undefined;
  } catch {
    return undefined;
  }
}
