/**
 * The chat of a recording: kept with it while it runs, and saved beside it as text and as
 * subtitles. Pure.
 */
import { attempt } from "../../protocol/attempt.ts";
import type { ChatEntry } from "../chat/mod.ts";

/** A line for everybody. `at`: ms since the epoch. */
export interface FilmLine {
  readonly key: string;
  readonly at: number;
  readonly name: string;
  readonly text: string;
}

/** Seconds for which a line is shown at least and at most, and characters read in a second. */
const least = 2;
const most = 7;
const readPerSecond = 15;

/**
 * The lines that belong into a recording since `since`: private lines never, nor what is deleted
 * or not sent. `self`: the own name.
 */
export function filmLines(
  entries: readonly ChatEntry[],
  { since, self }: { since: number; self: string },
): FilmLine[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== "line" || entry.to !== undefined || entry.at < since) return [];
    if (entry.version === "deleted" || entry.delivery !== "delivered") return [];
    const { key, at, name, text, own } = entry;
    return [{ key, at, name: own ? self : name, text }];
  });
}

/** Reads what was kept; a broken text has no lines. */
export function parseLines(json: string): FilmLine[] {
  const value: unknown = attempt(() => JSON.parse(json));
  return Array.isArray(value) ? value.filter(isLine) : [];
}

/** Lines of several pages, each once, in their order. */
export function joinLines(lists: readonly (readonly FilmLine[])[]): FilmLine[] {
  const byKey = new Map(lists.flat().map((line) => [line.key, line]));
  return [...byKey.values()].toSorted((one, other) => one.at - other.at);
}

/** One line each, with the time in the film. `zero`: its start, ms since the epoch. */
export function linesAsText(lines: readonly FilmLine[], zero: number): string {
  return lines.map(({ at, name, text }) =>
    // Continuation lines are indented, so that no text can imitate another author's line.
    `[${stamp(at - zero).slice(0, 8)}] ${name}: ${text.replaceAll("\n", "\n    ")}\n`
  ).join("");
}

/** WebVTT: a line is shown from when it was written until the next one, or until it is read. */
export function linesAsSubtitles(lines: readonly FilmLine[], zero: number): string {
  const cues = lines.map(({ at, name, text }, index) => {
    const start = Math.max(0, at - zero);
    const seconds = Math.min(most, Math.max(least, text.length / readPerSecond));
    const next = (lines[index + 1]?.at ?? Infinity) - zero;
    const end = Math.max(start + 500, Math.min(start + seconds * 1000, next));
    // A blank line would end the cue, and "-->" would begin one.
    const said = escaped(text).split("\n").filter((each) => each.trim() !== "").join("\n");
    return `${stamp(start)} --> ${stamp(end)}\n<v ${escaped(name.replaceAll("\n", " "))}>${said}\n`;
  });
  return ["WEBVTT\n", ...cues].join("\n");
}

/** "00:00:03.250" */
function stamp(ms: number): string {
  return new Date(Math.max(0, Math.round(ms)) % 86_400_000).toISOString().slice(11, 23);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function isLine(value: unknown): value is FilmLine {
  const { key, at, name, text }: Partial<Record<string, unknown>> = Object(value);
  return typeof key === "string" && Number.isFinite(at) && typeof name === "string" &&
    typeof text === "string";
}
