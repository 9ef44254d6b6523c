/** How metrics, webhooks and the relay observe a hub. */
import type { CloseReason, ErrorCode } from "../../protocol/mod.ts";
import type { Effect, Outgoing } from "../core/core_types.ts";
import type { RoomObserver } from "./room_host.ts";

/**
 * Called for every frame and event, so each method must be fast. `bytes`: of the frame, as UTF-8.
 */
export interface HubObserver extends RoomObserver {
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
}

/** Shows an event of a room to all observers. */
export function observe(
  observers: readonly RoomObserver[],
  effect: Effect & { kind: "publish" | "subscribe" | "unsubscribe" | "ring" },
): void {
  for (const observer of observers) {
    if (effect.kind === "publish") observer.published(effect.room, effect.message);
    else if (effect.kind === "ring") observer.rang?.(effect.room, effect.ring);
    else if (effect.kind === "subscribe") observer.opened(effect.room);
    else observer.emptied(effect.room);
  }
}
