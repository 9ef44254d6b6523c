/**
 * Signals as an envelope: one line that the server reads, `relay PEER`, and below it the signal as JSON, which it does not.
 * From the sender the line names the receiver, to the receiver it names the sender; so no body can name another one. Only
 * between a client and a server that have agreed on it by the sub-protocol.
 */
import { limits } from "./limits.ts";
import type { Signal } from "./messages.ts";
import { checkedSignal, type Parsed } from "./parse.ts";
import type { PeerId } from "./peers.ts";

/** Offered beside SUBPROTOCOL, which is the same wire without envelopes. */
export const RELAY_SUBPROTOCOL = "parley.v1.relay";

const mark = "relay ";

/** An opened envelope. */
export interface Envelope {
  readonly peerId: PeerId;
  /** JSON that is a signal, if its sender is honest. */
  readonly body: string;
}

/** The frame of an envelope. */
export function sealed({ peerId, body }: Envelope): string {
  return `${mark}${peerId}\n${body}`;
}

/** Reads the line; undefined for a frame that is no envelope, or not a good one. */
export function readEnvelope(frame: string): Envelope | undefined {
  if (!isEnvelope(frame)) return undefined;
  const end = frame.indexOf("\n", mark.length);
  const peerId = frame.slice(mark.length, end);
  if (end < 0 || peerId.length === 0 || peerId.length > limits.peerId) return undefined;
  const body = frame.slice(end + 1);
  return body.length === 0 || body.length > limits.relayBody ? undefined : { peerId, body };
}

/** Whether a frame claims to be one. */
export function isEnvelope(frame: string): boolean {
  return frame.startsWith(mark);
}

/** What is in it. */
export function openSignal(body: string): Parsed<Signal> {
  return checkedSignal(body);
}
