/** A data channel with a page of the SkyRTC dialect; either side may have made it. */
export interface ForeignChannel {
  readonly channel: RTCDataChannel;
  /** Its connection is closed; the channel itself may not report that. */
  readonly gone: Promise<void>;
  /** Packets that arrived before the code for them was loaded. */
  readonly early: unknown[];
  /** Receives the later packets. */
  receive?: (packet: unknown) => void;
}
