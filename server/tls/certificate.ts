/** A certificate with its key, and the sources it can come from. */
import { createPrivateKey, X509Certificate } from "node:crypto";

/** PEM texts; `cert` may hold the whole chain, the server's certificate first. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Thrown for a certificate that cannot be served; the message is one line. */
export class BadCertificate extends Error {}

/** A source of certificates: files, ACME or this program. */
export interface CertificateSource {
  /** Reads the newest certificate; rejects with `BadCertificate`. */
  read(): Promise<Certificate>;
  /** Time between two reads, ms. */
  readonly everyMs: number;
}

/** The description of a certificate in the log. */
export interface CertificateFacts {
  readonly names: string;
  /** ISO 8601. */
  readonly validTo: string;
}

/** A PEM file, and how messages name the setting that it comes from. */
export interface PemFile {
  readonly path: string;
  readonly setting: string;
}

/** Two files that another program renews. They are small, so they are read to detect a change. */
export function certificateFiles(certFile: PemFile, keyFile: PemFile): CertificateSource {
  return {
    everyMs: 10_000,
    read: async () =>
      checkedPair({
        cert: await readText(certFile),
        key: await readText(keyFile),
      }),
  };
}

/** Returns the pair if the key belongs to the certificate, else throws `BadCertificate`. */
export function checkedPair(pair: Certificate): Certificate {
  const certificate = parsed("certificate", () => new X509Certificate(pair.cert));
  const key = parsed("key", () => createPrivateKey(pair.key));
  if (!certificate.checkPrivateKey(key)) {
    throw new BadCertificate("the key does not belong to the certificate; check --tls-key");
  }
  return pair;
}

/** The names and the expiry of a certificate. */
export function certificateFacts({ cert }: Certificate): CertificateFacts {
  const { subjectAltName, subject, validTo } = new X509Certificate(cert);
  return { names: subjectAltName ?? subject, validTo: new Date(validTo).toISOString() };
}

async function readText({ path, setting }: PemFile): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    throw new BadCertificate(`${setting}: cannot read ${path}: ${reasonOf(error)}`);
  }
}

function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new BadCertificate(`the ${what} is not valid PEM: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
