/**
 * The identity of this browser: a signing key that never leaves it, so that others know that they
 * speak with the same browser as last week. It says nothing about a name.
 */
import { type Bytes, fromBase64url, packed, sha256, toBase64url, toHex } from "./bytes.ts";
import { type Hello, transcriptOf } from "./hello.ts";
import { version } from "./room_keys.ts";
import type { TrustMessage } from "./trust_message.ts";

const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const hash = { name: "ECDSA", hash: "SHA-256" } as const;

/** Gives the key of this browser; undefined: it cannot keep one. */
export type KeepIdentity = () => Promise<CryptoKeyPair | undefined>;

/** SHA-256 of a public key (raw, SEC 1), as hexadecimal digits. */
async function nameOf(key: Bytes): Promise<string> {
  return toHex(await sha256(key));
}

async function rawKey({ publicKey }: CryptoKeyPair): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.exportKey("raw", publicKey));
}

/** The name of the own identity. */
export async function identityOf(pair: CryptoKeyPair): Promise<string> {
  return await nameOf(await rawKey(pair));
}

/** Proves that the own hello in a room is that of this browser. */
export async function proveIdentity(
  pair: CryptoKeyPair,
  signed: { readonly room: string; readonly hello: Hello },
): Promise<TrustMessage> {
  const signature = await crypto.subtle.sign(hash, pair.privateKey, statement(signed));
  return {
    kind: "identity",
    key: toBase64url(await rawKey(pair)),
    signature: toBase64url(new Uint8Array(signature)),
  };
}

/** The name of the identity that a member has proved; undefined: the proof is wrong. */
export async function provenIdentity(
  { key, signature }: Extract<TrustMessage, { kind: "identity" }>,
  signed: { readonly room: string; readonly hello: Hello },
): Promise<string | undefined> {
  const raw = fromBase64url(key);
  const bytes = fromBase64url(signature);
  if (raw === undefined || bytes === undefined) return undefined;
  try {
    const publicKey = await crypto.subtle.importKey("raw", raw, curve, false, ["verify"]);
    const isTrue = await crypto.subtle.verify(hash, publicKey, bytes, statement(signed));
    return isTrue ? await nameOf(raw) : undefined;
  } catch {
    return undefined;
  }
}

function statement({ room, hello }: { readonly room: string; readonly hello: Hello }): Bytes {
  return packed("identity", version, room, transcriptOf(hello));
}

/** New keys, whose private half cannot be read out. */
export async function newIdentity(): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
}

const database = "parley";
const store = "keys";
const entry = "identity";

/** The identity in this browser's IndexedDB; made when it is first needed. */
export async function browserIdentity(): Promise<CryptoKeyPair | undefined> {
  try {
    const db = await opened();
    try {
      const known = await asked(db.transaction(store).objectStore(store).get(entry));
      if (isPair(known)) return known;
      const made = await newIdentity();
      // Another tab may have been faster; then that one's counts from the next visit on.
      await asked(db.transaction(store, "readwrite").objectStore(store).put(made, entry));
      return made;
    } finally {
      db.close();
    }
  } catch {
    // Private windows of some browsers store no keys.
    return undefined;
  }
}

function isPair(value: unknown): value is CryptoKeyPair {
  return typeof value === "object" && value !== null && "privateKey" in value &&
    "publicKey" in value;
}

function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  return asked(request);
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
