/** The certificate of this page's connections, and what others know it by. */

import { toHex } from "./bytes.ts";

/** What a member's connections prove their identity with; without a certificate it makes none. */
export interface OwnCertificate {
  readonly certificate?: RTCCertificate;
  /** As in SDP: "sha-256 AA:BB:…"; empty: there is none. */
  readonly fingerprint: string;
}

/** Makes it; see Platform. */
export type CreateCertificate = () => Promise<OwnCertificate>;

/** One certificate for all connections of this page (W3C webrtc-pc, section 4.9). */
export async function browserCertificate(): Promise<OwnCertificate> {
  const certificate = await RTCPeerConnection.generateCertificate({
    name: "ECDSA",
    // A property of ECDSA keys, which the type of the DOM does not know.
    ...{ namedCurve: "P-256" },
  });
  return { certificate, fingerprint: await fingerprintOf(certificate) };
}

async function fingerprintOf(certificate: RTCCertificate): Promise<string> {
  // Some versions of Firefox do not tell.
  const [own] = certificate.getFingerprints?.() ?? [];
  if (own?.algorithm !== undefined && own.value !== undefined) {
    return `${own.algorithm} ${own.value.toUpperCase()}`;
  }
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  connection.createDataChannel("");
  const { sdp = "" } = await connection.createOffer();
  connection.close();
  return /^a=fingerprint:(.*?)\s*$/m.exec(sdp)?.[1] ?? "";
}

/** Whether a certificate (X.509, DER) has a fingerprint as SDP writes it (RFC 8122). */
export async function hasFingerprint(
  certificate: ArrayBuffer,
  fingerprint: string,
): Promise<boolean> {
  const [algorithm = "", wanted = ""] = fingerprint.split(" ", 2);
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, certificate));
  return toHex(digest) === wanted.replaceAll(":", "").toLowerCase();
}
