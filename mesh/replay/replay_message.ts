/**
 * What goes over a channel for missed voice, label `parley-replay`. The listener opens it, measures
 * the speaker's clock once the speaker is ready, and says since when it has heard nothing. The
 * speaker answers with its voice since then, and goes on until the channel is closed. Text frames
 * are JSON; a binary frame is one packet of voice.
 */
import { checked, type Parsed, readJson } from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";
import type { VoicePacket } from "./voice_ring.ts";

/** Text of the listener. `at`: ms by the speaker's clock. */
export type ListenerMessage =
  | { readonly type: "clock"; readonly ping: number }
  | { readonly type: "from"; readonly at: number };

/** Text of the speaker. `now`: ms by its clock. */
export type SpeakerMessage =
  /** Its code is loaded; the listener sends nothing before. */
  | { readonly type: "ready" }
  | { readonly type: "clock"; readonly ping: number; readonly now: number };

/** The most pings of one channel. */
export const pingsMost = 8;
const ping = is.integer({ least: 0, most: pingsMost - 1 });
/** A month, more than a page lives. */
const ms = is.integer({ least: 0, most: 31 * 24 * 3_600_000 });
const frameMost = 128;

const listenerMessage = is.tagged<ListenerMessage>("type", {
  clock: is.object({ type: is.oneOf("clock"), ping }),
  from: is.object({ type: is.oneOf("from"), at: ms }),
});
const speakerMessage = is.tagged<SpeakerMessage>("type", {
  ready: is.object({ type: is.oneOf("ready") }),
  clock: is.object({ type: is.oneOf("clock"), ping, now: ms }),
});

/** A text frame of the listener. */
export function parseListenerMessage(frame: unknown): Parsed<ListenerMessage> {
  return isShort(frame) ? checked(listenerMessage, readJson(frame)) : tooLong;
}

/** A text frame of the speaker. */
export function parseSpeakerMessage(frame: unknown): Parsed<SpeakerMessage> {
  return isShort(frame) ? checked(speakerMessage, readJson(frame)) : tooLong;
}

const tooLong = { ok: false, reason: `expected text of at most ${frameMost} characters` } as const;

function isShort(frame: unknown): frame is string {
  return typeof frame === "string" && frame.length <= frameMost;
}

const headBytes = 8;
/** Opus packets have at most 1,275 bytes (RFC 6716, 3.4). */
const packetMost = headBytes + 1_275;

/**
 * A binary frame: the time as a 64-bit float, big endian, then the Opus packet. Without a packet it
 * says that all sound before that time was sent.
 */
export function encodePacket({ at, data }: VoicePacket): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(headBytes + data.length);
  new DataView(frame.buffer).setFloat64(0, at);
  frame.set(data, headBytes);
  return frame;
}

/** Undefined if the frame is none. */
export function decodePacket(frame: unknown): VoicePacket | undefined {
  if (!(frame instanceof ArrayBuffer)) return undefined;
  if (frame.byteLength < headBytes || frame.byteLength > packetMost) return undefined;
  const at = new DataView(frame).getFloat64(0);
  return Number.isFinite(at) ? { at, data: new Uint8Array(frame, headBytes) } : undefined;
}
