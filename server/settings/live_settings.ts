/** The settings in force, some of which change while the server runs. */
import { type Config, type OptionName, optionNames, options, propertyOf } from "./options.ts";
import type { ReadSettings, Settings } from "./settings.ts";

/** What a reload led to. */
export type Reloaded =
  | {
    readonly ok: true;
    readonly changed: readonly OptionName[];
    /** These have changed too, but only a restart gives them their new value. */
    readonly needRestart: readonly OptionName[];
  }
  | { readonly ok: false; readonly refusals: readonly string[] };

/** Holds one `Config`; `config` is another object after each reload. */
export class LiveSettings {
  #config: Config;
  #givenBy: ReadonlyMap<OptionName, string>;
  /** Variables that were taken for those of a Kubernetes service. */
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

  /** What a message calls a setting: as a person gave it (`PORT`, `parley.toml: port`), else its flag. */
  nameOf(name: OptionName): string {
    return this.#givenBy.get(name) ?? `--${name}`;
  }

  /** Reads everything again. When anything is wrong, all stays as it is. */
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
