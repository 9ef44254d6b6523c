/** Reads the command line. All errors are reported at once, one line each. */
import { parseArgs } from "node:util";
import type { AdminCommand } from "../admin_command.ts";
import { version } from "../version.ts";
import { optionNames, options } from "./options.ts";
import { configText, helpText } from "./print.ts";
import { type ReadSettings, readSettings, type Settings, type Surroundings } from "./settings.ts";

/** What the command line requests. `refuse`: it is invalid; each line names one error. */
export type Command =
  | {
    readonly kind: "serve";
    readonly settings: Settings;
    /** Reads the settings again; files may have changed. */
    readonly reread: () => ReadSettings;
  }
  | { readonly kind: "print"; readonly text: string }
  /** Prints the licences of the libraries inside. */
  | { readonly kind: "licences" }
  /** Print the version and the hash of the client program. */
  | { readonly kind: "version" }
  | { readonly kind: "admin"; readonly command: AdminCommand }
  /** Checks for common faults. `url`: the site's address as browsers see it. */
  | {
    readonly kind: "doctor";
    readonly settings: Settings;
    readonly url: string | undefined;
    readonly json: boolean;
  }
  /** Checks whether the server with these settings is ready. */
  | { readonly kind: "healthy"; readonly settings: Settings }
  | { readonly kind: "refuse"; readonly lines: readonly string[] };

/** The command line, with the environment and the files that settings may come from. */
export interface Start extends Omit<Surroundings, "flags"> {
  readonly args: readonly string[];
}

const subcommands = ["config", "healthy", "doctor"] as const;
const localUrl = "http://localhost:8000";

/** The command line, environment and files of this process. */
export function thisStart(): Start {
  return { args: Deno.args, env: Deno.env.toObject(), readText: Deno.readTextFileSync };
}

/** The command without any flag, variable or file. */
export function defaults(): Command & { kind: "serve" } {
  const command = readCommand({ args: [], env: {}, readText: Deno.readTextFileSync });
  if (command.kind !== "serve") throw new Error("the default settings are invalid");
  return command;
}

/** Reads the command line, the environment and the settings file. */
export function readCommand({ args, ...around }: Start): Command {
  let parsed: ReturnType<typeof parseFlags>;
  try {
    parsed = parseFlags(args);
  } catch (error) {
    // The first sentence of node:util's message names the unknown argument; a hint follows.
    const [reason = ""] = error instanceof Error ? error.message.split(". ") : [String(error)];
    return refuse(`${reason}; see --help`);
  }
  const { values, positionals: [word, ...rest] } = parsed;
  if (values.help === true) return { kind: "print", text: helpText(version) };
  if (values.version === true) return { kind: "version" };
  if (word === "licences" && rest.length === 0) return { kind: "licences" };
  if (word === "admin") return adminCommand(parsed, around.env);
  const { url, json = false, ...flagged } = values;
  if (json && word !== "doctor") return refuse("--json works with parley doctor only; see --help");
  if (url !== undefined) return refuse("--url works with parley admin only; see --help");
  const site = word === "doctor" ? rest.shift() : undefined;
  if (site !== undefined && !isWebAddress(site)) {
    const wanted = "the address of a site, such as https://talk.example.org";
    return refuse(`${JSON.stringify(site)} is not ${wanted}`);
  }
  const stray = subcommands.some((known) => known === word) ? rest[0] : word;
  if (stray !== undefined) return refuse(`unknown command ${JSON.stringify(stray)}; see --help`);
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

function adminCommand(
  { values: { url = localUrl, ...flagged }, positionals: [, ...words] }: ReturnType<
    typeof parseFlags
  >,
  env: Start["env"],
): Command {
  if (!isWebAddress(url)) {
    const wanted = "the address of a server, such as http://[::1]:8000";
    return refuse(`--url: ${JSON.stringify(url)} is not ${wanted}`);
  }
  const given = new Map(Object.entries(flagged)).get("admin-token-file");
  const tokenFile = given === undefined ? env["PARLEY_ADMIN_TOKEN_FILE"] : String(given);
  return { kind: "admin", command: { words, url, tokenFile } };
}

function refuse(line: string): Command {
  return { kind: "refuse", lines: [line] };
}

function isWebAddress(text: string): boolean {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? "");
}

function parseFlags(args: readonly string[]) {
  const flags = optionNames.map((name) =>
    [name, { type: options[name].value === "" ? "boolean" : "string" }] as const
  );
  return parseArgs({
    // npm needs the dashes in `npx deno task start -- --port 9000`, and Deno passes them on.
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
