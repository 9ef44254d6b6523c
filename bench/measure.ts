/** Reads figures of processes from the system, and formats them. */

/** One line of a table, and of the JSON. */
export interface Row {
  readonly what: string;
  /** Figures by contender. */
  readonly figures: Readonly<Record<string, number>>;
  readonly unit: string;
  /** Parley's figure divided by the other's; below 1, Parley needs less. */
  readonly ratio?: number;
  /** What the ratio should not exceed. */
  readonly goal?: number;
  /** What Parley's figure should not exceed, where the others do not do the same work. */
  readonly most?: number;
  readonly note?: string;
}

const libc = Deno.dlopen("libc.so.6", {
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
});

/**
 * CPU seconds of a process, user and system, of ended threads too; 0 if there is no such process.
 * The clock counts nanoseconds; /proc/PID/stat counts hundredths of a second.
 */
export function cpuSeconds(pid: number): number {
  // As clock_getcpuclockid(3) makes it; the two lowest bits name the scheduler's clock.
  const clock = (~pid << 3) | 2;
  const time = new BigInt64Array(2);
  if (libc.symbols.clock_gettime(clock, time) !== 0) return 0;
  const [seconds = 0n, nanoseconds = 0n] = time;
  return Number(seconds) + Number(nanoseconds) / 1e9;
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

/** A row with the ratio of Parley to the relay on Deno's WebSockets. */
export function compared(
  what: string,
  figures: Readonly<Record<string, number>>,
  about: Pick<Row, "unit" | "goal" | "most" | "note">,
): Row {
  const ratio = (figures["Parley"] ?? NaN) / (figures["raw Deno"] ?? NaN);
  return { what, figures, ratio, ...about };
}

/** Rows as text, a column for each contender. */
export function table(title: string, rows: readonly Row[]): string {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures)))];
  const cells = rows.map(({ what, figures, unit, ratio, note, ...goals }) => [
    what,
    ...names.map((name) => number(figures[name])),
    unit,
    ratio === undefined || !Number.isFinite(ratio) ? "" : ratio.toFixed(2),
    aim(goals.goal, { is: ratio, format: (goal) => goal.toFixed(2) }) ||
    aim(goals.most, { is: figures["Parley"], format: number }),
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

function aim(
  most: number | undefined,
  { is = 0, format }: { is: number | undefined; format: (value: number) => string },
): string {
  return most === undefined ? "" : `≤ ${format(most)}${is <= most ? "" : " missed"}`;
}

function number(value: number | undefined): string {
  if (value === undefined) return "–";
  if (Number.isNaN(value)) return "?";
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}
