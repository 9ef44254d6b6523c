/**
 * The dialect of SkyRTC pages, `{"eventName", "data"}`; docs/protocol.md has the table. Unknown
 * fields are ignored, because the clients are foreign; the known ones are checked like those of any
 * message.
 */
import {
  type Candidate,
  type Description,
  limits,
  type Parsed,
  type PeerId,
  readJson,
  roomName,
  type Signal,
} from "../../protocol/mod.ts";
import { candidate, description } from "../../protocol/fields.ts";
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import type { Incoming, Outgoing } from "../core/core_types.ts";
import type { Translation } from "./dialect.ts";
import { withOpenSignal } from "./native.ts";

const defaultRoom = "__default";

/** Whether a client with this first frame, parsed as JSON, speaks SkyRTC. */
export function isSkyrtcFrame(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, "eventName");
}

/** A field of an object; undefined if `value` is no object or has no such field. */
function field(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;
}

const target = is.text({ least: 1, most: limits.peerId });

function readRoom(value: unknown, path: string): string {
  if (value === undefined || value === "") return defaultRoom;
  const raw = is.text({ most: 12 * limits.roomName })(value, path);
  // SkyRTC pages join with their location.hash, which browsers percent-encode.
  const name = decodePercent(raw.replace(/^#/, ""));
  return name === "" ? defaultRoom : roomName(name) ?? is.fail(path, "a room name");
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readDescription(data: unknown, type: Description["type"]): Signal {
  const sdp = field(data, "sdp");
  // Some pages send the bare SDP text instead of {type, sdp}.
  const text = typeof sdp === "string" ? sdp : field(sdp, "sdp");
  return {
    kind: "description",
    description: description({ type, sdp: text }, ".data.sdp"),
  };
}

function readCandidate(data: unknown): Signal {
  const index = field(data, "sdpMLineIndex") ?? field(data, "label") ?? null;
  const read: Candidate = candidate({
    candidate: field(data, "candidate"),
    sdpMid: field(data, "sdpMid") ?? null,
    sdpMLineIndex: index,
    usernameFragment: null,
  }, ".data");
  return { kind: "candidate", candidate: read };
}

/**
 * Translates for one SkyRTC client. The dialect has neither names nor refs: `guest` is the client's
 * name, and `mark` the start of the refs of its lines.
 */
export class Skyrtc implements Translation {
  readonly dialect = "skyrtc";
  readonly #guest: string;
  readonly #mark: string;
  #lines = 0;

  constructor(guest: string, mark = "s") {
    this.#guest = guest;
    this.#mark = mark;
  }

  decode(frame: string): Parsed<Incoming> {
    return checked((value) => this.#read(value), readJson(frame));
  }

  encode(message: Outgoing): string | undefined {
    const event = eventOf(message);
    return event === undefined ? undefined : JSON.stringify(event);
  }

  #read(frame: unknown): Incoming {
    const data = field(frame, "data");
    if (typeof data !== "object" || data === null) is.fail(".data", "an object");
    const to = () => target(field(data, "socketId"), ".data.socketId");
    switch (field(frame, "eventName")) {
      case "__join":
        return {
          type: "join",
          room: readRoom(field(data, "room"), ".data.room"),
          name: this.#guest,
        };
      case "__offer":
        return signalTo(to(), readDescription(data, "offer"));
      case "__answer":
        return signalTo(to(), readDescription(data, "answer"));
      case "__ice_candidate":
        return signalTo(to(), readCandidate(data));
      case "__chat":
        return { type: "chat", ref: `${this.#mark}${++this.#lines}`, text: readChat(data) };
      default:
        return is.fail(".eventName", "__join, __offer, __answer, __ice_candidate or __chat");
    }
  }
}

function signalTo(to: PeerId, signal: Signal): Incoming {
  return { type: "signal", to, body: JSON.stringify(signal) };
}

function readChat(data: unknown): string {
  return is.canonical((raw) => raw.trim() === "" ? undefined : raw, "some text")(
    is.text({ most: limits.chatText })(field(data, "text"), ".data.text"),
    ".data.text",
  );
}

interface SkyrtcEvent {
  readonly eventName: string;
  readonly data: Readonly<Record<string, unknown>>;
}

function eventOf(outgoing: Outgoing): SkyrtcEvent | undefined {
  const message = withOpenSignal(outgoing);
  if (message === undefined) return undefined;
  switch (message.type) {
    case "welcome": {
      const connections = message.roster.map((peer) => peer.peerId);
      return { eventName: "_peers", data: { connections, you: message.peerId } };
    }
    case "peer-joined":
      return { eventName: "_new_peer", data: { socketId: message.peer.peerId } };
    case "peer-left":
      return { eventName: "_remove_peer", data: { socketId: message.peerId } };
    case "signal":
      return signalEvent(message.signal, message.from);
    case "chat": {
      const { from: socketId, name, text, at, to, changed } = message.line;
      // SkyRTC pages would show private lines and changes as new public lines.
      if (text === null || to !== undefined || changed !== undefined) return undefined;
      return { eventName: "_chat", data: { socketId, name, text, at } };
    }
    // Not an event of SkyRTC: its pages ignore it, other clients can log it.
    case "error":
      return { eventName: "_error", data: { code: message.code, message: message.message } };
    case "peer-changed":
    case "peer-away":
    case "peer-back":
    case "hands":
    case "reaction":
    case "peer-report":
    case "rules":
    case "owner-key":
    case "knocking":
    case "knocks":
    case "invites":
    case "mute-request":
    case "powers":
    case "lines-deleted":
    case "removed-for":
    case "times":
    case "ending":
    case "ended":
    case "outside-hours":
    case "attendance":
    case "peer-hello":
    case "note":
    case "door-changed":
    case "move-offered":
    case "move-taken":
    case "move-parcel":
    case "move-refused":
    case "ice-servers":
    case "marks":
    case "pinned":
    case "tick":
      return undefined;
    default:
      return message satisfies never;
  }
}

function signalEvent(signal: Signal, socketId: PeerId): SkyrtcEvent | undefined {
  if (signal.kind === "description") {
    const { type, sdp } = signal.description;
    return { eventName: `_${type}`, data: { sdp: { type, sdp }, socketId } };
  }
  // Sent only to clients whose descriptions announce support, which SkyRTC pages do not.
  if (signal.kind === "candidates" || signal.kind === "sealed") return undefined;
  const { candidate, sdpMid, sdpMLineIndex } = signal.candidate;
  // SkyRTC has no end of candidates; its pages would pass the empty text to the browser and fail.
  if (candidate === "") return undefined;
  const label = sdpMLineIndex ?? 0;
  return { eventName: "_ice_candidate", data: { label, sdpMid, candidate, socketId } };
}
