/** Formats amounts by the conventions of the language. */
import { attempt } from "../../protocol/attempt.ts";

const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** "0 bytes", "812 kB", "4.8 MB": thousands, as disks and downloads are counted. */
export function byteSize(bytes: number, locale: string): string {
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const value = bytes / 1000 ** power;
  const unit = units[power] ?? "byte";
  const form = {
    style: "unit",
    unit,
    unitDisplay: power === 0 ? "long" : "short",
    // Without decimals, 999,960 bytes read as 1,000 kB, not 999.96.
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  } as const;
  return attempt(() => new Intl.NumberFormat(locale, form).format(value)) ??
    `${Math.round(value)} ${unit}`;
}

/** "40 sec", "3 min", "2 hr": one unit, rounded up. */
export function timeSpan(seconds: number, locale: string): string {
  const [value, unit] = seconds < 60
    ? [seconds, "second"]
    : seconds < 3600
    ? [seconds / 60, "minute"]
    : [seconds / 3600, "hour"];
  const form = { style: "unit", unit, unitDisplay: "short" } as const;
  const whole = Math.ceil(value);
  return attempt(() => new Intl.NumberFormat(locale, form).format(whole)) ?? `${whole} ${unit}`;
}
