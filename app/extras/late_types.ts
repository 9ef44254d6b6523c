/** Which extra a late message of the server is for. */
import type { LateMessage } from "../../protocol/mod.ts";
import type { ExtraName } from "./extra.ts";

const extras: Readonly<Partial<Record<LateMessage["type"], ExtraName>>> = {
  "powers": "powers",
  "lines-deleted": "powers",
  "removed-for": "powers",
  "times": "powers",
  "ending": "powers",
  "ended": "powers",
  "outside-hours": "powers",
  "attendance": "powers",
};

/** The name of the extra; undefined: another part of the page handles it. */
export function extraOf({ type }: LateMessage): ExtraName | undefined {
  return extras[type];
}
