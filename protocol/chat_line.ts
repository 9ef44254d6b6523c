/** One line of chat as the server sends it; a part of messages.ts. */
import type { PeerId } from "./peers.ts";

/**
 * One line of chat. A changed line is sent again, whole, with the same `ref`; the last one received
 * is the latest.
 */
export interface ChatLine {
  /**
   * The revision that the line made. A private line makes none and has the revision at that time.
   */
  readonly id: number;
  /** Chosen by the author, to recognize the echo of a line; unique for each author. */
  readonly ref: string;
  readonly from: PeerId;
  /** Empty in a sealed room. */
  readonly name: string;
  /** Null: deleted by its author. Sealed in a sealed room. */
  readonly text: string | null;
  /** Server time, ms since the epoch. */
  readonly at: number;
  /** The receiver of a private line; absent: the line is public. */
  readonly to?: { readonly peerId: PeerId; readonly name: string };
  /** The `ref` of the line it answers. */
  readonly answers?: string;
  /** The revision of the room when the line was last changed; absent: it was not. */
  readonly changed?: number;
}
