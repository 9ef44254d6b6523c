/** A certificate with its key, and the places one may come from. */
import { createPrivateKey, X509Certificate } from "node:crypto";

/** PEM texts; `cert` may hold its whole chain, the server's own certificate first. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that cannot be served; the message is one line. */
export class BadCertificate extends Error {}

/** Where the certificate comes from. It may be another one each time it is asked for. */
export interface CertificateSource {
  /** Throws `BadCertificate`. */
  read(): Promise<Certificate>;
  /** ms between two looks for a newer one. */
  readonly everyMs: number;
}

/** What is said of a certificate in the log. */
export interface CertificateFacts {
  readonly names: string;
  /** ISO date. */
  readonly validTo: string;
}

/** A PEM file, and what a message calls the setting that named it. */
export interface PemFile {
  readonly path: string;
  readonly setting: string;
}

/** Two files that somebody else renews. They are small, so reading them is the way to see a change. */
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

/** The same pair, if the key belongs to the certificate: otherwise every handshake would fail. */
export function checkedPair(pair: Certificate): Certificate {
  const certificate = parsed("certificate", () => new X509Certificate(pair.cert));
  const key = parsed("key", () => createPrivateKey(pair.key));
  if (!certificate.checkPrivateKey(key)) {
    throw new BadCertificate("the key does not belong to the certificate");
  }
  return pair;
}

/** The names of a certificate and its end, for the log. */
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
    throw new BadCertificate(`the ${what} is not PEM that can be read: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
