/** The settings of one file, TOML or JSON, with the names the flags have. */
import { parse as parseToml } from "@std/toml/parse.js";

/** What a file gives: texts as a flag would have them, or one line of why there is nothing. */
export type FileSettings =
  | { readonly ok: true; readonly texts: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly refusal: string };

/** Reads `path`: JSON when it is called so, else TOML. `by`: what named it. */
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
      return { ok: false, refusal: `${path}: not a table of settings` };
    }
    return { ok: true, texts: new Map(Object.entries(parsed).map(([k, v]) => [k, asText(v)])) };
  } catch (error) {
    return { ok: false, refusal: `${path}: ${firstLine(error)}` };
  }
}

/** As a flag would be written: a list of words has commas, anything deeper is JSON. */
function asText(value: unknown): string {
  if (typeof value === "string") return value;
  const words = Array.isArray(value) && value.every((part) => typeof part === "string");
  return words ? value.join(",") : JSON.stringify(value);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0] ?? "";
}
