/** A planned room as a calendar file (iCalendar, RFC 5545). */

/** What the file says. Times in ms since the epoch. */
export interface CalendarEntry {
  /** The same for each file of this plan, so that calendars replace the older one. */
  readonly id: string;
  readonly title: string;
  readonly at: number;
  readonly minutes: number;
  /** The link, with its secret only if the person wants it in the calendar. */
  readonly link: string;
  readonly reminder: string;
  readonly now: number;
}

/** The type of such a file. */
export const calendarType = "text/calendar;charset=utf-8";

/** Octets of a line without its end (RFC 5545, 3.1). */
const lineMost = 75;
const remindMinutes = 10;

/** The file. Moments are in UTC, so that every calendar shows its own local time. */
export function calendarFile(entry: CalendarEntry): string {
  const { id, title, at, minutes, link, reminder, now } = entry;
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Parley//Parley//EN",
    "BEGIN:VEVENT",
    `UID:${id}@parley`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(at)}`,
    `DTEND:${utc(at + minutes * 60_000)}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(link)}`,
    `LOCATION:${escaped(link)}`,
    `URL:${link}`,
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(reminder)}`,
    `TRIGGER:-PT${remindMinutes}M`,
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.flatMap(folded).join("\r\n") + "\r\n";
}

/** A link without what must stay secret: its fragment has the secret of a sealed room. */
export function withoutFragment(link: string): string {
  return link.split("#", 1)[0] ?? link;
}

/** `20260329T010000Z`. */
function utc(at: number): string {
  return new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\r|\n/g, "\\n");
}

/** A line in pieces of at most 75 octets, of which each later one begins with a space. */
function folded(line: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const character of line) {
    const size = new TextEncoder().encode(character).length;
    if (octets + size > lineMost) {
      pieces.push(piece);
      piece = " ";
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  return [...pieces, piece];
}
