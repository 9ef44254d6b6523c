/** Times of planned rooms: between what a person types in a time zone, and moments. */

/**
 * The moment of a local time as `<input type="datetime-local">` gives it, ms since the epoch. A
 * time that comes twice, as clocks go back, is the first one; one that is skipped, as they go
 * forward, is as much later as the clocks. Undefined: not such a time.
 */
export function momentOf(text: string, zone: string): number | undefined {
  const [, ...parts] = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?$/.exec(text) ?? [];
  const [year, month, day, hour, minute] = parts.map(Number);
  if (year === undefined || month === undefined) return undefined;
  const wall = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(wall).toISOString().slice(0, 16) !== text.slice(0, 16)) return undefined;
  const before = offsetAt(wall - dayMs, zone);
  const after = offsetAt(wall + dayMs, zone);
  const fitting = [before, after].filter((offset) => offsetAt(wall - offset, zone) === offset)
    .map((offset) => wall - offset);
  return fitting.length === 0 ? wall - before : Math.min(...fitting);
}

/** A moment as `<input type="datetime-local">` takes it. */
export function localText(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 16);
}

/** The next full hour, at least `leastMs` from now. */
export function nextHour(now: number, leastMs = 10 * 60_000): number {
  return Math.ceil((now + leastMs) / hourMs) * hourMs;
}

const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** By how much the clocks of a zone are ahead of UTC, ms. */
function offsetAt(at: number, zone: string): number {
  const form = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "numeric", day: "numeric" },
    ...{ hour: "numeric", minute: "numeric", second: "numeric" },
  });
  const found = new Map(form.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => found.get(name) ?? 0;
  const wall = Date.UTC(
    ...[part("year"), part("month") - 1, part("day")] as const,
    ...[part("hour"), part("minute"), part("second")] as const,
  );
  return wall - Math.floor(at / 1000) * 1000;
}
