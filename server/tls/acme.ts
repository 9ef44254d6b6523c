/**
 * Certificates from an ACME directory (RFC 8555) by HTTP-01: asked for when there is none, renewed when a third of their
 * life is left. Until the first one is there the site has one of our own, so it is up at once. Invariants:
 * 1 A certificate that works is served until a newer one is there, whatever fails.
 * 2 After a failure the next try waits, longer each time: directories count failures and lock out who hurries.
 */
import { X509Certificate } from "node:crypto";
import { join } from "node:path";
import type { Log } from "../log.ts";
import { type Certificate, type CertificateSource, checkedPair } from "./certificate.ts";
import { selfSigned } from "./self_signed.ts";

/** What is asked for, and where it is kept; `folder` undefined: in memory. */
export interface AcmeOptions {
  readonly domains: readonly string[];
  readonly email: string | undefined;
  readonly directory: string;
  readonly folder: string | undefined;
  readonly log: Log;
}

/** How soon a new certificate is in use, ms. */
const everyMs = 2_000;
const lookEveryMs = 60 * 60_000;
const firstWaitMs = 5 * 60_000;
const longestWaitMs = 6 * 60 * 60_000;

/** When a certificate should be renewed: with a third of its life left. ms since the epoch. */
export function renewalAt({ cert }: Pick<Certificate, "cert">): number {
  const { validFrom, validTo } = new X509Certificate(cert);
  const [from, to] = [Date.parse(validFrom), Date.parse(validTo)];
  return to - (to - from) / 3;
}

/** How long to wait after so many failures in a row, ms. */
export function waitAfter(failures: number): number {
  return Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
}

/** The source of an ACME certificate, and the answers to its challenges. */
export class AcmeCertificate implements CertificateSource {
  readonly everyMs = everyMs;
  readonly #options: AcmeOptions;
  readonly #meanwhile: CertificateSource;
  /** Key authorizations by token, while they are asked for. */
  readonly #challenges = new Map<string, string>();
  #certificate: Certificate | undefined;
  #failures = 0;
  #timer: number | undefined;

  constructor(options: AcmeOptions) {
    this.#options = options;
    const names = () => ({ names: options.domains, addresses: [] });
    this.#meanwhile = selfSigned(undefined, names);
  }

  /** The newest there is. */
  async read(): Promise<Certificate> {
    return this.#certificate ?? await this.#meanwhile.read();
  }

  /** Answers a challenge; undefined: it is none of ours. */
  challenge(path: string): string | undefined {
    const token = /^\/\.well-known\/acme-challenge\/([\w-]+)$/.exec(path)?.[1];
    return token === undefined ? undefined : this.#challenges.get(token);
  }

  /** Uses what is kept, and renews from now on. Challenges must reach challenge() by then. */
  async start(): Promise<void> {
    this.#certificate = await this.#readKept();
    await this.#look();
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const { log } = this.#options;
    const isDue = this.#certificate === undefined || Date.now() >= renewalAt(this.#certificate);
    let wait = lookEveryMs;
    if (isDue) {
      try {
        this.#certificate = await this.#order();
        this.#failures = 0;
        log.line("info", "certificate from the ACME directory");
      } catch (error) {
        wait = waitAfter(++this.#failures);
        const reason = error instanceof Error ? error.message : String(error);
        const again = Math.round(wait / 60_000);
        log.line("warn", "no certificate from the ACME directory", {
          reason,
          check: "the name must lead here, and port 80 must reach --redirect-port",
          tryAgainInMinutes: again,
        });
      }
    }
    this.#timer = setTimeout(() => void this.#look(), wait);
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
      // Said in --help: naming a domain agrees to the directory's terms.
      termsOfServiceAgreed: true,
      challengePriority: ["http-01"],
      // It asks us from outside; our own look would fail behind many routers.
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

  /** One account for as long as the folder lives. */
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
      // Not there yet, or damaged: a new one is asked for.
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
      log.line("warn", "the certificate cannot be kept; each restart asks for another", { reason });
    }
  }
}
