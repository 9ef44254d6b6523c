/** The native dialect, with and without envelopes; see docs/protocol.md. */
import {
  isEnvelope,
  parseSignal,
  readEnvelope,
  type SentMessage,
  writeEnvelope,
} from "../../protocol/mod.ts";
import { parseClientMessage } from "../../protocol/parse_client.ts";
import type { Outgoing } from "../core/core_types.ts";
import type { Translation } from "./dialect.ts";

/** All messages are JSON, including signals. */
export const native: Translation = {
  dialect: "parley",
  decode(frame) {
    const parsed = parseClientMessage(frame);
    if (!parsed.ok) return parsed;
    const { message } = parsed;
    if (message.type !== "signal") return { ok: true, message };
    const { to, signal } = message;
    return { ok: true, message: { type: "signal", to, body: JSON.stringify(signal) } };
  },
  encode(message) {
    const opened = withOpenSignal(message);
    return opened && JSON.stringify(opened);
  },
};

/** Signals are in envelopes, whose bodies stay unread; a client may also send them as JSON. */
export const enveloped: Translation = {
  dialect: "parley",
  decode(frame) {
    if (!isEnvelope(frame)) return native.decode(frame);
    const envelope = readEnvelope(frame);
    if (envelope === undefined) return { ok: false, reason: "malformed envelope" };
    const { peerId: to, body } = envelope;
    return { ok: true, message: { type: "signal", to, body } };
  },
  encode(message) {
    if (message.type !== "signal") return JSON.stringify(message);
    return writeEnvelope({ peerId: message.from, body: message.body });
  },
};

/** A message for a client without envelopes; undefined if the body of a signal is invalid. */
export function withOpenSignal(message: Outgoing): SentMessage | undefined {
  if (message.type !== "signal") return message;
  const signal = parseSignal(message.body);
  return signal.ok ? { type: "signal", from: message.from, signal: signal.message } : undefined;
}
