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

  /** What the connections of a certificate show, by its fingerprint. */
  static derOf(fingerprint: string): Uint8Array<ArrayBuffer> | undefined {
    return all.get(fingerprint)?.der;
  }

  getFingerprints(): RTCDtlsFingerprint[] {
    return [{ algorithm: "sha-256", value: this.fingerprint }];
  }

  /** The fake as an RTCCertificate; the only cast in this file. */
  get asReal(): RTCCertificate {
    return this as unknown as RTCCertificate;
  }
}
