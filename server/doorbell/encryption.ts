/**
 * Encrypts a notice for one browser (RFC 8291, with `aes128gcm` of RFC 8188), so that the push
 * service cannot read it. Keys of clients go through Web Crypto only: `computeSecret` of
 * node:crypto ends the process if a key is not a point of the curve (seen in Deno 2.7.11).
 */
import { Buffer } from "node:buffer";
import { createCipheriv, hkdfSync } from "node:crypto";

/** The keys of a push subscription, base64url. */
export interface BrowserKeys {
  readonly p256dh: string;
  readonly auth: string;
}

/** What is random for each message; tests give it. */
export interface Chance {
  /** The sender's keys for this one message. */
  readonly pair: CryptoKeyPair;
  /** 16 bytes. */
  readonly salt: Uint8Array;
}

const curve = { name: "ECDH", namedCurve: "P-256" };
const pointBytes = 65;
const authBytes = 16;
/** What every push service takes (RFC 8030, section 7.2); the whole message is one record. */
const bodyMost = 4096;
/** Salt, record size, length of the key, key, delimiter, tag. */
const overhead = 16 + 4 + 1 + pointBytes + 1 + 16;

/** Whether keys are those of a subscription. */
export async function areKeys({ p256dh, auth }: BrowserKeys): Promise<boolean> {
  if (Buffer.from(auth, "base64url").length !== authBytes) return false;
  if (Buffer.from(p256dh, "base64url").length !== pointBytes) return false;
  const { privateKey } = await newPair();
  return await agree(privateKey, p256dh).then(() => true, () => false);
}

/**
 * The body of a push message. Rejects if the keys are not those of a subscription, or the text is
 * too long.
 */
export async function encrypt(
  text: string,
  { p256dh, auth }: BrowserKeys,
  chance?: Chance,
): Promise<Uint8Array> {
  const plain = Buffer.from(text);
  if (plain.length > bodyMost - overhead) throw new Error(`a notice of ${plain.length} bytes`);
  const { publicKey, privateKey } = chance?.pair ?? await newPair();
  const own = Buffer.from(await crypto.subtle.exportKey("raw", publicKey));
  const salt = chance?.salt ?? crypto.getRandomValues(new Uint8Array(16));
  const shared = hkdf(await agree(privateKey, p256dh), {
    salt: Buffer.from(auth, "base64url"),
    info: Buffer.concat([Buffer.from("WebPush: info\0"), Buffer.from(p256dh, "base64url"), own]),
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

async function newPair(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(curve, false, ["deriveBits"]) as CryptoKeyPair;
}

/** The secret that two keys share (ECDH). Rejects if the public one is not a point of the curve. */
async function agree(privateKey: CryptoKey, p256dh: string): Promise<Buffer> {
  const point = new Uint8Array(Buffer.from(p256dh, "base64url"));
  const publicKey = await crypto.subtle.importKey("raw", point, curve, false, []);
  const name = "ECDH";
  return Buffer.from(await crypto.subtle.deriveBits({ name, public: publicKey }, privateKey, 256));
}

function hkdf(
  secret: Uint8Array,
  { salt, info, length }: { salt: Uint8Array; info: Uint8Array; length: number },
): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, salt, info, length));
}
