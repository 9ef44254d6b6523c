/** When people may come into a room with weekly hours. Times are ms since the epoch. */
import type { RoomHours, WeekSpan } from "../../protocol/mod.ts";

const minuteMs = 60_000;
const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;
const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** Whether people may come in at a time. */
export function isOpenAt({ zone, spans }: RoomHours, at: number): boolean {
  const minute = minuteOfWeek(zone, at);
  return spans.some((span) => after(span, minute) < span.to - span.from);
}

/** When people may come in next, if they may not at `at`; undefined: never. */
export function opensAfter({ zone, spans }: RoomHours, at: number): number | undefined {
  if (spans.length === 0) return undefined;
  const minute = minuteOfWeek(zone, at);
  const wait = Math.min(...spans.map((span) => (weekMinutes - after(span, minute)) % weekMinutes));
  const wanted = (minute + wait) % weekMinutes;
  const guess = at - at % minuteMs + wait * minuteMs;
  // The clocks of the zone may be changed meanwhile.
  const shift = wanted - minuteOfWeek(zone, guess);
  const turned = (shift + weekMinutes * 1.5) % weekMinutes - weekMinutes / 2;
  return guess + turned * minuteMs;
}

/** How many minutes ago a span last began. */
function after({ day, from }: WeekSpan, minute: number): number {
  return (minute - day * dayMinutes - from + 2 * weekMinutes) % weekMinutes;
}

/** Minutes since Monday, 0:00, on the clocks of a zone. */
function minuteOfWeek(zone: string, at: number): number {
  const parts = formatOf(zone).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  const day = Math.max(0, days.indexOf(part("weekday")));
  return day * dayMinutes + Number(part("hour")) * 60 + Number(part("minute"));
}

/** Made once for each zone, because that takes long. Bounded, because clients choose zones. */
const formats = new Map<string, Intl.DateTimeFormat>();
const formatsMost = 100;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  if (formats.size >= formatsMost) formats.clear();
  formats.set(timeZone, format);
  return format;
}
