/** What one start is asked to do. Everything that is wrong with it is told at once, a line each. */
import { parseArgs } from "node:util";
import type { AdminCommand } from "../admin_command.ts";
import { version } from "../version.ts";
import { optionNames, options } from "./options.ts";
import { configText, helpText } from "./print.ts";
import { type ReadSettings, readSettings, type Settings, type Surroundings } from "./settings.ts";

/** What the command line asks for. `refuse` is what is wrong with it, a line each. */
export type Command =
  | {
    readonly kind: "serve";
    readonly settings: Settings;
    /** The settings as they are now: files may have changed. */
    readonly reread: () => ReadSettings;
  }
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "admin"; readonly command: AdminCommand }
  /** Looks for what commonly goes wrong; `url`: of the site as browsers reach it. */
  | {
    readonly kind: "doctor";
    readonly settings: Settings;
    readonly url: string | undefined;
    readonly json: boolean;
  }
  /** Asks the server that runs with these settings whether it is ready. */
  | { readonly kind: "healthy"; readonly settings: Settings }
  | { readonly kind: "refuse"; readonly lines: readonly string[] };

/** The command line of one start and what is around it. */
export interface Start extends Omit<Surroundings, "flags"> {
  readonly args: readonly string[];
}

const subcommands = ["config", "healthy", "doctor"] as const;
const localUrl = "http://localhost:8000";

/** The command line, environment and files of this process. */
export function thisStart(): Start {
  return { args: Deno.args, env: Deno.env.toObject(), readText: Deno.readTextFileSync };
}

/** What a start without any setting does. */
export function defaults(): Command & { kind: "serve" } {
  const command = readCommand({ args: [], env: {}, readText: Deno.readTextFileSync });
  if (command.kind !== "serve") throw new Error("the defaults are settings");
  return command;
}

/** Reads the command line, the environment and the file of one start. */
export function readCommand({ args, ...around }: Start): Command {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(args);
  } catch (error) {
    // node:util says in `message` which argument it does not know, with a hint after the first sentence.
    const [reason = ""] = error instanceof Error ? error.message.split(". ") : [String(error)];
    return { kind: "refuse", lines: [`${reason}; see --help`] };
  }
  const { values, positionals: [word, ...rest] } = parsed;
  if (values.help === true) return { kind: "print", text: helpText(version) };
  if (values.version === true) return { kind: "print", text: `parley ${version}` };
  const { url, json = false, ...flagged } = values;
  if (word === "admin") {
    if (url !== undefined && !isWebAddress(url)) {
      const example = "an address of a server, such as http://[::1]:8000";
      return { kind: "refuse", lines: [`--url: ${JSON.stringify(url)} is not ${example}`] };
    }
    const given = new Map(Object.entries(flagged)).get("admin-token-file");
    const tokenFile = given === undefined ? around.env["PARLEY_ADMIN_TOKEN_FILE"] : String(given);
    return { kind: "admin", command: { words: rest, url: url ?? localUrl, tokenFile } };
  }
  if (json && word !== "doctor") {
    return { kind: "refuse", lines: ["--json is for parley doctor only"] };
  }
  if (url !== undefined) return { kind: "refuse", lines: ["--url is for parley admin only"] };
  const site = word === "doctor" ? rest.shift() : undefined;
  if (site !== undefined && !isWebAddress(site)) {
    return { kind: "refuse", lines: [`${JSON.stringify(site)} is no address of a site`] };
  }
  const stray = subcommands.some((known) => known === word) ? rest[0] : word;
  if (stray !== undefined) {
    return { kind: "refuse", lines: [`there is no command ${JSON.stringify(stray)}; see --help`] };
  }
  const flags = new Map(Object.entries(flagged).map(([name, value]) => [name, String(value)]));
  const surroundings = { ...around, flags };
  const read = readSettings(surroundings);
  if (!read.ok) return { kind: "refuse", lines: read.refusals };
  const { settings } = read;
  if (word === "healthy") return { kind: "healthy", settings };
  if (word === "doctor") return { kind: "doctor", settings, url: site, json };
  return word === "config"
    ? { kind: "print", text: configText(settings) }
    : { kind: "serve", settings, reread: () => readSettings(surroundings) };
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "");
}

function parseFlags(args: readonly string[]) {
  const flags = optionNames.map((name) =>
    [name, { type: options[name].value === "" ? "boolean" : "string" }] as const
  );
  return parseArgs({
    // `deno task start -- --port 9000`: npm wants the dashes between, Deno passes them on.
    args: args[0] === "--" ? args.slice(1) : [...args],
    options: {
      ...Object.fromEntries(flags),
      config: { type: "string" },
      url: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
      version: { type: "boolean", short: "v" },
    },
    allowPositionals: true,
    allowNegative: true,
  });
}
