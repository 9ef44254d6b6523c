/** Parses frames: text in, a typed message or a reason out. No frame makes a function throw. */
import type { ChatLine } from "./chat_line.ts";
import { errorCodes } from "./codes.ts";
import {
  capacity,
  card,
  chatText,
  count,
  door,
  hello,
  iceServer,
  linkReports,
  name,
  noName,
  peerId,
  reaction,
  ref,
  right,
  room,
  sealedPeer,
  sealedText,
  signal,
  state,
} from "./fields.ts";
import { limits } from "./limits.ts";
import type { ServerMessage, Signal } from "./messages.ts";
import * as is from "./schema.ts";

/** A typed message, or the reason why the text is not one. */
export type Parsed<T> =
  | { readonly ok: true; readonly message: T }
  | { readonly ok: false; readonly reason: string };

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

/** Parses the body of an envelope. */
export function parseSignal(text: string): Parsed<Signal> {
  return checked(signal, readJson(text));
}

/** Parses one frame from the server. */
export function parseServerMessage(frame: string): Parsed<ServerMessage> {
  return checked(serverMessage, readJson(frame));
}
