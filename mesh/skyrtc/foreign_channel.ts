/** A data channel with a page of the SkyRTC dialect, by whichever side made it. */
export interface ForeignChannel {
  readonly channel: RTCDataChannel;
  /** Its connection is closed, of which a channel may tell nothing. */
  readonly gone: Promise<void>;
  /** What came before the code that understands it. */
  readonly early: unknown[];
  /** Takes what comes from then on. */
  hear?: (packet: unknown) => void;
}
