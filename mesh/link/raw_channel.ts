/**
 * Data channels that one side opens for one purpose, such as a file. The code that uses them is
 * loaded with the first one. Invariant: the side that opened a channel sends nothing before the
 * other side is ready, so nothing is lost while its code is loaded.
 */
/** The label of a channel for a file. Older pages ignore channels with unknown labels. */
export const fileLabel = "parley-file";

/**
 * A channel that nothing uses yet. `gone` resolves when its connection is closed, which the channel
 * may not report.
 */
export interface RawChannel {
  readonly channel: RTCDataChannel;
  readonly connection: RTCPeerConnection;
  readonly gone: Promise<void>;
}
