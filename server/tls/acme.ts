/**
 * Certificates from an ACME directory (RFC 8555, HTTP-01). They are renewed when a third of their
 * life is left. Until the first one arrives, the site serves a self-signed one, so it is up at
 * once.
 * Invariants:
 * 1 A valid certificate is served until a newer one arrives, whatever fails.
 * 2 After each failure the wait grows: directories count failures and lock out fast clients.
 */
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { type Certificate, type CertificateSource, checkedPair } from "./certificate.ts";
import { selfSigned } from "./self_signed.ts";

/** What to request, and where to keep it. */
export interface AcmeOptions {
  readonly domains: readonly string[];
  /** Contact address for the directory. */
  readonly email: string | undefined;
  /** URL of the directory. */
  readonly directory: string;
  /** Holds the account key, the key and the certificate; undefined: they stay in memory. */
  readonly folder: string | undefined;
  readonly log: Log;
}

/** How soon a new certificate is in use, ms. */
const everyMs = 2_000;
/** Time between two checks whether a renewal is due, ms. */
const checkEveryMs = 60 * 60_000;
const firstWaitMs = 5 * 60_000;
const longestWaitMs = 6 * 60 * 60_000;

/** When to renew a certificate, ms since the epoch: a third of its life is left then. */
export function renewalAt({ cert }: Pick<Certificate, "cert">): number {
  const { validFrom, validTo } = new X509Certificate(cert);
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  return to - (to - from) / 3;
}

/** How long to wait after `failures` failures in a row, ms. */
export function waitAfter(failures: number): number {
  return Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
}

/** Orders and renews a certificate, and answers the challenges of the directory. */
export class AcmeCertificate implements CertificateSource {
  readonly everyMs = everyMs;
  readonly #options: AcmeOptions;
  /** Serves until the first certificate arrives. */
  readonly #fallback: CertificateSource;
  /** Key authorizations by token, while the directory may request them. */
  readonly #challenges = new Map<string, string>();
  #certificate: Certificate | undefined;
  #failures = 0;
  #timer: number | undefined;

  constructor(options: AcmeOptions) {
    this.#options = options;
    const names = () => ({ names: options.domains, addresses: [] });
    this.#fallback = selfSigned(undefined, names);
  }

  /** The newest certificate. */
  async read(): Promise<Certificate> {
    return this.#certificate ?? await this.#fallback.read();
  }

  /** The answer to a challenge; undefined: the path belongs to no current challenge. */
  challenge(path: string): string | undefined {
    const token = /^\/\.well-known\/acme-challenge\/([\w-]+)$/.exec(path)?.[1];
    return token === undefined ? undefined : this.#challenges.get(token);
  }

  /** Loads the kept certificate and starts renewing. `challenge()` must be reachable by then. */
  async start(): Promise<void> {
    this.#certificate = await this.#readKept();
    await this.#renewIfDue();
  }

  /** Stops renewing. */
  close(): void {
    clearTimeout(this.#timer);
  }

  async #renewIfDue(): Promise<void> {
    const { log } = this.#options;
    const isDue = this.#certificate === undefined || Date.now() >= renewalAt(this.#certificate);
    let wait = checkEveryMs;
    if (isDue) {
      try {
        this.#certificate = await this.#order();
        this.#failures = 0;
        log.line("info", "got a certificate from the ACME directory");
      } catch (error) {
        wait = waitAfter(++this.#failures);
        const reason = error instanceof Error ? error.message : String(error);
        log.line("warn", "failed to get a certificate from the ACME directory", {
          reason,
          check: "the name must resolve to this machine, and port 80 must reach --redirect-port",
          tryAgainInMinutes: Math.round(wait / 60_000),
        });
      }
    }
    this.#timer = setTimeout(() => void this.#renewIfDue(), wait);
  }

  async #order(): Promise<Certificate> {
    const acme = await import("acme-client");
    const { domains, email, directory } = this.#options;
    const client = new acme.Client({
      directoryUrl: directory,
      accountKey: await this.#accountKey(acme.crypto.createPrivateEcdsaKey),
    });
    const [key, csr] = await acme.crypto.createCsr(
      { altNames: [...domains] },
      await acme.crypto.createPrivateEcdsaKey(),
    );
    const cert = await client.auto({
      csr,
      ...email === undefined ? {} : { email },
      // As --help states, naming a domain agrees to the terms of the directory.
      termsOfServiceAgreed: true,
      challengePriority: ["http-01"],
      // The directory connects from outside; a check from inside fails behind many routers.
      skipChallengeVerification: true,
      challengeCreateFn: (_authorization, { token }, keyAuthorization) => {
        this.#challenges.set(token, keyAuthorization);
        return Promise.resolve();
      },
      challengeRemoveFn: (_authorization, { token }) => {
        this.#challenges.delete(token);
        return Promise.resolve();
      },
    });
    const pair = checkedPair({ cert, key: key.toString() });
    await this.#keep("acme.key", pair.key);
    await this.#keep("acme.pem", pair.cert);
    return pair;
  }

  /** The key of the account, which is kept as long as the folder is. */
  async #accountKey(make: () => Promise<{ toString(): string }>): Promise<string> {
    const { folder } = this.#options;
    const file = folder && join(folder, "acme-account.key");
    const kept = file && await Deno.readTextFile(file).catch(() => undefined);
    if (kept) return kept;
    const key = (await make()).toString();
    await this.#keep("acme-account.key", key);
    return key;
  }

  async #readKept(): Promise<Certificate | undefined> {
    const { folder, domains } = this.#options;
    if (folder === undefined) return undefined;
    try {
      const pair = checkedPair({
        cert: await Deno.readTextFile(join(folder, "acme.pem")),
        key: await Deno.readTextFile(join(folder, "acme.key")),
      });
      const { subjectAltName = "" } = new X509Certificate(pair.cert);
      const known = new Set(subjectAltName.split(", "));
      return domains.every((name) => known.has(`DNS:${name}`)) ? pair : undefined;
    } catch {
      // It is missing or damaged, so a new one is ordered.
      return undefined;
    }
  }

  async #keep(name: string, text: string): Promise<void> {
    const { folder, log } = this.#options;
    if (folder === undefined) return;
    const file = join(folder, name);
    try {
      await Deno.writeTextFile(`${file}.draft`, text, { mode: 0o600 });
      await Deno.rename(`${file}.draft`, file);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const words = "failed to keep the certificate; each restart will order another one";
      log.line("warn", words, { reason, file });
    }
  }
}
