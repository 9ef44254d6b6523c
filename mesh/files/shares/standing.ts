/** What a receiver tells the owner who makes an offer again. */
import type { TransferState } from "../transfer.ts";
import type { ShareEnd, TakerMessage } from "./share_message.ts";
import { wireReason } from "./share_ports.ts";

/** The answer of an offer in this state. */
export function standingOf(id: string, state: TransferState): TakerMessage | ShareEnd {
  switch (state.kind) {
    case "waiting":
    case "offered":
    case "opening":
      return { type: "here", id };
    case "moving":
    case "paused":
    case "checking":
      return { type: "accept", id };
    case "done":
      return { type: "stored", id };
    case "declined":
      return { type: "decline", id };
    case "cancelled":
      return { type: "cancel", id };
    case "failed":
      return { type: "failed", id, reason: wireReason(state.reason) };
    default:
      return state satisfies never;
  }
}
