/** Parses frames: text in, a typed message or a reason out. No frame makes a function throw. */
import { errorCodes } from "./codes.ts";
import { limits } from "./limits.ts";
import {
  type Candidate,
  type ChatLine,
  type ClientMessage,
  type Description,
  type Join,
  type OpenSignal,
  reactions,
  type ServerMessage,
  type Signal,
} from "./messages.ts";
import { moveMessages } from "./moves_checks.ts";
import { codePoints, personName, roomName } from "./names.ts";
import { rights, roles } from "./owners.ts";
import type { LinkReport } from "./peers.ts";
import * as is from "./schema.ts";

/** A typed message, or the reason why the text is not one. */
export type Parsed<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly reason: string };

const most = Number.MAX_SAFE_INTEGER;
const peerId = is.text({ least: 1, most: limits.peerId });
const room = is.canonical(roomName, "1 to 64 letters, digits, - or _");
const name = is.canonical(personName, "1 to 32 visible characters without control characters");
const chatText = is.canonical(
  (raw) => codePoints(raw) <= limits.chatText && raw.trim() !== "" ? raw : undefined,
  `1 to ${limits.chatText} characters`,
);
const ref = is.matching(/^[\w-]{1,64}$/, "1 to 64 letters, digits, - or _");
const count = is.integer({ least: 0, most });
const state = is.object({
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

/** A text in base64url without padding. */
function sealedText(most: number): is.Check<string> {
  return is.canonical(
    (raw) => raw.length <= most && /^[\w-]+$/.test(raw) ? raw : undefined,
    `1 to ${most} base64url digits`,
  );
}
const hello = sealedText(limits.hello);
const card = sealedText(limits.card);
const door = sealedText(limits.door);
const sealedPeer = is.object({ hello, card });
const noName = is.oneOf("");

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
const right = is.oneOf(...rights);
const role = is.oneOf(...roles);
const password = is.text({ most: limits.password });
const capacity = is.integer({ least: 2, most: limits.roomCapacityMost });

let clientMessage: is.Check<ClientMessage> | undefined;

/** Created on demand, because browsers do not need it. */
function clientSchema(): is.Check<ClientMessage> {
  return clientMessage ??= is.tagged<ClientMessage>("type", {
    join: joinOf(is.object({ type: is.oneOf("join"), room, name: is.either(noName, name) }, {
      state,
      sealed: is.object({
        hello,
        card,
        door,
        peerId: is.matching(/^[\da-f]{32}$/, "32 hexadecimal digits"),
      }),
      resume: is.text({ most: limits.resumeToken }),
      followed: is.object({ epoch: count, revision: count }),
      ownerKey: is.text({ most: limits.ownerKey }),
      invite: is.text({ most: limits.invite }),
      password,
    })),
    leave: is.object({ type: is.oneOf("leave") }),
    signal: is.object({ type: is.oneOf("signal"), to: peerId, signal }),
    chat: is.object({ type: is.oneOf("chat"), ref, text: chatText }, { to: peerId, answers: ref }),
    edit: is.object({ type: is.oneOf("edit"), ref, text: is.nullable(chatText) }),
    state: is.object({ type: is.oneOf("state"), state }),
    rename: is.object({ type: is.oneOf("rename"), name }),
    react: is.object({ type: is.oneOf("react"), reaction }),
    report: is.object({ type: is.oneOf("report"), links: linkReports }),
    "set-rules": is.object({ type: is.oneOf("set-rules") }, {
      locked: is.boolean,
      knocking: is.boolean,
      password,
      chat: right,
      screen: right,
      files: right,
      capacity,
    }),
    remove: is.object({ type: is.oneOf("remove"), peerId, ban: is.boolean }),
    "answer-knock": is.object({
      type: is.oneOf("answer-knock"),
      knockId: peerId,
      admit: is.boolean,
    }),
    "mute-all": is.object({ type: is.oneOf("mute-all") }),
    "make-invite": is.object({
      type: is.oneOf("make-invite"),
      role,
      lifetimeMs: is.integer({ least: 60_000, most: limits.inviteMs }),
    }),
    "revoke-invite": is.object({ type: is.oneOf("revoke-invite"), inviteId: count }),
    "close-room": is.object({ type: is.oneOf("close-room") }),
    card: is.object({ type: is.oneOf("card"), card }),
    hello: is.object({ type: is.oneOf("hello"), hello, card }),
    "sealed-line": is.object({
      type: is.oneOf("sealed-line"),
      ref,
      text: sealedText(limits.sealedLine),
    }),
    note: is.object({ type: is.oneOf("note"), note: sealedText(limits.note) }),
    "change-door": is.object({ type: is.oneOf("change-door"), from: door, to: door }),
    ...moveMessages,
    ping: is.object({ type: is.oneOf("ping") }),
  });
}

/** A sealed join has neither name nor state, an open one has a name. */
function joinOf(check: is.Check<Join>): is.Check<Join> {
  return (value, path) => {
    const join = check(value, path);
    const isSealed = join.sealed !== undefined;
    if (isSealed !== (join.name === "")) is.fail(`${path}.name`, "a name, or sealed");
    if (isSealed && join.state !== undefined) is.fail(`${path}.state`, "no such field");
    return join;
  };
}

/** Empty: the room is sealed. */
const shownName = is.either(noName, name);
const peer = is.object({
  peerId,
  name: shownName,
  dialect: is.oneOf("parley", "skyrtc"),
  state,
  away: is.boolean,
}, { sealed: sealedPeer });
const chatLine: is.Check<ChatLine> = is.object({
  id: count,
  ref,
  from: peerId,
  name: shownName,
  text: is.nullable(is.either(sealedText(limits.sealedLine), chatText)),
  at: count,
}, { to: is.object({ peerId, name }), answers: ref, changed: count });
// What a room keeps of public lines and as much again of private ones.
const lines = is.list(chatLine, 2 * limits.recentChatLines);
const url = is.text({ least: 1, most: 2048 });
/** Checks one RTCIceServer, from the configuration or from a welcome. */
export const iceServer = is.object({ urls: is.either(url, is.list(url, 16)) }, {
  username: is.text({ most: 512 }),
  credential: is.text({ most: 512 }),
});

const serverMessage = is.tagged<ServerMessage>("type", {
  "welcome": is.object({
    type: is.oneOf("welcome"),
    peerId,
    room,
    name: shownName,
    roster: is.list(peer, limits.roomCapacityMost),
    resumed: is.boolean,
    resumeToken: is.text({ most: limits.resumeToken }),
    iceServers: is.list(iceServer, 16),
    capacity: count,
    epoch: count,
    revision: count,
    missed: lines,
    recent: lines,
    gap: is.boolean,
    at: count,
  }, { door }),
  "peer-joined": is.object({ type: is.oneOf("peer-joined"), revision: count, peer }),
  "peer-left": is.object({
    type: is.oneOf("peer-left"),
    revision: count,
    peerId,
    reason: is.oneOf("left", "lost", "kicked"),
  }),
  "peer-changed": is.object({
    type: is.oneOf("peer-changed"),
    revision: count,
    peerId,
    name: shownName,
    state,
  }, { card }),
  "peer-hello": is.object({
    type: is.oneOf("peer-hello"),
    revision: count,
    peerId,
    hello,
    card,
  }),
  "note": is.object({ type: is.oneOf("note"), from: peerId, note: sealedText(limits.note) }),
  "door-changed": is.object({ type: is.oneOf("door-changed"), by: peerId, door }),
  "peer-away": is.object({ type: is.oneOf("peer-away"), revision: count, peerId }),
  "peer-back": is.object({ type: is.oneOf("peer-back"), revision: count, peerId }),
  "signal": is.object({ type: is.oneOf("signal"), from: peerId, signal }),
  "chat": is.object({ type: is.oneOf("chat"), line: chatLine }),
  "error": is.object({
    type: is.oneOf("error"),
    code: is.oneOf(...errorCodes),
    message: is.text({ most: 1024 }),
  }, { about: is.text({ most: 64 }) }),
  "hands": is.object({
    type: is.oneOf("hands"),
    peerIds: is.list(peerId, limits.roomCapacityMost),
  }),
  "reaction": is.object({ type: is.oneOf("reaction"), peerId, reaction }),
  "peer-report": is.object({ type: is.oneOf("peer-report"), peerId, links: linkReports }),
  "rules": is.object({
    type: is.oneOf("rules"),
    locked: is.boolean,
    knocking: is.boolean,
    password: is.boolean,
    chat: right,
    screen: right,
    files: right,
    capacity,
    owners: is.list(peerId, limits.roomCapacityMost + 1),
  }),
  "owner-key": is.object({ type: is.oneOf("owner-key"), key: is.text({ most: limits.ownerKey }) }),
  "knocking": is.object({ type: is.oneOf("knocking"), heard: is.boolean }),
  "knocks": is.object({
    type: is.oneOf("knocks"),
    knocks: is.list(
      is.object({ knockId: peerId, name: shownName }, { sealed: sealedPeer }),
      limits.knocksPerRoom,
    ),
  }),
  "invites": is.object({
    type: is.oneOf("invites"),
    invites: is.list(
      is.object({
        inviteId: count,
        role,
        expires: count,
        invite: is.text({ most: limits.invite }),
      }),
      limits.invitesPerRoom,
    ),
  }),
  "mute-request": is.object({ type: is.oneOf("mute-request"), from: peerId }),
  "ice-servers": is.object({
    type: is.oneOf("ice-servers"),
    iceServers: is.list(iceServer, 16),
  }),
  "tick": is.object({ type: is.oneOf("tick"), at: count }),
});

/** The value of a JSON text; undefined if the text is not JSON. */
export function readJson(frame: string): unknown {
  try {
    const value: unknown = JSON.parse(frame);
    return value;
  } catch {
    return undefined;
  }
}

/** Runs a check on the value of `readJson`; a mismatch becomes a reason. */
export function checked<T>(check: is.Check<T>, value: unknown): Parsed<T> {
  if (value === undefined) return { ok: false, reason: "not JSON" };
  try {
    return { ok: true, message: check(value, "") };
  } catch (error) {
    // The path can contain a key of any length that the client chose.
    if (error instanceof is.Mismatch) {
      return { ok: false, reason: error.message.toWellFormed().slice(0, 200) };
    }
    throw error;
  }
}

/** Parses one frame from a client, in the native dialect. */
export function parseClientMessage(frame: string): Parsed<ClientMessage> {
  return checked(clientSchema(), readJson(frame));
}

/** Parses the body of an envelope. */
export function parseSignal(text: string): Parsed<Signal> {
  return checked(signal, readJson(text));
}

/** Parses one frame from the server. */
export function parseServerMessage(frame: string): Parsed<ServerMessage> {
  return checked(serverMessage, readJson(frame));
}
