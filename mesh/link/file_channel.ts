/**
 * Data channels for files, one for each transfer, as far as every page needs them; what sends and
 * receives files is loaded when one comes (mesh/files/). Invariant: the opener says nothing before
 * the other side has said that it listens, so nothing is lost while that is loaded.
 */
/** Known to both sides; a page that does not know it ignores the channel. */
export const fileChannelLabel = "parley-file";

/**
 * A channel that nobody uses yet. `gone`: its connection is closed, of which a channel may tell
 * nothing.
 */
export interface RawFileChannel {
  readonly channel: RTCDataChannel;
  readonly connection: RTCPeerConnection;
  readonly gone: Promise<void>;
}
