/**
 * What two pages of a sealed room tell each other about a removal over their link, as topic
 * `powers`: the server must not read the reason. Closed schemas; a message that does not fit is
 * ignored.
 */
import { checked, powerLimits } from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";

/** One message. */
export type PowerNote =
  /** From an owner who removes the receiver next. */
  | { readonly type: "reason"; readonly reason: string }
  /** The answer. */
  | { readonly type: "heard" };

const schema = is.tagged<PowerNote>("type", {
  reason: is.object({
    type: is.oneOf("reason"),
    reason: is.text({ least: 1, most: 2 * powerLimits.reason }),
  }),
  heard: is.object({ type: is.oneOf("heard") }),
});

/** The message in the body of a topic; undefined if it is none. */
export function readPowerNote(body: unknown): PowerNote | undefined {
  const parsed = checked(schema, body);
  return parsed.ok ? parsed.message : undefined;
}
