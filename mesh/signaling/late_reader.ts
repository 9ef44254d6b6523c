/** Parses the frames that late_messages.ts holds. */
import { parseLateMessage } from "../../protocol/parse_late.ts";
import type { LateMessage } from "../../protocol/mod.ts";
import type { LateOwnershipMessage } from "../../protocol/owners.ts";

/** What late_messages.ts holds. */
interface Held {
  readonly frames: string[];
  readonly isHeard: boolean;
  readonly owners: { emit(message: LateOwnershipMessage): void };
  emit(message: LateMessage): void;
}

/** Messages kept for the first listener. */
export const heldMost = 64;

/** Emits what the frames say; without a listener, it keeps the first of them. */
export function readFrames(late: Held): void {
  for (const frame of late.frames.splice(0)) {
    const parsed = parseLateMessage(frame);
    // A type of a newer server, which sends what matters in types that older clients know.
    if (!parsed.ok) continue;
    const { message } = parsed;
    if (message.type === "invites" || message.type === "mute-request") late.owners.emit(message);
    else if (late.isHeard) late.emit(message);
    else if (late.frames.length < heldMost) late.frames.push(frame);
  }
}
