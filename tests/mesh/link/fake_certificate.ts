/** Certificates of fake connections: bytes with a fingerprint, as the real ones. */
import { createHash } from "node:crypto";

const all = new Map<string, FakeCertificate>();

export class FakeCertificate {
  /** What the other end of a connection is shown. */
  readonly der = crypto.getRandomValues(new Uint8Array(64));
  /** As in SDP, without the algorithm: "AA:BB:…". */
  readonly fingerprint: string;

  constructor() {
    const digits = createHash("sha256").update(this.der).digest("hex").toUpperCase();
    this.fingerprint = digits.replace(/..(?!$)/g, "$&:");
    all.set(this.fingerprint, this);
  }

  getFingerprints(): RTCDtlsFingerprint[] {
    return [{ algorithm: "sha-256", value: this.fingerprint }];
  }

  /** The fake as an RTCCertificate; the only cast in this file. */
  get asReal(): RTCCertificate {
    return this as unknown as RTCCertificate;
  }
}

/** Only what tells who is at the other end. */
export interface FakeSctp {
  readonly transport: { getRemoteCertificates(): ArrayBuffer[] };
}

/** That of a connection to a certificate; without one, the browser does not tell. */
export function sctpTo(fingerprint: string): FakeSctp {
  const certificates = [all.get(fingerprint)?.der.buffer].filter((der) => der !== undefined);
  return { transport: { getRemoteCertificates: () => certificates } };
}
