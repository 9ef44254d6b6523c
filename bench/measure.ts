/** Reads figures of processes from /proc, and formats them. */

/** One line of a table, and of the JSON. */
export interface Row {
  readonly what: string;
  /** Figures by contender. */
  readonly figures: Readonly<Record<string, number>>;
  readonly unit: string;
  /** Parley's figure divided by the other's; below 1, Parley needs less. */
  readonly ratio?: number;
  readonly goal?: number;
  readonly note?: string;
}

/** A row with the ratio of Parley's figure to that of raw Deno. */
export function compared(
  what: string,
  figures: Record<string, number>,
  { unit, goal, note }: { unit: string; goal?: number; note?: string },
): Row {
  const ratio = (figures["Parley"] ?? NaN) / (figures["raw Deno"] ?? NaN);
  return { what, figures, unit, ratio, ...goal && { goal }, ...note && { note } };
}

/** CPU seconds of a process, user and system; the kernel counts in hundredths. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stat = await Deno.readTextFile(`/proc/${pid}/stat`);
  // The second field, a name in parentheses, may hold anything; utime and stime are 14 and 15.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Memory that a process has in RAM, bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${pid}/status`);
  return 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN);
}

/** The processes of a program, itself first. */
export async function familyOf(pid: number): Promise<number[]> {
  const found = [pid];
  for (const parent of found) {
    const path = `/proc/${parent}/task/${parent}/children`;
    const children = await Deno.readTextFile(path).catch(() => "");
    found.push(...children.split(" ").filter((word) => word !== "").map(Number));
  }
  return found;
}

/** The value in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** The smallest value that at least `part` of the values, 0 to 1, do not exceed. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
}

/** A pause that is part of the load, not a wait for something. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Rows as text, a column for each contender. */
export function table(title: string, rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const cells = rows.map(({ what, figures, unit, ratio, goal, note }) => [
    what,
    ...names.map((name) => number(figures[name])),
    unit,
    ratio === undefined || !Number.isFinite(ratio) ? "" : ratio.toFixed(2),
    goal === undefined ? "" : `≤ ${goal.toFixed(2)}${(ratio ?? 0) <= goal ? "" : " missed"}`,
    note ?? "",
  ]);
  const all = [[title, ...names, "", "ratio", "goal", ""], ...cells];
  const widths =
    all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: string[]) =>
    row.map((cell, column) =>
      column === 0 || column > names.length
        ? cell.padEnd(widths[column] ?? 0)
        : cell.padStart(widths[column] ?? 0)
    ).join("  ").trimEnd();
  return all.map(line).join("\n");
}

function number(value: number | undefined): string {
  if (value === undefined) return "–";
  if (Number.isNaN(value)) return "?";
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
