/** The settings in force. Some of them can change while the server runs. */
import {
  type Config,
  flagOf,
  type OptionName,
  optionNames,
  options,
  propertyOf,
} from "./options.ts";
import type { ReadSettings, Settings } from "./settings.ts";

/** The result of a reload. */
export type Reloaded =
  | {
    readonly ok: true;
    readonly changed: readonly OptionName[];
    /** Settings that have changed too, but take effect only after a restart. */
    readonly needRestart: readonly OptionName[];
  }
  | { readonly ok: false; readonly refusals: readonly string[] };

/** Holds one `Config`; each reload replaces the object. */
export class LiveSettings {
  #config: Config;
  #givenBy: ReadonlyMap<OptionName, string>;
  /** Variables that were ignored because Kubernetes sets them for a service. */
  readonly ignored: readonly string[];
  readonly #reread: () => ReadSettings;

  constructor(
    { config, givenBy = new Map(), ignored = [] }: Pick<Settings, "config"> & Partial<Settings>,
    reread: () => ReadSettings,
  ) {
    this.#config = config;
    this.#givenBy = givenBy;
    this.ignored = ignored;
    this.#reread = reread;
  }

  get config(): Config {
    return this.#config;
  }

  /** The name of a setting in messages: its source (`PORT`, `parley.toml: port`), else its flag. */
  nameOf(name: OptionName): string {
    return this.#givenBy.get(name) ?? flagOf(name);
  }

  /** Reads all settings again. If one is invalid, none changes. */
  reload(): Reloaded {
    const read = this.#reread();
    if (!read.ok) return read;
    const next = read.settings.config;
    const differing = optionNames.filter((name) =>
      JSON.stringify(next[propertyOf(name)]) !== JSON.stringify(this.#config[propertyOf(name)])
    );
    const changed = differing.filter((name) => options[name].live);
    const properties = changed.map(propertyOf);
    this.#givenBy = read.settings.givenBy;
    this.#config = { ...this.#config, ...pick(next, properties) };
    return { ok: true, changed, needRestart: differing.filter((name) => !options[name].live) };
  }
}

function pick(config: Config, properties: readonly (keyof Config)[]): Partial<Config> {
  return Object.fromEntries(properties.map((property) => [property, config[property]]));
}
