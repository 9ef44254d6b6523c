/** Parses the frames that late_messages.ts holds. */
import { parseLateMessage } from "../../protocol/parse_late.ts";
import type { LateMessages } from "./late_messages.ts";

/** Frames kept for the first listener. */
export const heldMost = 64;

/** Emits what the frames say; without a listener, it keeps the first ones. */
export function readFrames(late: LateMessages): void {
  if (!late.isHeard) return void late.frames.splice(heldMost);
  for (const frame of late.frames.splice(0)) {
    const parsed = parseLateMessage(frame);
    // A type of a newer server, which sends what matters in types that older clients know.
    if (parsed.ok) late.emit(parsed.message);
  }
}
