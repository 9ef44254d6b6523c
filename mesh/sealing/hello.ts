/**
 * The hello of a member: the keys of its page, and the certificate that its connections use. It is
 * sealed with the room's secret, so that only somebody with the link can make one, and bound to the
 * room, the secret's epoch and the member's id.
 */
import {
  type Bytes,
  bytesOf,
  fromBase64url,
  packed,
  textIn,
  toBase64url,
  unpacked,
} from "./bytes.ts";
import { type RoomKeys, version } from "./room_keys.ts";

/** What a member vouches for. */
export interface Hello {
  readonly id: string;
  /** A public key of ECDH on P-256, uncompressed (SEC 1). */
  readonly publicKey: Bytes;
  /** 16 random bytes, other ones for each page. */
  readonly nonce: Bytes;
  /** As in SDP: "sha-256 AA:BB:…" (RFC 8122); empty: the member makes no connections. */
  readonly fingerprint: string;
}

/** The own hello with its private key, which lives as long as the page. */
export interface OwnHello extends Hello {
  readonly privateKey: CryptoKey;
}

const curve = { name: "ECDH", namedCurve: "P-256" } as const;

/** See SealedJoin. */
export function newPeerId(randomId: () => string): string {
  return randomId().replaceAll("-", "");
}

/** A hello with new keys. */
export async function makeHello(
  { id, fingerprint }: Pick<Hello, "id" | "fingerprint">,
): Promise<OwnHello> {
  const { publicKey, privateKey } = await crypto.subtle.generateKey(curve, false, ["deriveBits"]);
  return {
    id,
    fingerprint,
    privateKey,
    publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)),
    nonce: crypto.getRandomValues(new Uint8Array(16)),
  };
}

/** The secret that both ends of a pair can compute; undefined: the other key is no valid one. */
export async function sharedSecret(own: OwnHello, other: Hello): Promise<Bytes | undefined> {
  try {
    const theirs = await crypto.subtle.importKey("raw", other.publicKey, curve, false, []);
    const parameters = { name: "ECDH", public: theirs };
    return new Uint8Array(await crypto.subtle.deriveBits(parameters, own.privateKey, 256));
  } catch {
    return undefined;
  }
}

/** The parts of a hello that a pair of members agrees on. */
export function transcriptOf({ id, publicKey, nonce, fingerprint }: Hello): Bytes {
  return packed(id, publicKey, nonce, fingerprint);
}

/** Seals a hello; base64url. */
export async function sealHello(keys: RoomKeys, hello: Hello): Promise<string> {
  const { id, publicKey, nonce, fingerprint } = hello;
  const key = await keys.helloKey();
  const plain = packed(publicKey, nonce, bytesOf(fingerprint));
  return toBase64url(await key.seal(plain, aboutHello(keys, id)));
}

/** Opens the hello of the member that the server calls `id`; undefined: it is not that of `id`. */
export async function openHello(
  keys: RoomKeys,
  { id, hello }: { readonly id: string; readonly hello: string },
): Promise<Hello | undefined> {
  const key = await keys.helloKey();
  const sealed = fromBase64url(hello);
  const plain = sealed && await key.open(sealed, aboutHello(keys, id));
  const [publicKey, nonce, fingerprint] = plain && unpacked(plain, 3) || [];
  if (publicKey === undefined || nonce?.length !== 16 || fingerprint === undefined) {
    return undefined;
  }
  return { id, publicKey, nonce, fingerprint: textIn(fingerprint) };
}

function aboutHello({ room, epoch }: RoomKeys, id: string): Bytes {
  return packed("hello", version, room, epoch, id);
}
