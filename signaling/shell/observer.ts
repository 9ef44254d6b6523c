/** What a hub lets others watch: counts and events, nothing that was said. Called for every frame, so it must be quick. */
import type { CloseReason, ErrorCode } from "../../protocol/mod.ts";
import type { Broadcast, Outgoing } from "../core/core_types.ts";

export interface HubObserver {
  /** A frame came in; `type`: of the message it is, undefined: it is none. `bytes`: as UTF-8. */
  received(type: string | undefined, bytes: number): void;
  /** A message went to one socket, or was left out for a slow reader. */
  sent(message: Outgoing, bytes: number): void;
  dropped(message: Outgoing): void;
  refused(code: ErrorCode): void;
  /** The server closes a socket. */
  closing(reason: CloseReason): void;
  /** A room got its first member. */
  opened(room: string): void;
  /** It lost its last one. */
  emptied(room: string): void;
  /** All members of a room are told something. */
  told(room: string, message: Broadcast): void;
}
