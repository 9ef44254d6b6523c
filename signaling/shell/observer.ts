/** How metrics and webhooks observe a hub. */
import type { CloseReason, ErrorCode } from "../../protocol/mod.ts";
import type { Broadcast, Outgoing } from "../core/core_types.ts";

/**
 * Called for every frame and event, so each method must be fast. `bytes`: of the frame, as UTF-8.
 */
export interface HubObserver {
  /** A frame has arrived. `type`: the type of its message; undefined: it is no valid message. */
  received(type: string | undefined, bytes: number): void;
  /** A message was sent to one socket. */
  sent(message: Outgoing, bytes: number): void;
  /** A message was left out because its reader is slow. */
  dropped(message: Outgoing): void;
  /** An error was sent to one socket. */
  refused(code: ErrorCode): void;
  /** The server closes a socket. */
  closing(reason: CloseReason): void;
  /** A room has its first member. */
  opened(room: string): void;
  /** A room has lost its last member. */
  emptied(room: string): void;
  /** A message goes to all members of a room. */
  published(room: string, message: Broadcast): void;
}
