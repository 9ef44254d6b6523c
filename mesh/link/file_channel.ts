/**
 * Data channels for files, one per transfer. The code that uses them (mesh/files/) is loaded with
 * the first one. Invariant: the side that opened a channel sends nothing before the other side is
 * ready, so nothing is lost while its code is loaded.
 */
/** The label of such a channel; older pages ignore channels with unknown labels. */
export const fileChannelLabel = "parley-file";

/**
 * A channel that no transfer uses yet. `gone` resolves when its connection is closed, which the
 * channel may not report.
 */
export interface RawFileChannel {
  readonly channel: RTCDataChannel;
  readonly connection: RTCPeerConnection;
  readonly gone: Promise<void>;
}
