/** The state of a transfer: one tagged union, the same for both directions. */
import type { PeerId } from "../../protocol/mod.ts";
import type { WireFailure } from "./file_message.ts";
import type { StoredFile } from "./sink.ts";

/**
 * Why a transfer failed. `unsupported`: the other page does not support files; `left`: the other
 * person left; `lost`: there was no channel for two minutes.
 */
export type FileFailure = WireFailure | "unsupported" | "left" | "lost";

/** This side or the other one. */
export type Side = "self" | "peer";

/** The state of a transfer. `bytes`: on the receiver's disk. */
export type TransferState =
  /** The offer has not reached the receiver yet. */
  | { readonly kind: "waiting" }
  | { readonly kind: "offered" }
  /** It is accepted, and the storage opens a place for it. */
  | { readonly kind: "opening" }
  | { readonly kind: "moving"; readonly bytes: number }
  /** There is no channel at present; the next one continues from `bytes`. */
  | { readonly kind: "paused"; readonly bytes: number }
  /** Every byte is sent; the receiver compares hashes and closes the file. */
  | { readonly kind: "checking" }
  /** `stored`: undefined at the sender. */
  | { readonly kind: "done"; readonly stored: StoredFile | undefined }
  | { readonly kind: "declined" }
  | { readonly kind: "cancelled"; readonly by: Side }
  /** `by`: whose browser ended it. */
  | { readonly kind: "failed"; readonly reason: FileFailure; readonly by: Side };

/**
 * A transfer with one peer. `batch` is the same for the offers of one file to several peers.
 * `size`: bytes.
 */
export interface Transfer {
  readonly id: string;
  readonly batch: string;
  readonly direction: "in" | "out";
  readonly peerId: PeerId;
  /** The name of the peer, if it may have left before this page came. */
  readonly person?: string;
  /** A safe file name; see file_name.ts. */
  readonly name: string;
  readonly size: number;
  readonly state: TransferState;
}

/** A final state. */
export type OverState = Extract<
  TransferState,
  { readonly kind: "done" | "declined" | "cancelled" | "failed" }
>;

/** Whether a state is final. */
export function isOver(state: TransferState): state is OverState {
  const { kind } = state;
  return kind === "done" || kind === "declined" || kind === "cancelled" || kind === "failed";
}
