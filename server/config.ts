/** Flags and environment, read once. A flag wins over its variable, the variable over the default. */
import { parseArgs } from "node:util";
import { type IceServer, limits, readJson } from "../protocol/mod.ts";
import { checked, iceServer } from "../protocol/parse.ts";
import type { ChatHistory } from "../signaling/mod.ts";
import * as is from "../protocol/schema.ts";

/** The version of this program, semver. */
export const version = "0.1.0";

/** What the server runs with. */
export interface Config {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Members per room, 2–16. */
  readonly roomCapacity: number;
  /** Whether newcomers get what was said before they came, as long as somebody is in the room. */
  readonly chatHistory: ChatHistory;
  /** Origins besides the page's own that may connect; `*` admits every one and clients that send none. */
  readonly allowedOrigins: readonly string[];
  readonly iceServers: readonly IceServer[];
  /** Relays for which credentials are minted; empty: none. */
  readonly turnUrls: readonly string[];
  /** The file with the secret shared with those relays. */
  readonly turnSecretFile: string | undefined;
  /** How long such a credential is good for, s. */
  readonly turnLifetime: number;
  /** Where what outlives the process is kept; undefined: see state_dir.ts. */
  readonly stateDir: string | undefined;
}

/** What the command line asks for. `refuse` is one line of what is wrong with it. */
export type Command =
  | { readonly kind: "serve"; readonly config: Config }
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "refuse"; readonly text: string };

/** An option's value that cannot be used. */
class BadValue extends Error {}

interface Option<T> {
  readonly variable: string;
  readonly fallback: T;
  readonly value: string;
  readonly about: string;
  /** Turns the text into the value or throws BadValue with what is allowed. */
  readonly read: (text: string) => T;
}

/** Keeps each option's own type within one table. */
function option<T>(entry: Option<T>): Option<T> {
  return entry;
}

const options = {
  "port": option({
    variable: "PORT",
    fallback: 8000,
    value: "N",
    about: "port to listen on, 0 for any free one (default 8000)",
    read: whole({ least: 0, most: 65535 }),
  }),
  "host": option({
    variable: "HOST",
    fallback: "0.0.0.0",
    value: "ADDRESS",
    about: "address to listen on (default 0.0.0.0, every interface)",
    read: (text) => text === "" ? refuse("an address or host name") : text,
  }),
  "room-capacity": option({
    variable: "PARLEY_ROOM_CAPACITY",
    fallback: limits.roomCapacityDefault,
    value: "N",
    about: `people per room, 2 to ${limits.roomCapacityMost} (default 8)`,
    read: whole({ least: 2, most: limits.roomCapacityMost }),
  }),
  "chat-history": option<ChatHistory>({
    variable: "PARLEY_CHAT_HISTORY",
    fallback: "while-occupied",
    value: "POLICY",
    about: "recent chat for late joiners: while-occupied (default) or none; kept in memory only",
    read: (text) =>
      text === "none" || text === "while-occupied" ? text : refuse("while-occupied or none"),
  }),
  "allow-origin": option<readonly string[]>({
    variable: "PARLEY_ALLOW_ORIGIN",
    fallback: [],
    value: "ORIGINS",
    about:
      "other origins whose pages may connect, comma-separated; * for all, and for clients without one",
    read: readOrigins,
  }),
  "ice-servers": option<readonly IceServer[]>({
    variable: "PARLEY_ICE_SERVERS",
    fallback: [],
    value: "JSON",
    about:
      'STUN and TURN for the browsers, e.g. [{"urls":"stun:stun.example.org"}] (default: none)',
    read: readIceServers,
  }),
  "turn-urls": option<readonly string[]>({
    variable: "PARLEY_TURN_URLS",
    fallback: [],
    value: "URLS",
    about: "relays of yours, comma-separated, e.g. turn:turn.example.org:3478?transport=udp",
    read: readTurnUrls,
  }),
  "turn-secret-file": option<string | undefined>({
    variable: "PARLEY_TURN_SECRET_FILE",
    fallback: undefined,
    value: "FILE",
    about: "file with the secret shared with those relays (coturn: static-auth-secret)",
    read: (text) => text === "" ? refuse("a file") : text,
  }),
  "turn-lifetime": option({
    variable: "PARLEY_TURN_LIFETIME",
    fallback: 3600,
    value: "SECONDS",
    about: "how long a relay credential is good for, renewed at half of it (default 3600)",
    read: whole({ least: 10, most: 86_400 }),
  }),
  "state-dir": option<string | undefined>({
    variable: "PARLEY_STATE_DIR",
    fallback: undefined,
    value: "FOLDER",
    about: "where the key is kept by which calls survive a restart",
    read: (text) => text === "" ? refuse("a folder") : text,
  }),
};

type OptionName = keyof typeof options;

/** Reads the command line and environment of one start. */
export function readCommand(
  args: readonly string[],
  env: (variable: string) => string | undefined,
): Command {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...stringOptions(),
        help: { type: "boolean", short: "h" },
        version: { type: "boolean", short: "v" },
      },
      allowPositionals: false,
    });
    if (values.help === true) return { kind: "print", text: helpText() };
    if (values.version === true) return { kind: "print", text: `parley ${version}` };
    const config = readConfig((name) => Reflect.get(values, name), env);
    return { kind: "serve", config };
  } catch (error) {
    if (error instanceof BadValue) return { kind: "refuse", text: error.message };
    // node:util says in `message` which argument it does not know, with a hint after the first sentence.
    const [reason] = error instanceof Error ? error.message.split(". ") : [String(error)];
    return { kind: "refuse", text: `${reason}; see --help` };
  }
}

function stringOptions(): Record<string, { type: "string" }> {
  return Object.fromEntries(Object.keys(options).map((name) => [name, { type: "string" }]));
}

function readConfig(
  flag: (name: OptionName) => unknown,
  env: (variable: string) => string | undefined,
): Config {
  const value = <T>(name: OptionName, { variable, fallback, read }: Option<T>): T => {
    const given = flag(name);
    const [source, text] = typeof given === "string"
      ? [`--${name}`, given]
      : [variable, env(variable)];
    // An empty variable is how many service files say "not set".
    if (text === undefined || (text === "" && source === variable)) return fallback;
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof BadValue)) throw error;
      throw new BadValue(`${source}: ${JSON.stringify(text)} is not ${error.message}`);
    }
  };
  const config = {
    port: value("port", options.port),
    host: value("host", options.host),
    roomCapacity: value("room-capacity", options["room-capacity"]),
    chatHistory: value("chat-history", options["chat-history"]),
    allowedOrigins: value("allow-origin", options["allow-origin"]),
    iceServers: value("ice-servers", options["ice-servers"]),
    turnUrls: value("turn-urls", options["turn-urls"]),
    turnSecretFile: value("turn-secret-file", options["turn-secret-file"]),
    turnLifetime: value("turn-lifetime", options["turn-lifetime"]),
    stateDir: value("state-dir", options["state-dir"]),
  };
  if (config.turnUrls.length > 0 && config.turnSecretFile === undefined) {
    throw new BadValue(
      "--turn-urls needs --turn-secret-file; relays without a secret go into --ice-servers",
    );
  }
  return config;
}

function refuse(wanted: string): never {
  throw new BadValue(wanted);
}

function whole({ least, most }: { least: number; most: number }): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
    return value >= least && value <= most
      ? value
      : refuse(`a whole number from ${least} to ${most}`);
  };
}

function readOrigins(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "").map((part) => {
    if (part === "*") return part;
    const url = URL.parse(part);
    return url !== null && url.origin !== "null" && url.pathname === "/"
      ? url.origin
      : refuse("a list of origins such as https://example.org");
  });
}

function readTurnUrls(text: string): readonly string[] {
  return text.split(",").map((part) => part.trim()).filter((part) => part !== "").map((part) =>
    /^turns?:[^\s?]+(\?transport=(udp|tcp))?$/.test(part)
      ? part
      : refuse("a list of turn: or turns: URLs")
  );
}

function readIceServers(text: string): readonly IceServer[] {
  const read = checked(is.list(iceServer, 16), readJson(text));
  return read.ok ? read.message : refuse(`a list of ICE servers (${read.reason})`);
}

function helpText(): string {
  const lines = Object.entries(options).map(([name, { value, about, variable }]) =>
    `  ${`--${name} ${value}`.padEnd(26)}${about}\n${" ".repeat(28)}(or ${variable})`
  );
  return [
    `parley ${version}: a chat room with sound and picture, served by this one program`,
    "",
    "usage: parley [options]",
    "",
    ...lines,
    `  ${"--version, -v".padEnd(26)}print the version`,
    `  ${"--help, -h".padEnd(26)}print this`,
  ].join("\n");
}
