/**
 * What two browsers say about a file on its own channel. Closed schemas, as on the wire; bytes go
 * between as they are. Not by protocol/schema.ts: that is in the page's first script, and one
 * module both there and here would be a file of its own, which costs the first picture more than
 * these few lines cost the first file.
 */

/** Every bound of a transfer. Bytes and milliseconds. */
export const fileLimits = {
  /** 1 TiB: what the numbers of every browser carry with room to spare. */
  fileBytes: 2 ** 40,
  /** To and from pages of the SkyRTC dialect, which keep a file as text in memory. */
  skyrtcBytes: 16_000_000,
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
  /** Channels of one peer that have not said what they are for. */
  silentMost: 32,
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
  // Never said to a page of ours: see mesh/skyrtc/.
  "too-big",
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
  /** Somebody listens now; before this the sender says nothing. */
  | { readonly type: "ready" }
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

type Check = (value: unknown) => boolean;
/** Every field of every message but its type: a forgotten one fails to compile. */
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
const isReason: Check = (value) => toldFailures.some((reason) => reason === value);

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

/** Exactly the fields of its type, each as it must be. */
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

/**
 * One text frame of the sender; `frame` is whatever a data channel delivers. Undefined: it is none.
 */
export function parseSenderMessage(frame: unknown): SenderMessage | undefined {
  return parse(frame, senderShapes);
}

/** One text frame of the receiver. */
export function parseReceiverMessage(frame: unknown): ReceiverMessage | undefined {
  return parse(frame, receiverShapes);
}
