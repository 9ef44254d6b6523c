/** The dialect of each socket: agreed on in the handshake, or detected from the first frame. */
import { Buffer } from "node:buffer";
import { type Dialect, type Parsed, readJson } from "../../protocol/mod.ts";
import type { Incoming, Outgoing, SocketId } from "../core/core_types.ts";
import type { Translation } from "./dialect.ts";
import { enveloped, native } from "./native.ts";
import { isSkyrtcFrame, Skyrtc } from "./skyrtc.ts";

/** A message in the dialect of its receiver. `bytes`: of the frame, as UTF-8. */
export interface EncodedMessage {
  readonly message: Outgoing;
  readonly frame: string;
  readonly bytes: number;
}

/** Decodes and encodes the frames of all sockets. */
export class Translations {
  readonly #translations = new Map<SocketId, Translation>();
  /** The last message as JSON: a broadcast is the same object for every member. */
  #shared: EncodedMessage | undefined;

  /** The sub-protocol of this socket has envelopes. */
  useEnvelopes(socketId: SocketId): void {
    this.#translations.set(socketId, enveloped);
  }

  /** Forgets a socket that has closed. */
  remove(socketId: SocketId): void {
    this.#translations.delete(socketId);
  }

  /** Reads a frame of a socket. The first frame that is JSON decides between native and SkyRTC. */
  decode(socketId: SocketId, frame: string): { dialect: Dialect; parsed: Parsed<Incoming> } {
    let translation = this.#translations.get(socketId);
    if (translation === undefined) {
      translation = detect(socketId, frame);
      if (translation !== undefined) this.#translations.set(socketId, translation);
    }
    const { dialect } = translation ?? native;
    return { dialect, parsed: (translation ?? native).decode(frame) };
  }

  /** The frame of a message for a socket; undefined if its dialect has none. */
  encode(socketId: SocketId, message: Outgoing): EncodedMessage | undefined {
    const translation = this.#translations.get(socketId) ?? native;
    // All native clients get the same frame, except for signals, which may be in envelopes.
    if (translation.dialect !== native.dialect || message.type === "signal") {
      const frame = translation.encode(message);
      return frame === undefined ? undefined : encoded(message, frame);
    }
    if (this.#shared?.message !== message) this.#shared = encoded(message, JSON.stringify(message));
    return this.#shared;
  }
}

function encoded(message: Outgoing, frame: string): EncodedMessage {
  return { message, frame, bytes: Buffer.byteLength(frame) };
}

/** The translation that a first frame asks for; undefined if it is not JSON. */
function detect(socketId: SocketId, frame: string): Translation | undefined {
  const value = readJson(frame);
  if (value === undefined) return undefined;
  if (!isSkyrtcFrame(value)) return native;
  // SkyRTC has neither names nor refs.
  const guest = `Guest ${socketId.toString(36)}`;
  return new Skyrtc(guest, `${crypto.randomUUID().replaceAll("-", "")}-`);
}
