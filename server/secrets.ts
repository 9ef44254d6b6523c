/** Secrets that are kept in files of their own, so that no list of processes and no settings file shows them. */
import type { Config } from "./settings/options.ts";

/** A setting whose file cannot be used; one line. */
export class BadSetting extends Error {}

/** The secrets as they were when last read. */
export class Secrets {
  #turn: string | undefined;

  /** Throws `BadSetting`. */
  constructor(config: Config) {
    this.read(config);
  }

  /** Shared with the relays. */
  get turn(): string | undefined {
    return this.#turn;
  }

  /** Reads all files again. Throws `BadSetting` and changes nothing when one cannot be used. */
  read({ turnSecretFile }: Config): void {
    this.#turn = readSecret("--turn-secret-file", turnSecretFile);
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
