/**
 * An RTCPeerConnection without a network that follows webrtc-pc and JSEP where perfect negotiation
 * depends on them: operations chain, negotiationneeded, implicit descriptions, implicit rollback,
 * transceiver association, ICE credentials, errors of wrong-state calls and early candidates.
 * Connection states are the test's to set, and tests/mesh/link/contract_test.ts holds it against
 * real browsers.
 */
import {
  application,
  directionOf,
  type FakeDescription,
  intersected,
  newOrigin,
  type Origin,
  read,
  receives,
  reversed,
  type Section,
  sends,
  told,
} from "./fake_description.ts";
import { type FakeSctp, sctpTo } from "./fake_certificate.ts";
import { FakeChannel, foreignChannel } from "./fake_channel.ts";
import { FieldEvent } from "./fake_event.ts";
import { FakeOperations } from "./fake_operations.ts";
import { FakeTasks } from "./fake_tasks.ts";
import { negotiationIsNeeded } from "./fake_negotiation_needed.ts";
import { FakeTransceiver } from "./fake_transceiver.ts";

export class FakeConnection extends EventTarget {
  readonly tasks = new FakeTasks();
  /** Counts changed connections of the other side, which browsers do not survive. */
  readonly seen = { rollbacks: 0, otherConnections: 0, candidates: [] as string[] };
  /** Makes replaceTrack fail, as an incompatible codec does. */
  refusesTracks = false;
  readonly origin: Origin;
  configuration: RTCConfiguration;
  signalingState: RTCSignalingState = "stable";
  connectionState: RTCPeerConnectionState = "new";
  iceConnectionState: RTCIceConnectionState = "new";
  currentLocal: FakeDescription | null = null;
  pendingLocal: FakeDescription | null = null;
  currentRemote: FakeDescription | null = null;
  pendingRemote: FakeDescription | null = null;
  stats = new Map<string, unknown>();
  channels: string[] = [];
  sctp: FakeSctp | null = null;
  /** The newest own channel. */
  channel: FakeChannel | undefined;
  /** Credentials that restartIce() has invalidated. */
  replacedUfrag: string | null = null;
  readonly #operations = new FakeOperations(() => this.#chainEmptied());
  #transceivers: FakeTransceiver[] = [];
  /** The transceivers in the last own offer. */
  #offered = new Map<string, FakeTransceiver>();
  #negotiationNeeded = false;
  #updateWhenEmpty = false;
  #gathered = "";
  #mids = 0;
  #ufrags = 0;
  #versions = 0;

  constructor(configuration: RTCConfiguration = {}) {
    super();
    this.configuration = configuration;
    this.origin = newOrigin(configuration);
  }

  /** The fake as an RTCPeerConnection; the only cast in these files. */
  get asReal(): RTCPeerConnection {
    return this as unknown as RTCPeerConnection;
  }
  get localDescription() {
    return told(this.pendingLocal ?? this.currentLocal);
  }
  get remoteDescription() {
    return told(this.pendingRemote ?? this.currentRemote);
  }
  get pendingLocalDescription() {
    return told(this.pendingLocal);
  }
  get currentLocalDescription() {
    return told(this.currentLocal);
  }
  get currentRemoteDescription() {
    return told(this.currentRemote);
  }

  getTransceivers(): FakeTransceiver[] {
    return [...this.#transceivers];
  }
  getSenders() {
    return this.#transceivers.map(({ sender }) => sender);
  }
  addTransceiver(
    media: MediaStreamTrack | "audio" | "video",
    { direction = "sendrecv", streams = [] }: RTCRtpTransceiverInit = {},
  ): FakeTransceiver {
    this.#mustBeOpen();
    const track = typeof media === "string" ? null : media;
    const kind = (typeof media === "string" ? media : media.kind) === "audio" ? "audio" : "video";
    const transceiver = this.#newTransceiver({
      kind,
      track,
      streams,
      direction: directionOf(sends(direction), receives(direction)),
      madeByAddTrack: false,
    });
    this.#updateNegotiationNeeded();
    return transceiver;
  }
  addTrack(track: MediaStreamTrack, ...streams: MediaStream[]) {
    this.#mustBeOpen();
    if (this.getSenders().some((sender) => sender.track === track)) {
      throw new DOMException("this track has a sender", "InvalidAccessError");
    }
    const kind = track.kind === "audio" ? "audio" : "video";
    const free = this.#transceivers.find((each) =>
      each.kind === kind && each.sender.track === null && !each.everSent
    );
    if (free !== undefined) {
      free.sender.track = track;
      free.sender.streams = streams.map(({ id }) => id);
      free.madeByAddTrack = true;
      free.direction = directionOf(true, receives(free.direction));
    }
    const { sender } = free ??
      this.#newTransceiver({ kind, track, streams, direction: "sendrecv", madeByAddTrack: true });
    this.#updateNegotiationNeeded();
    return sender;
  }
  createDataChannel(label: string) {
    this.#mustBeOpen();
    this.channels.push(label);
    this.#updateNegotiationNeeded();
    return this.channel = new FakeChannel();
  }
  restartIce(): void {
    this.replacedUfrag = this.currentLocal?.ufrag ?? null;
    this.#updateNegotiationNeeded();
  }
  setConfiguration(configuration: RTCConfiguration): void {
    this.#mustBeOpen();
    this.configuration = configuration;
  }

  getStats(): Promise<Map<string, unknown>> {
    return Promise.resolve(this.stats);
  }

  /** Only without an argument: offer or answer by the signalling state. */
  setLocalDescription(): Promise<void> {
    return this.#operations.run(async () => {
      const answering = this.signalingState === "have-remote-offer";
      await this.#task();
      const description = answering ? this.#createAnswer() : this.#createOffer();
      await this.#task();
      if (description.type === "offer") this.#setLocalOffer(description);
      else this.#setLocalAnswer(description);
      this.#gather(description);
    });
  }

  setRemoteDescription(init: RTCSessionDescriptionInit): Promise<void> {
    return this.#operations.run(async () => {
      const description = read(init);
      if (description.type === "answer" && this.signalingState !== "have-local-offer") {
        throw new DOMException(`an answer in ${this.signalingState}`, "InvalidStateError");
      }
      if (description.type === "offer" && this.signalingState === "have-local-offer") {
        await this.#task();
        this.#rollback();
      }
      await this.#task();
      const known = this.currentRemote?.session ?? description.session;
      if (known !== description.session) this.seen.otherConnections++;
      if (description.type === "offer") this.#setRemoteOffer(description);
      else this.#setRemoteAnswer(description);
    });
  }

  addIceCandidate({ candidate = "", usernameFragment }: RTCIceCandidateInit): Promise<void> {
    return this.#operations.run(async () => {
      const remote = this.pendingRemote ?? this.currentRemote;
      if (remote === null) throw new DOMException("no remote description", "InvalidStateError");
      await this.#task();
      if (typeof usernameFragment === "string" && usernameFragment !== remote.ufrag) {
        throw new DOMException(`no ${usernameFragment} here`, "OperationError");
      }
      this.seen.candidates.push(candidate);
    });
  }

  close(): void {
    if (this.signalingState === "closed") return;
    this.signalingState = "closed";
    this.connectionState = "closed";
    this.iceConnectionState = "closed";
    this.#operations.close();
  }

  /** Sets the connection state. `ice` differs if DTLS has failed. */
  become(state: "connecting" | "connected" | "disconnected" | "failed", ice = state): void {
    if (this.signalingState === "closed") return;
    this.iceConnectionState = ice === "connecting" ? "checking" : ice;
    this.connectionState = state;
    if (state === "connected") this.sctp = sctpTo(this.currentRemote?.fingerprint ?? "");
    this.dispatchEvent(new FieldEvent("iceconnectionstatechange"));
    this.dispatchEvent(new FieldEvent("connectionstatechange"));
  }

  /** Opens a channel from the other side; the returned function sends a message on it. */
  openChannel(): (packet: unknown) => void {
    return foreignChannel(this);
  }

  #newTransceiver(options: ConstructorParameters<typeof FakeTransceiver>[0]): FakeTransceiver {
    const transceiver = new FakeTransceiver(options, {
      operations: this.#operations,
      tasks: this.tasks,
      updateNegotiationNeeded: () => this.#updateNegotiationNeeded(),
      refusesTracks: () => this.refusesTracks,
    });
    this.#transceivers.push(transceiver);
    return transceiver;
  }

  #createOffer(): FakeDescription {
    const known = (this.pendingLocal ?? this.currentLocal ?? this.currentRemote)?.sections ?? [];
    this.#offered = new Map();
    const sections = known.map((section) => {
      const transceiver = this.#transceivers.find(({ mid }) => mid === section.mid);
      return transceiver === undefined ? section : this.#section(section.mid, transceiver);
    });
    for (const transceiver of this.#transceivers) {
      if (transceiver.mid === null) sections.push(this.#section(this.#newMid(known), transceiver));
    }
    if (this.channels.length > 0 && !sections.some(({ kind }) => kind === "application")) {
      sections.push(application(this.#newMid(known)));
    }
    const current = this.currentLocal?.ufrag;
    const ufrag = current === undefined || current === this.replacedUfrag
      ? this.#newUfrag()
      : current;
    const version = ++this.#versions;
    return { ...this.origin, type: "offer", version, ufrag, sections };
  }

  #createAnswer(): FakeDescription {
    const offer = this.pendingRemote;
    if (offer === null) throw new DOMException("nothing to answer", "InvalidStateError");
    const sections = offer.sections.map((offered): Section => {
      const transceiver = this.#transceivers.find(({ mid }) => mid === offered.mid);
      if (transceiver === undefined) return application(offered.mid);
      const direction = intersected(transceiver.direction, offered.direction);
      const streams = sends(direction) ? transceiver.sender.streams : [];
      return { kind: transceiver.kind, mid: offered.mid, direction, streams };
    });
    const restarted = offer.ufrag !== this.currentRemote?.ufrag;
    const ufrag = restarted ? this.#newUfrag() : this.currentLocal?.ufrag ?? this.#newUfrag();
    const version = ++this.#versions;
    return { ...this.origin, type: "answer", version, ufrag, sections };
  }

  #section(mid: string, transceiver: FakeTransceiver): Section {
    this.#offered.set(mid, transceiver);
    const { kind, direction, sender } = transceiver;
    return { kind, mid, direction, streams: sends(direction) ? sender.streams : [] };
  }

  #setLocalOffer(offer: FakeDescription): void {
    for (const [mid, transceiver] of this.#offered) transceiver.mid = mid;
    this.pendingLocal = offer;
    this.signalingState = "have-local-offer";
  }

  #setLocalAnswer(answer: FakeDescription): void {
    this.currentLocal = answer;
    this.currentRemote = this.pendingRemote;
    this.#conclude(answer, (direction) => direction);
  }

  #setRemoteOffer(offer: FakeDescription): void {
    for (const section of offer.sections) {
      if (section.kind !== "application") this.#associate(section, section.kind);
    }
    this.pendingRemote = offer;
    this.signalingState = "have-remote-offer";
  }

  #setRemoteAnswer(answer: FakeDescription): void {
    this.currentRemote = answer;
    this.currentLocal = this.pendingLocal;
    this.#conclude(answer, reversed);
  }

  /**
   * JSEP 5.10: by mid, else the first free one of addTrack if the offerer receives, else a new one.
   */
  #associate({ mid, direction }: Section, kind: "audio" | "video"): void {
    if (this.#transceivers.some((each) => each.mid === mid)) return;
    const free = receives(direction)
      ? this.#transceivers.find((each) => each.is(kind) && each.mid === null && each.madeByAddTrack)
      : undefined;
    const transceiver = free ?? this.#newTransceiver({
      kind,
      direction: "recvonly",
      track: null,
      streams: [],
      madeByAddTrack: false,
    });
    transceiver.mid = mid;
  }

  /** Returns to the last stable state; transceivers lose an m-line that was never negotiated. */
  #rollback(): void {
    this.seen.rollbacks++;
    const kept = new Set(this.currentLocal?.sections.map(({ mid }) => mid));
    for (const transceiver of this.#transceivers) {
      if (transceiver.mid !== null && !kept.has(transceiver.mid)) transceiver.mid = null;
    }
    this.pendingLocal = null;
    this.#becomeStable();
  }

  #conclude(
    answer: FakeDescription,
    view: (direction: Section["direction"]) => Section["direction"],
  ) {
    for (const { mid, direction } of answer.sections) {
      this.#transceivers.find((each) => each.mid === mid)?.negotiated(view(direction));
    }
    this.pendingLocal = null;
    this.pendingRemote = null;
    if (this.currentLocal?.ufrag !== this.replacedUfrag) this.replacedUfrag = null;
    this.#becomeStable();
  }

  #becomeStable(): void {
    this.signalingState = "stable";
    this.#negotiationNeeded = false;
    this.#updateNegotiationNeeded();
  }

  #updateNegotiationNeeded(): void {
    if (!this.#operations.empty) {
      this.#updateWhenEmpty = true;
      return;
    }
    this.tasks.post(() => {
      if (this.signalingState === "closed") return;
      if (!this.#operations.empty) return void (this.#updateWhenEmpty = true);
      if (this.signalingState !== "stable") return;
      if (!negotiationIsNeeded(this)) this.#negotiationNeeded = false;
      else if (!this.#negotiationNeeded) {
        this.#negotiationNeeded = true;
        this.dispatchEvent(new FieldEvent("negotiationneeded"));
      }
    });
  }

  #chainEmptied(): void {
    if (!this.#updateWhenEmpty) return;
    this.#updateWhenEmpty = false;
    this.#updateNegotiationNeeded();
  }

  /** One host candidate and the end of candidates, for new credentials only. */
  #gather({ ufrag }: FakeDescription): void {
    if (this.#gathered === ufrag) return;
    this.#gathered = ufrag;
    for (const candidate of [`candidate:${ufrag}`, ""]) {
      const fields = { candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: ufrag };
      this.tasks.post(() => {
        if (this.signalingState === "closed") return;
        this.dispatchEvent(new FieldEvent("icecandidate", { candidate: fields }));
      });
    }
  }

  /** Runs nothing that was begun before close(). */
  #task(): Promise<void> {
    const open = () => this.signalingState !== "closed";
    return new Promise((resolve) => this.tasks.post(() => void (open() && resolve())));
  }

  #newMid(known: readonly Section[]): string {
    let mid: string;
    do mid = String(this.#mids++); while (known.some((section) => section.mid === mid));
    return mid;
  }

  #newUfrag(): string {
    return `${this.origin.session}/${++this.#ufrags}`;
  }

  #mustBeOpen(): void {
    if (this.signalingState === "closed") throw new DOMException("closed", "InvalidStateError");
  }
}
