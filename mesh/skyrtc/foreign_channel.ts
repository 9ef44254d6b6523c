/** A data channel with a page of the SkyRTC dialect; either side may have made it. */
export interface ForeignChannel {
  readonly channel: RTCDataChannel;
  /** Its connection is closed; the channel itself may not report that. */
  readonly gone: Promise<void>;
  /** What came before the code for it was loaded. */
  readonly early: unknown[];
  /** Receives what comes from then on. */
  receive?: (packet: unknown) => void;
}
