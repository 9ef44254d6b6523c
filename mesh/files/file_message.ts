/**
 * The messages on the data channel of one file: JSON text with closed schemas; the bytes of the
 * file are binary messages. protocol/schema.ts is not used here: it is part of the page's first
 * script, and sharing it would delay the first picture by more bytes than this code costs the first
 * file.
 */

/** The bounds of a transfer, in bytes and milliseconds. */
export const fileLimits = {
  /** 1 TiB, well within the safe integers. */
  fileBytes: 2 ** 40,
  /** To and from pages of the SkyRTC dialect, which keep a file as text in memory. */
  skyrtcBytes: 16_000_000,
  /** UTF-16 units of an offered name, before it is made safe. */
  rawName: 1024,
  /** UTF-16 units of a text message. */
  frameLength: 8 * 1024,
  /** Bytes that the sender has read and the receiver has not written yet. */
  windowBytes: 4 * 1024 * 1024,
  /** The receiver confirms at least this often. */
  blockBytes: 512 * 1024,
  /** Bytes of one binary message. */
  messageBytes: 256 * 1024,
  /** A transfer without a channel for so long fails. */
  reconnectMs: 120_000,
  /** An unanswered offer ends if one side is away for longer than a reload takes. */
  returnMs: 30_000,
  /** A page that does not answer an offer in this time does not support files. */
  answerMs: 15_000,
  /** Channels of one peer without a first message. */
  unidentifiedMost: 32,
  /** Unanswered offers of one peer. */
  offersMost: 16,
  /** Finished transfers that are kept, to answer repeated offers. */
  pastMost: 200,
} as const;

/** Reasons of a failure that one side sends to the other. */
export const wireFailures = [
  "unreadable",
  "disk-full",
  "no-storage",
  "cannot-write",
  "damaged",
  "rules",
  "busy",
  // Only mesh/skyrtc/ uses it.
  "too-big",
] as const;

/** See `wireFailures`. */
export type WireFailure = (typeof wireFailures)[number];

/** Offers a file; repeated on each new channel. `size`: bytes. */
export interface FileOffer {
  readonly type: "offer";
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

/** The messages of the sender of a file. */
export type SenderMessage =
  | FileOffer
  /** Every byte is sent. `sha256`: of the whole file, 64 hexadecimal digits. */
  | { readonly type: "done"; readonly sha256: string }
  | FileEnd;

/** The messages of the receiver of a file. */
export type ReceiverMessage =
  /** The receiver listens; the sender sends nothing before this. */
  | { readonly type: "ready" }
  /** The offer is shown to the person. */
  | { readonly type: "here" }
  /** Requests the bytes from position `from` on; the receiver has those before. */
  | { readonly type: "accept"; readonly from: number }
  /** So many bytes of the file are on the disk. */
  | { readonly type: "got"; readonly bytes: number }
  /** The whole file is on the disk, and its hash is right. */
  | { readonly type: "stored" }
  | { readonly type: "decline" }
  | FileEnd;

/**
 * Either side ends the transfer. It has an id, because it may be the first message on a channel.
 */
export type FileEnd =
  | { readonly type: "cancel"; readonly id: string }
  | { readonly type: "failed"; readonly id: string; readonly reason: WireFailure };

type Check = (value: unknown) => boolean;
/** A check for each field of each message; a missing one fails to compile. */
type Shapes<M extends { readonly type: string }> = {
  readonly [T in M["type"]]: {
    readonly [K in Exclude<keyof Extract<M, { readonly type: T }>, "type">]: Check;
  };
};

const isText = (value: unknown): value is string => typeof value === "string";
const isId: Check = (value) => isText(value) && /^[\w-]{8,64}$/.test(value);
const isHash: Check = (value) => isText(value) && /^[\da-f]{64}$/.test(value);
const isName: Check = (value) =>
  isText(value) && value.length <= fileLimits.rawName && value.isWellFormed();
const isSize: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= fileLimits.fileBytes;
const isReason: Check = (value) => wireFailures.some((reason) => reason === value);

const ends = { cancel: { id: isId }, failed: { id: isId, reason: isReason } };
const senderShapes: Shapes<SenderMessage> = {
  offer: { id: isId, name: isName, size: isSize },
  done: { sha256: isHash },
  ...ends,
};
const receiverShapes: Shapes<ReceiverMessage> = {
  ready: {},
  here: {},
  accept: { from: isSize },
  got: { bytes: isSize },
  stored: {},
  decline: {},
  ...ends,
};

/** Whether a value has exactly the fields of its type, each valid. */
function fits<M extends { readonly type: string }>(value: unknown, shapes: Shapes<M>): value is M {
  if (typeof value !== "object" || value === null) return false;
  const { type, ...fields }: { type?: unknown } = value;
  // Own fields only: a type called "constructor" must not find Object's.
  const shape = Object.entries<Record<string, Check>>(shapes).find(([name]) => name === type)?.[1];
  if (shape === undefined) return false;
  const given = Object.entries(fields);
  const wanted = Object.keys(shape);
  return given.length === wanted.length &&
    given.every(([name, field]) => wanted.includes(name) && shape[name]?.(field));
}

function parse<M extends { readonly type: string }>(
  frame: unknown,
  shapes: Shapes<M>,
): M | undefined {
  if (typeof frame !== "string" || frame.length > fileLimits.frameLength) return undefined;
  try {
    const value: unknown = JSON.parse(frame);
    return fits(value, shapes) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Parses a message of the sender; `frame` is what a data channel delivers. Undefined: invalid. */
export function parseSenderMessage(frame: unknown): SenderMessage | undefined {
  return parse(frame, senderShapes);
}

/**
 * Parses a message of the receiver; `frame` is what a data channel delivers. Undefined: invalid.
 */
export function parseReceiverMessage(frame: unknown): ReceiverMessage | undefined {
  return parse(frame, receiverShapes);
}
