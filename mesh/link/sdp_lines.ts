/** Reads the lines of an SDP that identify its connection, its ICE session and its version. */

/**
 * Names the connection of a description: its certificate, which in a sealed room is the same for
 * all connections of a page, and its session id, which each connection makes anew (JSEP 5.2.1).
 */
export function connectionOf(sdp: string): string | undefined {
  const fingerprint = /^a=fingerprint:(.*?)\s*$/m.exec(sdp)?.[1];
  return fingerprint && `${/^o=\S+ (\S+) /m.exec(sdp)?.[1]} ${fingerprint}`;
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
