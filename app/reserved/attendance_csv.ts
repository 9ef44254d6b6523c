/** The list of who was here as a table for spreadsheets. Pure. */
import type { Stay } from "../../protocol/mod.ts";

/** The headings of the columns. */
export interface AttendanceHeadings {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly minutes: string;
}

/** A stay with the name to show. */
export interface NamedStay extends Stay {
  readonly shown: string;
}

/** CSV as RFC 4180 has it; times are local, `at` ends the stays that go on. */
export function attendanceCsv(
  stays: readonly NamedStay[],
  { headings, at }: { headings: AttendanceHeadings; at: number },
): string {
  const rows = stays.map(({ shown, from, to }) => [
    shown,
    stamp(from),
    to === null ? "" : stamp(to),
    String(Math.round(((to ?? at) - from) / 60_000)),
  ]);
  const { name, from, to, minutes } = headings;
  const lines = [[name, from, to, minutes], ...rows].map((cells) => cells.map(cell).join(","));
  // Without the mark some programs read another encoding than UTF-8.
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/**
 * A person chooses the name, and some programs run a cell as a formula that begins with one of
 * these signs, also behind spaces.
 */
function cell(text: string): string {
  const harmless = /^[\s\ufeff]*[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function stamp(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
