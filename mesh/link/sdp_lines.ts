/**
 * The lines of an SDP that say which connection and which round of ICE it belongs to, and how new
 * it is.
 */

/** The certificate a description speaks for; every connection object makes its own. */
export function fingerprintOf(sdp: string): string | undefined {
  return /^a=fingerprint:(.*?)\s*$/m.exec(sdp)?.[1];
}

/** The ICE credentials of a description; an ICE restart brings new ones. */
export function ufragOf(sdp: string): string | undefined {
  return /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
}

/**
 * Counts the descriptions of one connection, offers and answers alike (JSEP 5.2.1); NaN where there
 * is no such line.
 */
export function versionOf(sdp: string): number {
  return Number(/^o=\S+ \S+ (\d+) /m.exec(sdp)?.[1] ?? NaN);
}
