/** Formats times and dates by the conventions of the language. */
import { attempt } from "../../protocol/attempt.ts";

/** Hours and minutes of a moment (ms since the epoch), 24 hours. */
export function timeOfDay(at: number, locale: string): string {
  const form = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return attempt(() => new Intl.DateTimeFormat(locale, form).format(at)) ??
    new Date(at).toTimeString().slice(0, 5);
}

/**
 * A day and time: "Today, 09:30", "Thursday, 18:04", "3 May, 18:04". Both in ms since the epoch.
 */
export function visitTime(at: number, { now, locale }: { now: number; locale: string }): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  const day = attempt(() => dayWord(at, days, locale)) ?? new Date(at).toDateString();
  return `${day}, ${timeOfDay(at, locale)}`;
}

function dayWord(at: number, days: number, locale: string): string {
  if (days >= 0 && days < 2) {
    const word = new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(-days, "day");
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }
  return new Intl.DateTimeFormat(
    locale,
    days >= 0 && days < 7 ? { weekday: "long" } : { day: "numeric", month: "long" },
  ).format(at);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** A length of time as a clock: 03:41, from an hour on 1:03:41. */
export function clockTime(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const pad = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = `${pad(minutes % 60)}:${pad(seconds % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
