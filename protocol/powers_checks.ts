/**
 * Checks of the messages in powers.ts. Those of clients are for the server, those of the server for
 * pages that have loaded their late code.
 */
import { count, name, noName, peerId, ref } from "./fields.ts";
import { limits } from "./limits.ts";
import { codePoints } from "./names.ts";
import {
  personRights,
  powerLimits,
  type PowerMessage,
  type PowerUpdate,
  type RoomHours,
} from "./powers.ts";
import * as is from "./schema.ts";

const right = is.oneOf(...personRights);
const reason = is.canonical(
  (raw) => codePoints(raw) <= powerLimits.reason && raw.trim() !== "" ? raw.trim() : undefined,
  `1 to ${powerLimits.reason} characters`,
);
const minutes = (least: number, days: number) => is.integer({ least, most: days * 24 * 60 });
const span = is.object({
  day: is.integer({ least: 0, most: 6 }),
  from: is.integer({ least: 0, most: 24 * 60 - 1 }),
  to: minutes(1, 2),
});

function isZone(raw: string): boolean {
  try {
    return raw.length <= powerLimits.zone &&
      new Intl.DateTimeFormat("en", { timeZone: raw }) !== undefined;
  } catch {
    return false;
  }
}

const hoursShape = is.object({
  zone: is.canonical((raw) => isZone(raw) ? raw : undefined, "a time zone"),
  spans: is.list(span, powerLimits.spans),
});

/** Checks hours: each span is longer than nothing and shorter than a day. */
export const roomHours: is.Check<RoomHours> = (value, path) => {
  const hours = hoursShape(value, path);
  for (const { from, to } of hours.spans) {
    if (to <= from || to - from > 24 * 60) is.fail(`${path}.spans`, "spans of up to a day");
  }
  return hours;
};

/** Messages of owners, by type. */
export const powerMessages: Readonly<Record<PowerMessage["type"], is.Check<PowerMessage>>> = {
  "mute-one": is.object({ type: is.oneOf("mute-one"), peerId }),
  "set-right": is.object({ type: is.oneOf("set-right"), peerId, right, given: is.boolean }),
  "delete-line": is.object({ type: is.oneOf("delete-line"), from: peerId, ref }),
  "remove-for": is.object({ type: is.oneOf("remove-for"), peerId, ban: is.boolean, reason }),
  "lend": is.object({ type: is.oneOf("lend"), peerId, lent: is.boolean }),
  "set-hours": is.object({ type: is.oneOf("set-hours"), hours: is.nullable(roomHours) }),
  "set-end": is.object({
    type: is.oneOf("set-end"),
    inMs: is.nullable(is.integer({ least: 0, most: powerLimits.endMs })),
  }),
  "ask-attendance": is.object({ type: is.oneOf("ask-attendance") }),
};

const moment = is.nullable(count);

/** Messages of the server, by type. */
export const powerUpdates: Readonly<Record<PowerUpdate["type"], is.Check<PowerUpdate>>> = {
  "powers": is.object({
    type: is.oneOf("powers"),
    taken: is.list(
      is.object({ peerId, rights: is.list(right, personRights.length) }),
      limits.roomCapacityMost + 1,
    ),
    lent: is.list(peerId, limits.roomCapacityMost + 1),
  }),
  "lines-deleted": is.object({
    type: is.oneOf("lines-deleted"),
    lines: is.list(is.object({ from: peerId, ref }), powerLimits.deletedLines),
  }),
  "removed-for": is.object({ type: is.oneOf("removed-for"), reason }),
  "times": is.object({
    type: is.oneOf("times"),
    hours: is.nullable(hoursShape),
    end: moment,
    at: count,
  }),
  "ending": is.object({ type: is.oneOf("ending"), leftMs: count }),
  "ended": is.object({ type: is.oneOf("ended") }),
  "outside-hours": is.object({ type: is.oneOf("outside-hours"), opens: moment }),
  "attendance": is.object({
    type: is.oneOf("attendance"),
    stays: is.list(
      is.object({
        peerId,
        name: is.either(noName, name),
        from: count,
        to: moment,
      }),
      powerLimits.staysKept,
    ),
    isCut: is.boolean,
    at: count,
  }),
};
