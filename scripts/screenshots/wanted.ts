/** Reads which pictures are wanted: every screen × size × theme × language by default. */
import { parseArgs } from "node:util";
import { type Language, languages } from "../../app/ui/words/mod.ts";

/** Windows in CSS pixels; `touch`: a touch screen without a mouse. */
export const sizes = {
  desktop: { width: 1440, height: 900, touch: false },
  tablet: { width: 820, height: 1180, touch: true },
  phone: { width: 360, height: 740, touch: true },
} as const;

/** The name of a window size. */
export type SizeName = keyof typeof sizes;

const themes = ["light", "dark"] as const;

/** The name of a colour scheme. */
export type Theme = typeof themes[number];

/** The wanted pictures; `screen()` accepts names and their beginnings. */
export interface Wanted {
  readonly folder: string;
  readonly sizes: readonly SizeName[];
  readonly themes: readonly Theme[];
  readonly languages: readonly Language[];
  readonly screen: (name: string) => boolean;
}

/** The help text. */
export const usage = `deno task screenshots [--only NAME,…] [--size desktop,tablet,phone]
  [--theme light,dark] [--language ${languages.join(",")}] [--folder _screenshots] [--list]
NAME is a screen or the beginning of one: --only room,end-left`;

/** Reads the arguments of the task; throws an Error for an unknown one. */
export function readWanted(args: readonly string[]): Wanted & { readonly list: boolean } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      size: { type: "string", default: "" },
      theme: { type: "string", default: "" },
      language: { type: "string", default: "" },
      folder: { type: "string", default: "_screenshots" },
      list: { type: "boolean", default: false },
    },
  });
  const names = words(values.only);
  return {
    folder: values.folder,
    list: values.list,
    sizes: chosen(values.size, ["desktop", "tablet", "phone"]),
    themes: chosen(values.theme, themes),
    languages: chosen(values.language, languages),
    screen: (name) => names.length === 0 || names.some((start) => name.startsWith(start)),
  };
}

function words(text: string): string[] {
  return text.split(",").filter((word) => word !== "");
}

/** The choices of `all` that begin with one of the words of `text`; without words, all. */
function chosen<Choice extends string>(text: string, all: readonly Choice[]): readonly Choice[] {
  const starts = words(text);
  const unknown = starts.find((start) => !all.some((choice) => choice.startsWith(start)));
  if (unknown !== undefined) {
    throw new Error(`"${unknown}" is not one of ${all.join(", ")}\n${usage}`);
  }
  return starts.length === 0
    ? all
    : all.filter((choice) => starts.some((start) => choice.startsWith(start)));
}
