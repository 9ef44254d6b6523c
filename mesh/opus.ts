/**
 * How the other end is told to want our voice. In RFC 7587 a receiver's format parameters tell what it would like, and the
 * sender's encoder follows them, so both wishes are written into the remote description before it is set. The other end
 * need know nothing of it: Opus can decode either way.
 */

/** Hardly anything in the pauses of speech (DTX), and with each packet enough of the last one to mend its loss (FEC). */
const wishes = ["usedtx=1", "useinbandfec=1"];

/** The description with both wishes for the first audio line. A screen's sound, the second, may be music: no pauses there. */
export function withPauses(sdp: string): string {
  const start = sdp.search(/^m=audio /m);
  if (start < 0) return sdp;
  const length = sdp.slice(start + 1).search(/^m=/m);
  const end = length < 0 ? sdp.length : start + 1 + length;
  return sdp.slice(0, start) + wished(sdp.slice(start, end)) + sdp.slice(end);
}

function wished(section: string): string {
  const format = /^a=rtpmap:(\d+) opus\/48000\/2/mi.exec(section);
  if (format === null) return section;
  const [line, payloadType = ""] = format;
  const known = new RegExp(`^(a=fmtp:${payloadType} )(.*?)(\\s*)$`, "m");
  if (!known.test(section)) {
    return section.replace(line, `${line}\r\na=fmtp:${payloadType} ${wishes.join(";")}`);
  }
  return section.replace(known, (_, start: string, given: string, end: string) => {
    const others = given.split(";").map((it) => it.trim())
      .filter((it) => !/^(usedtx|useinbandfec)=/.test(it));
    return start + [...others, ...wishes].join(";") + end;
  });
}
