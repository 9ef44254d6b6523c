/**
 * Sets how this browser encodes the voice. By RFC 7587 the encoder follows the format parameters of
 * the receiver, so they are changed in the remote description before it is set. The other end needs
 * no change: every Opus decoder supports both parameters.
 */

/**
 * Adds two parameters to the first audio line of a remote description: DTX, which sends almost
 * nothing in the pauses of speech, and FEC, which repairs a lost packet from the next one. The
 * second audio line, the sound of a screen, may be music and stays as it is.
 */
export function withPauses(sdp: string): string {
  const [, payloadType] = /^a=rtpmap:(\d+) opus\//m.exec(sdp) ?? [];
  return sdp.replace(
    new RegExp(`^(a=fmtp:${payloadType}) (.*)`, "m"),
    (_, start, given: string) => {
      const others = given.trim().split(/; */).filter((it) => !/^use(dtx|inbandfec)=/.test(it));
      return `${start} ${[...others, "usedtx=1", "useinbandfec=1"].join(";")}`;
    },
  );
}
