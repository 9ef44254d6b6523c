/** A transfer as its owner sees it: one tagged union, the same for both directions. */
import type { PeerId } from "../../protocol/mod.ts";
import type { ToldFailure } from "./file_message.ts";
import type { StoredFile } from "./sink.ts";

/**
 * Why a transfer did not end well. Beyond what can be told: the other page knows nothing of files,
 * the other person left, or no way was found for two minutes.
 */
export type FileFailure = ToldFailure | "unsupported" | "left" | "lost";

/** Which side something is about. */
export type Side = "self" | "peer";

/** The one state of a transfer. `bytes`: on the receiver's disk. */
export type TransferState =
  /** The offer has not reached the other person yet. */
  | { readonly kind: "waiting" }
  | { readonly kind: "offered" }
  /** Accepted; a place for it is being made. */
  | { readonly kind: "opening" }
  | { readonly kind: "moving"; readonly bytes: number }
  /** No channel just now; it goes on from `bytes`. */
  | { readonly kind: "paused"; readonly bytes: number }
  /** All is sent; the receiver compares hashes and closes the file. */
  | { readonly kind: "checking" }
  /** `stored`: undefined at the sender. */
  | { readonly kind: "done"; readonly stored: StoredFile | undefined }
  | { readonly kind: "declined" }
  | { readonly kind: "cancelled"; readonly by: Side }
  /** `by`: whose browser gave up. */
  | { readonly kind: "failed"; readonly reason: FileFailure; readonly by: Side };

/** A transfer with one peer. `batch` is shared by the offers of one file to several. */
export interface Transfer {
  readonly id: string;
  readonly batch: string;
  readonly direction: "in" | "out";
  readonly peerId: PeerId;
  /** Safe to show and to write. */
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
