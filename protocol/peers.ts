/** The peers of a call as others see them: ids, names, states, and reports on their links. */

/** Public and random (128 bit, 32 hex digits); `socketId` in the SkyRTC dialect. */
export type PeerId = string;

/** The state of a peer: the slots that carry something, and its hand. */
export interface PeerState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
}

/** The wire format of a peer's client. SkyRTC pages know neither rollback nor peer state. */
export type Dialect = "parley" | "skyrtc";

/** What a member of a sealed room sends about itself; base64url, which the server does not read. */
export interface SealedPeer {
  /** Its keys and its certificate's fingerprint; it stays until its page or the link changes. */
  readonly hello: string;
  /** Its present name and state. */
  readonly card: string;
}

/** A member as the others are sent it. */
export interface Peer {
  readonly peerId: PeerId;
  /** Empty in a sealed room. */
  readonly name: string;
  readonly dialect: Dialect;
  /** In a sealed room as if everything were off. */
  readonly state: PeerState;
  /** Whether its socket is lost and it may still resume. */
  readonly away: boolean;
  /** Present in a sealed room only. */
  readonly sealed?: SealedPeer;
}

/** What one end of a link measures. Figures are null while unknown. */
export interface LinkReport {
  readonly peerId: PeerId;
  readonly state: "connecting" | "connected" | "reconnecting" | "failed";
  readonly path: "unknown" | "direct" | "relayed";
  /** The transport of this end; for a relayed path, that to the relay. */
  readonly protocol: "unknown" | "udp" | "tcp" | "tls";
  /** Round trip, ms. */
  readonly rtt: number | null;
  /** Lost packets, per thousand of those expected. */
  readonly loss: number | null;
  /** Received, kbit/s. */
  readonly kbps: number | null;
  readonly cause: LinkCause | null;
}

/** Why a link is not connected, as far as this end can tell. */
export type LinkCause = "no-answer" | "no-relay" | "no-path" | "relay-unreachable" | "broken";
