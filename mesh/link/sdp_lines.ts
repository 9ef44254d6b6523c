/** Reads the lines of an SDP that identify its connection, its ICE session and its version. */

/** The certificate fingerprint of a description; every connection object has another one. */
export function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.*?)\s*$/m.exec(sdp)?.[1];
}

/** The ICE user name of a description; an ICE restart changes it. */
export function ufragOf(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}

/**
 * The version of a description, which grows with each offer or answer of a connection (JSEP 5.2.1);
 * NaN without an `o=` line.
 */
export function versionOf(sdp: string): number {
  return Number(/^o=\S+ \S+ (\d+) /m.exec(sdp)?.[1] ?? NaN);
}
