/** Which messages must be answered by the home of a room that their sender need not be in. */
import type { Incoming } from "../core/core_types.ts";

/** The room that a message asks for; undefined: it is about the room of its sender. */
export function askedRoom(message: Incoming | undefined): string | undefined {
  return message?.type === "join" || message?.type === "claim-move" ? message.room : undefined;
}
