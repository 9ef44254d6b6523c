/** Secrets in separate files, so that neither process lists nor the settings file show them. */
import { createHash } from "node:crypto";
import type { Config, OptionName } from "./settings/options.ts";

/** The file of a setting cannot be used; the message is one line. */
export class BadSetting extends Error {}

/** Characters; the token gives full access, so it must not be guessable. */
const adminTokenLeast = 20;

/** Characters of the secret that signs. */
const signingLeast = 32;

/** The content of all files; undefined: the setting is not given. */
interface SecretFiles {
  readonly turn: string | undefined;
  readonly admin: string | undefined;
  readonly webhook: string | undefined;
  readonly redisPassword: string | undefined;
  readonly redisCa: string | undefined;
  readonly signingKey: Uint8Array | undefined;
}

/** The secrets as last read. */
export class Secrets {
  #files: SecretFiles;
  readonly #nameOf: (name: OptionName) => string;

  /** Throws `BadSetting`. `nameOf`: how messages call a setting. */
  constructor(config: Config, nameOf: (name: OptionName) => string = (name) => `--${name}`) {
    this.#nameOf = nameOf;
    this.#files = this.#readAll(config);
  }

  /** Shared with the relays. */
  get turn(): string | undefined {
    return this.#files.turn;
  }

  /** The admin token; undefined: there is no administration. */
  get admin(): string | undefined {
    return this.#files.admin;
  }

  /** Signs webhooks. */
  get webhook(): string | undefined {
    return this.#files.webhook;
  }

  /** For the login at Redis. `ca`: PEM. */
  get redis(): { readonly password: string | undefined; readonly ca: string | undefined } {
    return { password: this.#files.redisPassword, ca: this.#files.redisCa };
  }

  /** The key of --secret-file, 32 bytes: the SHA-256 of its text. Undefined: use another key. */
  get signingKey(): Uint8Array | undefined {
    return this.#files.signingKey;
  }

  /** Reads all files again. Throws `BadSetting` and changes nothing if one cannot be used. */
  read(config: Config): void {
    this.#files = this.#readAll(config);
  }

  #readAll(config: Config): SecretFiles {
    const secretOf = (name: OptionName, file: string | undefined) =>
      readSecret(this.#nameOf(name), file);
    return {
      turn: secretOf("turn-secret-file", config.turnSecretFile),
      admin: this.#readLong("admin-token-file", {
        file: config.adminTokenFile,
        least: adminTokenLeast,
      }),
      webhook: secretOf("webhook-secret-file", config.webhookSecretFile),
      redisPassword: secretOf("redis-password-file", config.redisPasswordFile),
      redisCa: this.#readCertificates(config.redisCaFile),
      signingKey: keyOf(this.#readLong("secret-file", {
        file: config.secretFile,
        least: signingLeast,
      })),
    };
  }

  /** Reads a secret that must not be guessable. */
  #readLong(
    name: OptionName,
    { file, least }: { readonly file: string | undefined; readonly least: number },
  ): string | undefined {
    const setting = this.#nameOf(name);
    const secret = readSecret(setting, file);
    if (secret === undefined || secret.length >= least) return secret;
    const kind = name === "admin-token-file" ? "token" : "secret";
    throw new BadSetting(
      `${setting}: the ${kind} has ${secret.length} characters, it needs ${least}; ` +
        `make one with: openssl rand -hex 32 > ${file}`,
    );
  }

  #readCertificates(file: string | undefined): string | undefined {
    const setting = this.#nameOf("redis-ca-file");
    const text = readSecret(setting, file);
    if (text === undefined || text.includes("-----BEGIN CERTIFICATE-----")) return text;
    throw new BadSetting(`${setting}: ${file} has no certificate in PEM`);
  }
}

function keyOf(secret: string | undefined): Uint8Array | undefined {
  if (secret === undefined) return undefined;
  return new Uint8Array(createHash("sha256").update(secret).digest());
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
