/** The weekly hours of a room as a person writes them: one span a day. Pure. */
import type { RoomHours, WeekSpan } from "../../protocol/mod.ts";

/** One day, "HH:MM"; an empty time: nobody may come in. */
export interface DayHours {
  readonly from: string;
  readonly to: string;
}

const dayMinutes = 24 * 60;
const days = [0, 1, 2, 3, 4, 5, 6] as const;
const weekdays = { from: "09:00", to: "17:00" };
const closed = { from: "", to: "" };

/** The days of known hours, from Monday on; office hours if there are none. */
export function weekOf(hours: RoomHours | null): DayHours[] {
  return days.map((day) => {
    if (hours === null) return day < 5 ? weekdays : closed;
    const span = hours.spans.find((each) => each.day === day);
    return span === undefined ? closed : { from: clock(span.from), to: clock(span.to) };
  });
}

/** The hours of written days. A time until that is not later than the other is on the next day. */
export function hoursOf(week: readonly DayHours[], zone: string): RoomHours {
  const spans = week.flatMap(({ from, to }, day): WeekSpan[] => {
    const [begin, end] = [minutes(from), minutes(to)];
    if (begin === undefined || end === undefined) return [];
    return [{ day, from: begin, to: end > begin ? end : end + dayMinutes }];
  });
  return { zone, spans };
}

function minutes(time: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)$/.exec(time) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

function clock(minutes: number): string {
  const inDay = minutes % dayMinutes;
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
}
