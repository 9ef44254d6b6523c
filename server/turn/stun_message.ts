/**
 * Reads and writes messages of STUN (RFC 8489) with the attributes of TURN (RFC 8656). Everything
 * that comes from a client is checked here, so that the rest of the server sees whole messages.
 */
import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Endpoint, readXorAddress, writeXorAddress } from "./endpoint.ts";

/** What a message asks for (RFC 8489, section 18.2; RFC 8656, section 17). */
export const methods = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
  channelBind: 0x009,
} as const;

/** The kinds of messages (RFC 8489, section 5). */
export type StunClass = "request" | "indication" | "success" | "error";
const classes: readonly StunClass[] = ["request", "indication", "success", "error"];

/** Attributes (RFC 8489, section 18.3; RFC 8656, section 18). */
export const attributes = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  channelNumber: 0x000c,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedAddressFamily: 0x0017,
  evenPort: 0x0018,
  requestedTransport: 0x0019,
  messageIntegritySha256: 0x001c,
  xorMappedAddress: 0x0020,
  reservationToken: 0x0022,
  fingerprint: 0x8028,
} as const;

/** Those that a request may have; an answer names the others that it must not ignore. */
const understood: ReadonlySet<number> = new Set(Object.values(attributes));
/** Bytes of a header, and where its parts are. */
const headBytes = 20;
const [lengthAt, cookieAt, transactionAt] = [2, 4, 8];
const cookie = 0x2112a442;
/** Attributes from here on may be ignored (RFC 8489, section 14). */
const optionalFrom = 0x8000;
const integrityBytes = 24;
const fingerprintBytes = 8;
/** "STUN", so that a checksum of another protocol is no fingerprint (RFC 8489, section 14.7). */
const fingerprintMask = 0x5354554e;

/** One message, read. Its parts are views of the bytes that it was read from. */
export interface StunMessage {
  readonly method: number;
  readonly kind: StunClass;
  /** The magic cookie and the transaction id, 16 bytes. */
  readonly mask: Uint8Array;
  /** The first attribute of each type. */
  readonly found: ReadonlyMap<number, Uint8Array>;
  /** All values of XOR-PEER-ADDRESS, of which a message may have several. */
  readonly peers: readonly Uint8Array[];
  /** Types that have to be understood and are not. */
  readonly unknown: readonly number[];
  readonly hasFingerprint: boolean;
  /** Whether MESSAGE-INTEGRITY is that of this key; false if there is none. */
  isSignedWith(key: Uint8Array): boolean;
}

/** Whether bytes begin as a message of STUN does. */
export function isStun(bytes: Uint8Array): boolean {
  return bytes.length >= headBytes && at(bytes, 0) < 0x40 &&
    viewOf(bytes).getUint32(cookieAt) === cookie;
}

/** The length of a message by its header, of which at least 4 bytes are there. */
export function stunLength(bytes: Uint8Array): number {
  return headBytes + ((at(bytes, lengthAt) << 8) | at(bytes, lengthAt + 1));
}

/** Reads a message that fills `bytes`; undefined: malformed, or its fingerprint is wrong. */
export function readStun(bytes: Uint8Array): StunMessage | undefined {
  if (!isStun(bytes) || stunLength(bytes) !== bytes.length || bytes.length % 4 !== 0) {
    return undefined;
  }
  const found = new Map<number, Uint8Array>();
  const peers: Uint8Array[] = [];
  const unknown: number[] = [];
  let signedEnd: number | undefined;
  for (let from = headBytes; from < bytes.length;) {
    const type = (at(bytes, from) << 8) | at(bytes, from + 1);
    const length = (at(bytes, from + 2) << 8) | at(bytes, from + 3);
    const value = bytes.subarray(from + 4, from + 4 + length);
    const next = from + 4 + length + padding(length);
    if (next > bytes.length) return undefined;
    const isLast = next === bytes.length;
    if (type === attributes.fingerprint) {
      if (!isLast || length !== 4 || !isFingerprint(bytes, value)) return undefined;
      found.set(type, value);
      // Only FINGERPRINT counts after the integrity (RFC 8489, section 14.5).
    } else if (signedEnd === undefined) {
      if (type === attributes.messageIntegrity) signedEnd = from;
      if (type === attributes.xorPeerAddress) peers.push(value);
      if (type < optionalFrom && !understood.has(type)) unknown.push(type);
      if (!found.has(type)) found.set(type, value);
    }
    from = next;
  }
  const type = (at(bytes, 0) << 8) | at(bytes, 1);
  return {
    method: (type & 0x000f) | ((type & 0x00e0) >>> 1) | ((type & 0x3e00) >>> 2),
    kind: classes[((type & 0x0010) >>> 4) | ((type & 0x0100) >>> 7)] ?? "request",
    mask: bytes.subarray(cookieAt, headBytes),
    found,
    peers,
    unknown,
    hasFingerprint: found.has(attributes.fingerprint),
    isSignedWith: (key) => signedEnd !== undefined && isSigned(bytes, { signedEnd, key, found }),
  };
}

function isSigned(
  bytes: Uint8Array,
  { signedEnd, key, found }: {
    signedEnd: number;
    key: Uint8Array;
    found: StunMessage["found"];
  },
): boolean {
  const given = found.get(attributes.messageIntegrity);
  if (given?.length !== 20) return false;
  return timingSafeEqual(given, integrityOf(bytes.subarray(0, signedEnd), key));
}

/** HMAC-SHA-1 over a message up to its integrity, whose length counts (RFC 8489, section 14.5). */
function integrityOf(signed: Uint8Array, key: Uint8Array): Buffer {
  const head = signed.slice(0, headBytes);
  setLength(head, signed.length + integrityBytes);
  return createHmac("sha1", key).update(head).update(signed.subarray(headBytes)).digest();
}

function isFingerprint(bytes: Uint8Array, value: Uint8Array): boolean {
  return fingerprintOf(bytes.subarray(0, bytes.length - fingerprintBytes)) ===
    viewOf(value).getUint32(0);
}

/** Of a message whose length counts the fingerprint already. */
function fingerprintOf(bytes: Uint8Array): number {
  return (crc32(bytes) ^ fingerprintMask) >>> 0;
}

/** One attribute to write. */
export type Attribute = readonly [type: number, value: Uint8Array];

/** Writes a message. `key`: sign it; `fingerprint`: add one. */
export function writeStun(
  { method, kind, mask, list, key, fingerprint = false }: {
    method: number;
    kind: StunClass;
    /** That of the request; for an indication, `newMask()`. */
    mask: Uint8Array;
    list: readonly Attribute[];
    key?: Uint8Array | undefined;
    fingerprint?: boolean;
  },
): Uint8Array {
  const body = list.reduce((sum, [, value]) => sum + 4 + value.length + padding(value.length), 0);
  const signed = headBytes + body;
  const total = signed + (key ? integrityBytes : 0) + (fingerprint ? fingerprintBytes : 0);
  const bytes = new Uint8Array(total);
  const view = viewOf(bytes);
  const index = classes.indexOf(kind);
  const [low, high] = [(index & 1) << 4, (index & 2) << 7];
  view.setUint16(0, (method & 0xf) | low | ((method & 0x70) << 1) | high | ((method & 0xf80) << 2));
  setLength(bytes, total);
  bytes.set(mask, cookieAt);
  let from = headBytes;
  const put = (type: number, value: Uint8Array) => {
    view.setUint16(from, type);
    view.setUint16(from + 2, value.length);
    bytes.set(value, from + 4);
    from += 4 + value.length + padding(value.length);
  };
  for (const [type, value] of list) put(type, value);
  if (key) put(attributes.messageIntegrity, integrityOf(bytes.subarray(0, signed), key));
  if (fingerprint) {
    const value = new Uint8Array(4);
    viewOf(value).setUint32(0, fingerprintOf(bytes.subarray(0, total - fingerprintBytes)));
    put(attributes.fingerprint, value);
  }
  return bytes;
}

/** The magic cookie and a random transaction id. */
export function newMask(): Uint8Array {
  const mask = new Uint8Array(headBytes - cookieAt);
  viewOf(mask).setUint32(0, cookie);
  crypto.getRandomValues(mask.subarray(transactionAt - cookieAt));
  return mask;
}

/** An attribute that holds an address. */
export function addressAttribute(
  type: number,
  { endpoint, mask }: { endpoint: Endpoint; mask: Uint8Array },
): Attribute {
  return [type, writeXorAddress(endpoint, mask)];
}

/** An attribute that holds a number of 32 bits. */
export function numberAttribute(type: number, number: number): Attribute {
  const value = new Uint8Array(4);
  viewOf(value).setUint32(0, number);
  return [type, value];
}

/** ERROR-CODE without a reason phrase, which nobody reads (RFC 8489, section 14.8). */
export function errorAttribute(code: number): Attribute {
  return [attributes.errorCode, Uint8Array.of(0, 0, Math.floor(code / 100), code % 100)];
}

/** A number of 32 bits; undefined: there is no attribute of this type, or it is malformed. */
export function readNumber({ found }: StunMessage, type: number): number | undefined {
  const value = found.get(type);
  return value?.length === 4 ? viewOf(value).getUint32(0) : undefined;
}

/** The text of an attribute; undefined: there is none. */
export function readText({ found }: StunMessage, type: number): string | undefined {
  const value = found.get(type);
  return value && Buffer.from(value.buffer, value.byteOffset, value.length).toString();
}

/** The peers that a message names; undefined: one is malformed. */
export function readPeers({ peers, mask }: StunMessage): readonly Endpoint[] | undefined {
  const read = peers.map((value) => readXorAddress(value, mask));
  return read.every((peer) => peer !== undefined) ? read : undefined;
}

/** Attributes are padded to 4 bytes. */
function padding(length: number): number {
  return (4 - length % 4) % 4;
}

function setLength(message: Uint8Array, total: number): void {
  message[lengthAt] = (total - headBytes) >>> 8;
  message[lengthAt + 1] = (total - headBytes) & 0xff;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function at(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
