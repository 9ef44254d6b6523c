/**
 * The keys that everybody with the link of a room has, all derived from its secret with HKDF
 * (RFC 5869). docs/trust.md lists what each is for.
 */
import {
  type Bytes,
  bytesOf,
  fromBase64url,
  joined,
  packed,
  type Part,
  toBase64url,
} from "./bytes.ts";
import { isSecret } from "./secret.ts";

/** The version of the construction; another one has nothing in common with it. */
export const version = "parley-e2e/1";

const ivBytes = 12;

/** What identifies a derived key besides its name. */
type Context = readonly Part[];

/** The keys of one room and one secret. */
export class RoomKeys {
  /** The secret as it is in the link. */
  readonly secret: string;
  readonly room: string;
  /** How often the link of the room was changed. */
  readonly epoch: number;
  readonly #base: CryptoKey;

  private constructor(secret: string, { room, epoch, base }: {
    room: string;
    epoch: number;
    base: CryptoKey;
  }) {
    this.secret = secret;
    this.room = room;
    this.epoch = epoch;
    this.#base = base;
  }

  /** Undefined: `secret` is not one, see new_secret.ts. */
  static async of(secret: string, room: string): Promise<RoomKeys | undefined> {
    if (!isSecret(secret)) return undefined;
    const [digits = "", changes = "0"] = secret.split(".");
    const bytes = fromBase64url(digits);
    if (bytes === undefined) return undefined;
    const base = await hkdfKey(bytes);
    return new RoomKeys(secret, { room, epoch: Number(changes), base });
  }

  /** The secret that replaces this one. */
  next(): string {
    // Not by new_secret.ts: sharing it with the home page would cost the room 200 bytes.
    const digits = toBase64url(crypto.getRandomValues(new Uint8Array(32)));
    return `${digits}.${this.epoch + 1}`;
  }

  /** Tells the server which link a newcomer has, and nothing about its secret. */
  async door(): Promise<string> {
    return toBase64url(await this.#bits("door", []));
  }

  /** The key of all hellos. */
  helloKey(): Promise<SealingKey> {
    return this.#key("hello", []);
  }

  /** The salt of the keys of a pair. */
  pairSalt(): Promise<Bytes> {
    return this.#bits("pair", []);
  }

  /** The key of one member's cards and notes, or of its lines. */
  memberKey(
    use: "card" | "chat",
    { id, nonce }: { readonly id: string; readonly nonce: Bytes },
  ): Promise<SealingKey> {
    return this.#key(use, [id, nonce]);
  }

  async #key(name: string, context: Context): Promise<SealingKey> {
    return await SealingKey.of(await this.#bits(name, context));
  }

  #bits(name: string, context: Context): Promise<Bytes> {
    const { room, epoch } = this;
    return derived(this.#base, {
      salt: bytesOf(version),
      info: packed(name, room, epoch, ...context),
    });
  }
}

/** A key that seals texts for everybody who has it. */
export class SealingKey {
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  /** Of 32 bytes. */
  static async of(bytes: Bytes): Promise<SealingKey> {
    const uses = ["encrypt", "decrypt"] as const;
    return new SealingKey(await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, [...uses]));
  }

  /** AES-256-GCM (SP 800-38D) with a random IV, which comes first. `about`: authenticated too. */
  async seal(plain: Bytes, about: Bytes): Promise<Bytes> {
    const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
    return joined(iv, await this.encrypt(plain, { iv, about }));
  }

  /** What `seal` has sealed; undefined: with another key or another `about`, or it was altered. */
  async open(sealed: Bytes, about: Bytes): Promise<Bytes | undefined> {
    const iv = sealed.slice(0, ivBytes);
    return await this.decrypt(sealed.slice(ivBytes), { iv, about });
  }

  /** With an IV of the caller, which must never seal twice. */
  async encrypt(plain: Bytes, { iv, about }: { iv: Bytes; about: Bytes }): Promise<Bytes> {
    const parameters = { name: "AES-GCM", iv, additionalData: about };
    return new Uint8Array(await crypto.subtle.encrypt(parameters, this.#key, plain));
  }

  /** The opposite of `encrypt`; undefined as for `open`. */
  async decrypt(
    sealed: Bytes,
    { iv, about }: { iv: Bytes; about: Bytes },
  ): Promise<Bytes | undefined> {
    const parameters = { name: "AES-GCM", iv, additionalData: about };
    try {
      return new Uint8Array(await crypto.subtle.decrypt(parameters, this.#key, sealed));
    } catch {
      return undefined;
    }
  }
}

/** A base key for `derived`. */
export function hkdfKey(bytes: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits"]);
}

/** 32 bytes by HKDF-SHA-256. */
export async function derived(
  base: CryptoKey,
  { salt, info }: { readonly salt: Bytes; readonly info: Bytes },
): Promise<Bytes> {
  const parameters = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, base, 256));
}
