/**
 * Encrypts a notice for one browser (RFC 8291, with `aes128gcm` of RFC 8188), so that the push
 * service cannot read it.
 */
import { Buffer } from "node:buffer";
import { createCipheriv, createECDH, hkdfSync } from "node:crypto";

/** The keys of a push subscription, base64url. */
export interface BrowserKeys {
  readonly p256dh: string;
  readonly auth: string;
}

/** What is random for each message; tests give it. */
export interface Chance {
  /** The sender's private key for this one message. */
  readonly secret: Uint8Array;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

const curve = "prime256v1";
const pointBytes = 65;
const authBytes = 16;
/** What every push service takes (RFC 8030, section 7.2); the whole message is one record. */
const bodyMost = 4096;
/** Salt, record size, length of the key, key, delimiter, tag. */
const overhead = 16 + 4 + 1 + pointBytes + 1 + 16;

/** Whether keys have the form of a subscription's. */
export function areKeys({ p256dh, auth }: BrowserKeys): boolean {
  const point = Buffer.from(p256dh, "base64url");
  if (point.length !== pointBytes || point[0] !== 4) return false;
  if (Buffer.from(auth, "base64url").length !== authBytes) return false;
  try {
    const pair = createECDH(curve);
    pair.generateKeys();
    pair.computeSecret(point);
    return true;
  } catch {
    // Not a point of the curve.
    return false;
  }
}

/** The body of a push message. Throws if the keys are malformed or the text is too long. */
export function encrypt(text: string, { p256dh, auth }: BrowserKeys, chance?: Chance): Uint8Array {
  const plain = Buffer.from(text);
  if (plain.length > bodyMost - overhead) throw new Error(`a notice of ${plain.length} bytes`);
  const browser = Buffer.from(p256dh, "base64url");
  const pair = createECDH(curve);
  if (chance === undefined) pair.generateKeys();
  else pair.setPrivateKey(chance.secret);
  const own = pair.getPublicKey();
  const salt = chance?.salt ?? crypto.getRandomValues(new Uint8Array(16));

  const shared = hkdf(pair.computeSecret(browser), {
    salt: Buffer.from(auth, "base64url"),
    info: Buffer.concat([Buffer.from("WebPush: info\0"), browser, own]),
    length: 32,
  });
  const derive = (name: string, length: number) =>
    hkdf(shared, { salt, info: Buffer.from(`Content-Encoding: ${name}\0`), length });
  const cipher = createCipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
  // A delimiter of 2 ends the last record.
  const sealed = [cipher.update(Buffer.concat([plain, Buffer.of(2)])), cipher.final()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(bodyMost);
  return Buffer.concat([salt, size, Buffer.of(own.length), own, ...sealed, cipher.getAuthTag()]);
}

function hkdf(
  secret: Uint8Array,
  { salt, info, length }: { salt: Uint8Array; info: Uint8Array; length: number },
): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, length));
}
