/** What was said in a call, as text and as WebVTT. Pure. */
import { clockTime } from "../ui/clock.ts";

/** One line of what was said. */
export interface TranscriptLine {
  readonly name: string;
  readonly text: string;
  /** When it began and ended, ms since the epoch by the own clock. */
  readonly from: number;
  readonly to: number;
}

/** One line for each: `[0:12] Ann: Good morning.`; times from the first line on. */
export function asText(lines: readonly TranscriptLine[], title: string): string {
  const start = lines[0]?.from ?? 0;
  const written = lines.map(({ name, text, from }) =>
    `[${clockTime(from - start)}] ${oneLine(name)}: ${oneLine(text)}`
  );
  return `${[title, "", ...written].join("\n")}\n`;
}

/** As WebVTT (W3C), with the speaker of each cue. */
export function asVtt(lines: readonly TranscriptLine[]): string {
  const start = lines[0]?.from ?? 0;
  const cues = lines.map(({ name, text, from, to }) => {
    const end = Math.max(to, from + leastMs);
    return `${cueTime(from - start)} --> ${cueTime(end - start)}\n` +
      `<v ${escaped(oneLine(name))}>${escaped(oneLine(text))}`;
  });
  return `${["WEBVTT", ...cues].join("\n\n")}\n`;
}

/** A cue that ends when it begins would not be shown, ms. */
const leastMs = 1_000;

function cueTime(ms: number): string {
  const pad = (value: number, digits = 2) => String(value).padStart(digits, "0");
  const whole = Math.max(0, Math.round(ms));
  const [hours, minutes] = [Math.floor(whole / 3_600_000), Math.floor(whole / 60_000) % 60];
  const seconds = Math.floor(whole / 1_000) % 60;
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds)}.${pad(whole % 1_000, 3)}`;
}

/** No text can look like another person's line or cue. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
