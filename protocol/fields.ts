/** The checks of fields that messages share. */
import { limits } from "./limits.ts";
import {
  type Candidate,
  type Description,
  type OpenSignal,
  reactions,
  type Signal,
} from "./messages.ts";
import { codePoints, personName, roomName } from "./names.ts";
import { rights, roles } from "./owners.ts";
import type { LinkReport } from "./peers.ts";
import * as is from "./schema.ts";

const most = Number.MAX_SAFE_INTEGER;
/** Checks a peer id. */
export const peerId = is.text({ least: 1, most: limits.peerId });
/** Checks a room name. */
export const room = is.canonical(roomName, "1 to 64 letters, digits, - or _");
/** Checks a person's name. */
export const name = is.canonical(
  personName,
  "1 to 32 visible characters without control characters",
);
/** Checks the text of a line. */
export const chatText = is.canonical(
  (raw) => codePoints(raw) <= limits.chatText && raw.trim() !== "" ? raw : undefined,
  `1 to ${limits.chatText} characters`,
);
/** Checks the `ref` of a line. */
export const ref = is.matching(/^[\w-]{1,64}$/, "1 to 64 letters, digits, - or _");
/** Checks a whole number from 0. */
export const count = is.integer({ least: 0, most });
/** Checks what a peer's tile shows. */
export const state = is.object({
  microphone: is.boolean,
  camera: is.boolean,
  screen: is.boolean,
  hand: is.boolean,
});

/** Checks an SDP description from any dialect. */
export const description: is.Check<Description> = is.object({
  type: is.oneOf("offer", "answer"),
  sdp: is.text({ least: 1, most: limits.sdp }),
}, { exchange: count });

/** Checks an ICE candidate. */
export const candidate: is.Check<Candidate> = is.object({
  candidate: is.text({ most: limits.candidate }),
  sdpMid: is.nullable(is.text({ most: 64 })),
  sdpMLineIndex: is.nullable(is.integer({ least: 0, most: 255 })),
  usernameFragment: is.nullable(is.text({ most: 256 })),
});

/** Checks a text in base64url without padding, of at most `most` digits. */
export function sealedText(most: number): is.Check<string> {
  return is.canonical(
    (raw) => raw.length <= most && /^[\w-]+$/.test(raw) ? raw : undefined,
    `1 to ${most} base64url digits`,
  );
}
/** Checks a sealed hello. */
export const hello = sealedText(limits.hello);
/** Checks a sealed card. */
export const card = sealedText(limits.card);
/** Checks the door of a sealed room. */
export const door = sealedText(limits.door);
/** Checks what the server tells of a sealed peer. */
export const sealedPeer = is.object({ hello, card });
/** Checks the absent name in a sealed room. */
export const noName = is.oneOf("");

const openSignals = {
  description: is.object({ kind: is.oneOf("description"), description }),
  candidate: is.object({ kind: is.oneOf("candidate"), candidate }),
  candidates: is.object({
    kind: is.oneOf("candidates"),
    candidates: is.list(candidate, limits.candidatesTogether),
  }),
};

/** Checks a signal that is not sealed. */
export const openSignal = is.tagged<OpenSignal>("kind", openSignals);

/** Checks a signal, in a message or an envelope. */
export const signal = is.tagged<Signal>("kind", {
  ...openSignals,
  sealed: is.object({ kind: is.oneOf("sealed"), body: sealedText(limits.relayBody) }),
});

const figure = is.nullable(is.integer({ least: 0, most: 10_000_000 }));
const linkReport: is.Check<LinkReport> = is.object({
  peerId,
  state: is.oneOf("connecting", "connected", "reconnecting", "failed"),
  path: is.oneOf("unknown", "direct", "relayed"),
  protocol: is.oneOf("unknown", "udp", "tcp", "tls"),
  rtt: figure,
  loss: figure,
  kbps: figure,
  cause: is.nullable(
    is.oneOf("no-answer", "no-relay", "no-path", "relay-unreachable", "broken"),
  ),
});
/** Checks the reports of one member. */
export const linkReports = is.list(linkReport, limits.roomCapacityMost);
/** Checks a reaction. */
export const reaction = is.oneOf(...reactions);
/** Checks who may do something. */
export const right = is.oneOf(...rights);
/** Checks a role. */
export const role = is.oneOf(...roles);
/** Checks a password. */
export const password = is.text({ most: limits.password });
/** Checks how many members a room may have. */
export const capacity = is.integer({ least: 2, most: limits.roomCapacityMost });

const url = is.text({ least: 1, most: 2048 });
/** Checks one RTCIceServer, from the configuration or from a welcome. */
export const iceServer = is.object({ urls: is.either(url, is.list(url, 16)) }, {
  username: is.text({ most: 512 }),
  credential: is.text({ most: 512 }),
});
