/** Session descriptions of the fake: real SDP, but only the lines that the code reads. */

export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";
export type Kind = "audio" | "video" | "application";

/** One m= section. */
export interface Section {
  readonly kind: Kind;
  readonly mid: string;
  readonly direction: Direction;
  /** Ids of the streams of the sender; empty if it sends nothing. */
  readonly streams: readonly string[];
}

/** What all descriptions of a connection have. */
export interface Origin {
  readonly fingerprint: string;
  readonly session: number;
}

export interface FakeDescription extends Origin {
  readonly type: "offer" | "answer";
  readonly ufrag: string;
  /** Counts the descriptions that a connection has made. */
  readonly version: number;
  readonly sections: readonly Section[];
}

let made = 0;

/** Without a certificate in the configuration, each connection has another one. */
export function newOrigin({ certificates: [own] = [] }: RTCConfiguration): Origin {
  const session = ++made;
  return { session, fingerprint: own?.getFingerprints()[0]?.value ?? `FP:${session}` };
}

export function sends(direction: RTCRtpTransceiverDirection | null | undefined): boolean {
  return direction === "sendrecv" || direction === "sendonly";
}

export function receives(direction: RTCRtpTransceiverDirection | null | undefined): boolean {
  return direction === "sendrecv" || direction === "recvonly";
}

/** The direction for what one side is ready to do. */
export function directionOf(send: boolean, receive: boolean): Direction {
  if (send) return receive ? "sendrecv" : "sendonly";
  return receive ? "recvonly" : "inactive";
}

/** The same section seen from the other side. */
export function reversed(direction: Direction): Direction {
  return directionOf(receives(direction), sends(direction));
}

/** The direction that an answerer with `own` may use for the direction `offered`. */
export function intersected(own: RTCRtpTransceiverDirection, offered: Direction): Direction {
  return directionOf(sends(own) && receives(offered), receives(own) && sends(offered));
}

/** The section of data channels. */
export function application(mid: string): Section {
  return { kind: "application", mid, direction: "sendrecv", streams: [] };
}

/** The description as an RTCSessionDescription. */
export function told(description: FakeDescription | null): RTCSessionDescriptionInit | null {
  return description && { type: description.type, sdp: write(description) };
}

function write(description: FakeDescription): string {
  const { fingerprint, session, ufrag, version, sections } = description;
  const origin = `o=- ${session} ${version} IN IP4 0.0.0.0`;
  const dtls = [`a=fingerprint:sha-256 ${fingerprint}`, "a=setup:actpass"];
  const lines = ["v=0", origin, ...dtls, `a=ice-ufrag:${ufrag}`];
  for (const { kind, mid, direction, streams } of sections) {
    lines.push(`m=${kind} 9 X 0`, `a=mid:${mid}`, `a=${direction}`);
    for (const stream of streams) lines.push(`a=msid:${stream}`);
  }
  return lines.join("\r\n") + "\r\n";
}

/** Throws, like a browser, for text that it cannot parse. */
export function read({ type, sdp = "" }: RTCSessionDescriptionInit): FakeDescription {
  if ((type !== "offer" && type !== "answer") || !sdp.startsWith("v=0")) {
    throw new DOMException(`cannot read "${sdp.slice(0, 20)}"`, "OperationError");
  }
  const [head = "", ...parts] = sdp.split(/^m=/m);
  return {
    type,
    fingerprint: value(head, /^a=fingerprint:sha-256 (\S+)/m),
    ufrag: value(head, /^a=ice-ufrag:(\S+)/m),
    session: Number(value(head, /^o=- (\d+)/m)),
    version: Number(value(head, /^o=- \d+ (\d+)/m)),
    sections: parts.map(readSection),
  };
}

function readSection(part: string): Section {
  const kinds: readonly Kind[] = ["audio", "video", "application"];
  const directions: readonly Direction[] = ["sendrecv", "sendonly", "recvonly", "inactive"];
  const kind = kinds.find((each) => part.startsWith(each));
  const direction = directions.find((each) => part.includes(`a=${each}\r`));
  if (kind === undefined || direction === undefined) {
    throw new DOMException("cannot read a section", "OperationError");
  }
  const streams = [...part.matchAll(/^a=msid:(\S+)/gm)].map((match) => match[1] ?? "");
  return { kind, mid: value(part, /^a=mid:(\S+)/m), direction, streams };
}

function value(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? "";
}
