/** Parses the frames that late_messages.ts holds. */
import type { LateMessage } from "../../protocol/mod.ts";
import { parseLateMessage } from "../../protocol/parse_late.ts";

/** What late_messages.ts holds. */
interface Held {
  readonly frames: string[];
  readonly owners: { handle(message: LateMessage): void };
}

/** Passes on what the frames say. */
export function readFrames({ frames, owners }: Held): void {
  for (const frame of frames.splice(0)) {
    const parsed = parseLateMessage(frame);
    // A type of a newer server, which sends what matters in types that older clients know.
    if (parsed.ok) owners.handle(parsed.message);
  }
}
