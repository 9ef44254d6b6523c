/**
 * How the other end is told to want our voice. In RFC 7587 a receiver's format parameters tell what
 * it would like, and the sender's encoder follows them, so both wishes are written into the remote
 * description before it is set. The other end need know nothing of it: Opus can decode either way.
 */

/**
 * The description with both wishes for the first audio line: hardly anything in the pauses of
 * speech (DTX), and with each packet enough of the last one to mend its loss (FEC). A screen's
 * sound, the second, may be music: no pauses there. So is left alone what names no format
 * parameters, which no browser does.
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
