/** Reads a settings file, TOML or JSON; its keys are the names of the flags. */
import { parse as parseToml } from "@std/toml/parse.js";

/** The values of a file, written as flags would have them, or one line with the error. */
export type FileSettings =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly refusal: string };

/** Reads `path` as JSON if it ends in .json, else as TOML. `by`: the setting that named it. */
export function readSettingsFile(
  path: string,
  { readText, by }: { readText: (path: string) => string; by: string },
): FileSettings {
  let text: string;
  try {
    text = readText(path);
  } catch (error) {
    return { ok: false, refusal: `${by}: cannot read ${path}: ${firstLine(error)}` };
  }
  try {
    const parsed: unknown = path.endsWith(".json") ? JSON.parse(text) : parseToml(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) {
      return { ok: false, refusal: `${path}: the file must hold a table of settings` };
    }
    return { ok: true, texts: new Map(Object.entries(parsed).map(([k, v]) => [k, asText(v)])) };
  } catch (error) {
    return { ok: false, refusal: `${path}: ${firstLine(error)}` };
  }
}

/** Writes a value as a flag would have it: a list of words with commas, deeper values as JSON. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  const words = Array.isArray(value) && value.every((part) => typeof part === "string");
  return words ? value.join(",") : JSON.stringify(value);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0] ?? "";
}
