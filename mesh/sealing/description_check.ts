/** Whether a description can connect to nobody but the member that vouched for a certificate. */

const strong = /^sha-(256|384|512) /i;

/**
 * Checks that an SDP names exactly one certificate, that of `fingerprint` ("sha-256 AA:BB:…"), and
 * that it uses DTLS (RFC 8842) and no keys of SDES (RFC 4568), which a server could read.
 */
export function isBoundTo(fingerprint: string, sdp: string): boolean {
  const named = new Set([...sdp.matchAll(/^a=fingerprint:(.*?)\s*$/gm)].map(([, value]) => value));
  return strong.test(fingerprint) && named.size === 1 && named.has(fingerprint) &&
    /^a=setup:/m.test(sdp) && !/^a=crypto:/m.test(sdp);
}
