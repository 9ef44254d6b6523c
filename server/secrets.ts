/** Secrets in separate files, so that neither process lists nor the settings file show them. */
import type { Config, OptionName } from "./settings/options.ts";

/** The file of a setting cannot be used; the message is one line. */
export class BadSetting extends Error {}

/** Characters; the token gives full access, so it must not be guessable. */
const adminTokenLeast = 20;

/** The secrets as last read. */
export class Secrets {
  #turn: string | undefined;
  #admin: string | undefined;
  #webhook: string | undefined;

  readonly #nameOf: (name: OptionName) => string;

  /** Throws `BadSetting`. `nameOf`: how messages call a setting. */
  constructor(config: Config, nameOf: (name: OptionName) => string = (name) => `--${name}`) {
    this.#nameOf = nameOf;
    this.read(config);
  }

  /** Shared with the relays. */
  get turn(): string | undefined {
    return this.#turn;
  }

  /** The admin token; undefined: there is no administration. */
  get admin(): string | undefined {
    return this.#admin;
  }

  /** Signs webhooks. */
  get webhook(): string | undefined {
    return this.#webhook;
  }

  /** Reads all files again. Throws `BadSetting` and changes nothing if one cannot be used. */
  read({ turnSecretFile, adminTokenFile, webhookSecretFile }: Config): void {
    const turn = readSecret(this.#nameOf("turn-secret-file"), turnSecretFile);
    const admin = readSecret(this.#nameOf("admin-token-file"), adminTokenFile);
    const webhook = readSecret(this.#nameOf("webhook-secret-file"), webhookSecretFile);
    if (admin !== undefined && admin.length < adminTokenLeast) {
      throw new BadSetting(
        `${
          this.#nameOf("admin-token-file")
        }: the token has ${admin.length} characters, it needs ${adminTokenLeast}; ` +
          `make one with: openssl rand -hex 32 > ${adminTokenFile}`,
      );
    }
    [this.#turn, this.#admin, this.#webhook] = [turn, admin, webhook];
  }
}

function readSecret(setting: string, file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  let secret: string;
  try {
    secret = Deno.readTextFileSync(file).trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new BadSetting(`${setting}: cannot read ${file}: ${reason}`);
  }
  if (secret === "") throw new BadSetting(`${setting}: ${file} is empty`);
  return secret;
}
