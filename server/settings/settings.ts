/**
 * Reads the settings: a flag overrides its variable, the variable the file, the file the default.
 * Each invalid value and each unknown key is one line: the name, the value, what is allowed.
 */
import { readSettingsFile } from "./file.ts";
import { isServiceVariable } from "./service_variables.ts";
import {
  type Config,
  flagOf,
  type OptionName,
  optionNames,
  options,
  propertyOf,
} from "./options.ts";
import { BadValue } from "./bad_value.ts";
import { iceServersMost } from "./ice_servers.ts";

/** The settings in force, and the source of each that is not at its default. */
export interface Settings {
  readonly config: Config;
  /** A flag, a variable or a key of the file: `--port`, `PORT`, `parley.toml: port`. */
  readonly givenBy: ReadonlyMap<OptionName, string>;
  /** Ignored variables of a Kubernetes service, which begin with PARLEY_ too. */
  readonly ignored: readonly string[];
}

/** The sources of settings. */
export interface Surroundings {
  /** By names without dashes; `config` names the file. */
  readonly flags: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
  /** Throws if the file cannot be read. */
  readonly readText: (path: string) => string;
}

/** The settings, or one line for each error. */
export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly refusals: readonly string[] };

interface Given {
  /** The source as a person finds it: `--port`, `PORT`, `parley.toml: port`. */
  readonly by: string;
  readonly text: string;
}

/** The variable that names the settings file, as `--config` does. */
export const fileVariable = "PARLEY_CONFIG";

/** Reads flags, variables and the file, and reports all errors at once. */
export function readSettings({ flags, env: all, readText }: Surroundings): ReadSettings {
  const refusals: string[] = [];
  const ignored = Object.keys(all).filter((name) => isServiceVariable(name, all[name] ?? ""));
  const env = Object.fromEntries(Object.entries(all).filter(([name]) => !ignored.includes(name)));
  const path = flags.get("config") ?? env[fileVariable];
  const by = flags.has("config") ? "--config" : fileVariable;
  const file = path ? readSettingsFile(path, { readText, by }) : undefined;
  if (file?.ok === false) refusals.push(file.refusal);
  const texts = file?.ok ? file.texts : new Map<string, string>();
  refusals.push(...unknownKeys([...texts.keys()], `${path}: `), ...unknownVariables(env));
  const values: Record<string, unknown> = {};
  const givenBy = new Map<OptionName, string>();
  for (const name of optionNames) {
    const { variable, fallback, read } = options[name];
    const given: Given | undefined = [
      { by: flagOf(name), text: flags.get(name) },
      // Many service files leave a variable empty to say that it is not set.
      { by: variable, text: env[variable] || undefined },
      { by: `${path}: ${name}`, text: texts.get(name) },
    ].find((source): source is Given => source.text !== undefined);
    const value = given === undefined
      ? { ok: true, value: fallback } as const
      : tryRead(read, given);
    if (!value.ok) refusals.push(value.refusal);
    else values[propertyOf(name)] = value.value;
    if (given !== undefined) givenBy.set(name, given.by);
  }
  if (refusals.length > 0 || !isWhole(values)) return { ok: false, refusals };
  const clashes = clashesIn(values, (name) => givenBy.get(name) ?? flagOf(name));
  return clashes.length > 0
    ? { ok: false, refusals: clashes }
    : { ok: true, settings: { config: values, givenBy, ignored } };
}

function tryRead(
  read: (text: string) => unknown,
  { by, text }: Given,
): { readonly ok: true; readonly value: unknown } | {
  readonly ok: false;
  readonly refusal: string;
} {
  try {
    return { ok: true, value: read(text) };
  } catch (error) {
    if (!(error instanceof BadValue)) throw error;
    // Shells and compilers set HOST for other purposes, so it may not be meant for Parley.
    const out = by === options.host.variable
      ? `; unset ${by} or set --host, which overrides it`
      : "";
    return {
      ok: false,
      refusal: `${by}: ${JSON.stringify(withoutSecrets(text))} is not ${error.message}${out}`,
    };
  }
}

/** Hides credentials, because messages go into logs. */
function withoutSecrets(text: string): string {
  return text.replace(/("credential"\s*:\s*)("(\\.|[^"\\])*"?|[^,}\]]*)/g, '$1"(hidden)"')
    .replace(/(:\/\/)[^/?#\s]*@/g, "$1(hidden)@");
}

/** The reader of each row makes a value of the right type, so a full set is a `Config`. */
function isWhole(values: object): values is Config {
  return optionNames.every((name) => propertyOf(name) in values);
}

function unknownKeys(keys: readonly string[], prefix: string): string[] {
  return keys.filter((key) => !(key in options)).map((key) =>
    `${prefix}${JSON.stringify(key)} is not a setting; see --help`
  );
}

function unknownVariables(env: Readonly<Record<string, string>>): string[] {
  const known = new Set([fileVariable, ...optionNames.map((name) => options[name].variable)]);
  return Object.keys(env).filter((variable) => /^PARLEY_/.test(variable) && !known.has(variable))
    .map((variable) => {
      const option = optionNames.find((name) => variable === `PARLEY_${upperCase(name)}`);
      const instead = option === undefined ? "see --help" : `use ${options[option].variable}`;
      return `${variable} is not a setting; ${instead}`;
    });
}

function upperCase(name: OptionName): string {
  return name.replaceAll("-", "_").toUpperCase();
}

/** Contradicting settings, one line each. `by`: the source of a setting, or its flag. */
function clashesIn(config: Config, by: (name: OptionName) => string): string[] {
  const { turnUrls, turnSecretFile, tlsCert, tlsKey, tlsSelfSigned, redirectPort } = config;
  const { webhookUrl, webhookSecretFile, acmeDomain, redis, redisCaFile } = config;
  const files = tlsCert !== undefined || tlsKey !== undefined;
  const relays = [
    ...turnUrls.length > 0 ? [by("turn-urls")] : [],
    ...config.turn ? ["the relay of this server (see --no-turn)"] : [],
  ];
  const certificate = by(tlsSelfSigned ? "tls-self-signed" : tlsCert ? "tls-cert" : "tls-key");
  const rules: [clash: boolean, line: string][] = [
    [
      turnUrls.length > 0 && turnSecretFile === undefined,
      `${by("turn-urls")} needs --turn-secret-file; put relays without a secret into --ice-servers`,
    ],
    [
      config.iceServers.length > iceServersMost - relays.length,
      `${by("ice-servers")} has ${config.iceServers.length} servers; beside ${
        relays.join(" and ")
      } it may have ${iceServersMost - relays.length}`,
    ],
    [
      (tlsCert === undefined) !== (tlsKey === undefined),
      `${by("tls-cert")} and ${by("tls-key")} need each other; set both`,
    ],
    [
      (webhookUrl === undefined) !== (webhookSecretFile === undefined),
      `${by("webhook-url")} and ${by("webhook-secret-file")} need each other; set both`,
    ],
    [
      files && tlsSelfSigned,
      `${by("tls-self-signed")} and ${by("tls-cert")} both set the certificate; remove one`,
    ],
    [
      acmeDomain.length > 0 && (files || tlsSelfSigned),
      `${by("acme-domain")} and ${certificate} both set the certificate; remove one`,
    ],
    [
      acmeDomain.length > 0 && redirectPort === undefined,
      `${
        by("acme-domain")
      } needs --redirect-port 80, where the directory checks who controls the name`,
    ],
    [
      redirectPort !== undefined && !files && !tlsSelfSigned && acmeDomain.length === 0,
      `${
        by("redirect-port")
      } redirects to https, which needs --tls-cert, --tls-self-signed or --acme-domain`,
    ],
    ...(["redis-password-file", "redis-ca-file"] as const).map((name): [boolean, string] => [
      redis === undefined && config[propertyOf(name)] !== undefined,
      `${by(name)} needs --redis`,
    ]),
    [
      redis !== undefined && redisCaFile !== undefined && !/^rediss/i.test(redis),
      `${by("redis-ca-file")} is for TLS; write ${by("redis")} as rediss:// instead of redis://`,
    ],
  ];
  return rules.filter(([clash]) => clash).map(([, line]) => line);
}
