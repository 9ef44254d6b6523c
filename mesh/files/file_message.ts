/** What two browsers say about a file on its own channel. Closed schemas, as on the wire; bytes go between as they are. */
import type { Parsed } from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";

/** Every bound of a transfer. Bytes and milliseconds. */
export const fileLimits = {
  /** 1 TiB: what the numbers of every browser carry with room to spare. */
  fileBytes: 2 ** 40,
  /** UTF-16 units of an offered name, before it is made safe. */
  rawName: 1024,
  frameLength: 8 * 1024,
  /** What may be under way between the sender's read and the receiver's disk. */
  windowBytes: 4 * 1024 * 1024,
  /** The receiver confirms at least this often. */
  blockBytes: 512 * 1024,
  /** One message with bytes. */
  messageBytes: 256 * 1024,
  /** Without any channel for so long a transfer is given up. */
  apartMs: 120_000,
  /** A page that says nothing about an offer knows nothing of files. */
  answerMs: 15_000,
  /** Unanswered offers of one peer. */
  offersMost: 16,
  /** Finished transfers that are remembered, to answer a late question about them. */
  pastMost: 200,
} as const;

/** Why the other side gives up, as far as it is told. */
export const toldFailures = [
  "unreadable",
  "disk-full",
  "no-storage",
  "cannot-write",
  "damaged",
  "rules",
  "busy",
] as const;

/** See `toldFailures`. */
export type ToldFailure = (typeof toldFailures)[number];

/** Asks whether the file may be sent; said again on each new channel. */
export interface FileOffer {
  readonly type: "offer";
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** Everything the sender of a file may say. */
export type SenderMessage =
  | FileOffer
  /** That was all; the SHA-256 of the whole, 64 hexadecimal digits. */
  | { readonly type: "done"; readonly sha256: string }
  | FileEnd;

/** Everything the receiver of a file may say. */
export type ReceiverMessage =
  /** The offer is shown to somebody. */
  | { readonly type: "here" }
  /** The bytes from `from` on are wanted; those before are there already. */
  | { readonly type: "accept"; readonly from: number }
  /** So many bytes are written. */
  | { readonly type: "got"; readonly bytes: number }
  /** The whole is written and its hash is right. */
  | { readonly type: "stored" }
  | { readonly type: "decline" }
  | FileEnd;

/** Either side ends it. The id stands here because it may be the first word on a new channel. */
export type FileEnd =
  | { readonly type: "cancel"; readonly id: string }
  | { readonly type: "failed"; readonly id: string; readonly reason: ToldFailure };

const id = is.matching(/^[\w-]{8,64}$/, "8 to 64 letters, digits, - or _");
const bytes = is.integer({ least: 0, most: fileLimits.fileBytes });
const cancel = is.object({ type: is.oneOf("cancel"), id });
const failed = is.object({ type: is.oneOf("failed"), id, reason: is.oneOf(...toldFailures) });

const senderMessage = is.tagged<SenderMessage>("type", {
  offer: is.object({
    type: is.oneOf("offer"),
    id,
    name: is.text({ most: fileLimits.rawName }),
    size: bytes,
  }),
  done: is.object({
    type: is.oneOf("done"),
    sha256: is.matching(/^[\da-f]{64}$/, "64 hexadecimal digits"),
  }),
  cancel,
  failed,
});

const receiverMessage = is.tagged<ReceiverMessage>("type", {
  here: is.object({ type: is.oneOf("here") }),
  accept: is.object({ type: is.oneOf("accept"), from: bytes }),
  got: is.object({ type: is.oneOf("got"), bytes }),
  stored: is.object({ type: is.oneOf("stored") }),
  decline: is.object({ type: is.oneOf("decline") }),
  cancel,
  failed,
});

function parse<T>(check: is.Check<T>, frame: unknown): Parsed<T> {
  if (typeof frame !== "string" || frame.length > fileLimits.frameLength) {
    return { ok: false, reason: `wanted text of at most ${fileLimits.frameLength} characters` };
  }
  try {
    return { ok: true, message: check(JSON.parse(frame), "") };
  } catch (error) {
    // Not JSON, or not what was agreed on.
    return { ok: false, reason: error instanceof Error ? error.message : "" };
  }
}

/** One text frame of the sender; `frame` is whatever a data channel delivers. */
export function parseSenderMessage(frame: unknown): Parsed<SenderMessage> {
  return parse(senderMessage, frame);
}

/** One text frame of the receiver. */
export function parseReceiverMessage(frame: unknown): Parsed<ReceiverMessage> {
  return parse(receiverMessage, frame);
}
