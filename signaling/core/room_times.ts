/** The times of a room on the wire. */
import { powerLimits, type RoomTimes } from "../../protocol/mod.ts";
import type { RoomEnd } from "./core_types.ts";
import type { RoomRules } from "./room_rules.ts";

/** The end of a call `inMs` from now on; what should have been announced earlier is not. */
export function endIn(inMs: number, at: number): RoomEnd {
  return { at: at + inMs, told: powerLimits.endToldMs.filter((left) => inMs <= left).length };
}

/** The message with the times of a room. */
export function timesOf({ hours, end }: RoomRules, at: number): RoomTimes {
  return { type: "times", hours: hours ?? null, end: end?.at ?? null, at };
}
