/** The participants of a call as others see them: ids, names, states, and reports on their links. */

/** Public and random (128 bit, 32 hex digits); `socketId` in the SkyRTC dialect. */
export type PeerId = string;

/** What a peer tells about itself: the slots that carry something, and a raised hand. */
export interface PeerState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
  readonly hand: boolean;
}

/** Which wire a peer speaks. SkyRTC pages know neither rollback nor peer state. */
export type Dialect = "parley" | "skyrtc";

/** A member as told to another. */
export interface Peer {
  readonly peerId: PeerId;
  readonly name: string;
  readonly dialect: Dialect;
  readonly state: PeerState;
  /** Its socket is lost and its grace period is not over. */
  readonly away: boolean;
}

/** Nothing on, hand down: the state of someone who came to write. */
export const silentState: PeerState = {
  microphone: false,
  camera: false,
  screen: false,
  hand: false,
};

/** What one end of a link sees. Figures are null while unknown. */
export interface LinkReport {
  readonly peerId: PeerId;
  readonly state: "connecting" | "connected" | "reconnecting" | "failed";
  readonly path: "unknown" | "direct" | "relayed";
  /** How this end reaches the path: for a relay, how it talks to the relay. */
  readonly protocol: "unknown" | "udp" | "tcp" | "tls";
  /** Round trip, ms. */
  readonly rtt: number | null;
  /** Of what should have come in, lost, per thousand. */
  readonly loss: number | null;
  /** Received, kbit/s. */
  readonly kbps: number | null;
  readonly cause: LinkCause | null;
}

/** Why a link is not there, as far as this end can tell. */
export type LinkCause = "no-answer" | "no-relay" | "no-path" | "relay-unreachable" | "broken";
