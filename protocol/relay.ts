/**
 * Signals in envelopes: one line that the server reads, `relay PEER`, and below it the signal as
 * JSON, which it does not read. From a client the line names the receiver, to a client it names the
 * sender, so a body cannot claim another sender. Used if the sub-protocol of the handshake says so.
 */
import { limits } from "./limits.ts";
import { SUBPROTOCOL } from "./messages.ts";
import type { PeerId } from "./peers.ts";

/** The sub-protocol with envelopes, offered beside `SUBPROTOCOL`, which has none. */
export const RELAY_SUBPROTOCOL = "parley.v1.relay";

/** All sub-protocols, as clients offer them: the preferred one first. */
export const subprotocols = [RELAY_SUBPROTOCOL, SUBPROTOCOL];

const mark = "relay ";

/** A signal with its receiver or sender. */
export interface Envelope {
  readonly peerId: PeerId;
  /** The JSON text of a signal, if its sender is honest. */
  readonly body: string;
}

/** The frame of an envelope. */
export function writeEnvelope({ peerId, body }: Envelope): string {
  return `${mark}${peerId}\n${body}`;
}

/** Reads the envelope of a frame; undefined if the frame is no envelope, or a malformed one. */
export function readEnvelope(frame: string): Envelope | undefined {
  if (!isEnvelope(frame)) return undefined;
  const end = frame.indexOf("\n", mark.length);
  const peerId = frame.slice(mark.length, end);
  if (end < 0 || peerId.length === 0 || peerId.length > limits.peerId) return undefined;
  const body = frame.slice(end + 1);
  return body.length === 0 || body.length > limits.relayBody ? undefined : { peerId, body };
}

/** Whether a frame starts as an envelope. */
export function isEnvelope(frame: string): boolean {
  return frame.startsWith(mark);
}
