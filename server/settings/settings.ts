/**
 * The settings of one start: a flag wins over its variable, the variable over the file, the file over the default.
 * Every bad value and every unknown key is a line of its own: the name, the value, what is allowed.
 */
import { readSettingsFile } from "./file.ts";
import { isServiceVariable } from "./service_variables.ts";
import { type Config, type OptionName, optionNames, options, propertyOf } from "./options.ts";
import { BadValue } from "./bad_value.ts";
import { iceServersMost } from "./ice_servers.ts";

/** The effective settings, and by what each was given: a flag, a variable, a file's key, or nothing. */
export interface Settings {
  readonly config: Config;
  readonly givenBy: ReadonlyMap<OptionName, string>;
  /** Variables of a Kubernetes service that begin as ours do, and mean nothing here. */
  readonly ignored: readonly string[];
}

/** Where settings are looked for. */
export interface Surroundings {
  /** Without the dashes; `config` names the file. */
  readonly flags: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
  /** Throws when there is no such file. */
  readonly readText: (path: string) => string;
}

/** The settings, or what is wrong with them, a line each. */
export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly refusals: readonly string[] };

interface Given {
  /** As a person finds it again: `--port`, `PORT`, `parley.toml: port`. */
  readonly by: string;
  readonly text: string;
}

/** Names the settings file, as `--config` does. */
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
      { by: `--${name}`, text: flags.get(name) },
      // An empty variable is how many service files say "not set".
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
  const clashes = clashesIn(values, (name) => givenBy.get(name) ?? `--${name}`);
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
    // Shells and compilers set this one for other purposes, so it may not be meant for us.
    const out = by === options.host.variable ? `; unset ${by}, or give --host, which wins` : "";
    return {
      ok: false,
      refusal: `${by}: ${JSON.stringify(withoutSecrets(text))} is not ${error.message}${out}`,
    };
  }
}

/** Messages go into logs, which must not hold what opens a relay or a site. */
function withoutSecrets(text: string): string {
  return text.replace(/("credential"\s*:\s*)("(\\.|[^"\\])*"?|[^,}\]]*)/g, '$1"(hidden)"')
    .replace(/(:\/\/)[^/?#\s]*@/g, "$1(hidden)@");
}

/** Each value came from the reader of its own row, so all of them being there makes a `Config`. */
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

/** What cannot go together, a line each. `by`: what gave a setting, or would. */
function clashesIn(config: Config, by: (name: OptionName) => string): string[] {
  const { turnUrls, turnSecretFile, tlsCert, tlsKey, tlsSelfSigned, redirectPort } = config;
  const { webhookUrl, webhookSecretFile, acmeDomain } = config;
  const files = tlsCert !== undefined || tlsKey !== undefined;
  const certificate = by(tlsSelfSigned ? "tls-self-signed" : tlsCert ? "tls-cert" : "tls-key");
  const rules: [clash: boolean, line: string][] = [
    [
      turnUrls.length > 0 && turnSecretFile === undefined,
      `${by("turn-urls")} needs --turn-secret-file; relays without a secret go into --ice-servers`,
    ],
    [
      turnUrls.length > 0 && config.iceServers.length >= iceServersMost,
      `${by("ice-servers")} has ${config.iceServers.length} servers, with ${
        by("turn-urls")
      } it may have ${iceServersMost - 1}`,
    ],
    [
      (tlsCert === undefined) !== (tlsKey === undefined),
      `${by("tls-cert")} and ${by("tls-key")} need each other`,
    ],
    [
      (webhookUrl === undefined) !== (webhookSecretFile === undefined),
      `${by("webhook-url")} and ${by("webhook-secret-file")} need each other`,
    ],
    [
      files && tlsSelfSigned,
      `${by("tls-self-signed")} makes a certificate, ${by("tls-cert")} names one: choose`,
    ],
    [
      acmeDomain.length > 0 && (files || tlsSelfSigned),
      `${by("acme-domain")} gets a certificate, ${certificate} has one: choose`,
    ],
    [
      acmeDomain.length > 0 && redirectPort === undefined,
      `${
        by("acme-domain")
      } needs --redirect-port 80, where the directory asks whether the name is ours`,
    ],
    [
      redirectPort !== undefined && !files && !tlsSelfSigned && acmeDomain.length === 0,
      `${
        by("redirect-port")
      } leads to https, which needs --tls-cert, --tls-self-signed or --acme-domain`,
    ],
  ];
  return rules.filter(([clash]) => clash).map(([, line]) => line);
}
