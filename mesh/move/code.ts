/**
 * The code that a person carries from one device to another: 16 digits of Crockford's base 32, 80
 * random bits. The claim and the key of the parcel are both made of it, slowly, so that nobody who
 * has only the parcel finds the code by trying. The server is sent the claim, never the code.
 */
import { type Bytes, bytesOf, packed, sha256, toBase64url } from "../sealing/bytes.ts";

/** The version of the construction. */
export const version = "parley-move/1";

const digits = "0123456789abcdefghjkmnpqrstvwxyz";
const count = 16;
const group = 4;
/** As OWASP advises for PBKDF2 with SHA-512. */
const iterations = 210_000;
const keyBytes = 32;

/** What is made of a code in one room. */
export interface CodeKeys {
  /** What shows the server that the code is known, base64url. */
  readonly claim: string;
  /** Seals the parcel. */
  readonly key: CryptoKey;
}

/** A new code, without dashes. */
export function newCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(count));
  return [...random].map((byte) => digits[byte % digits.length]).join("");
}

/** A code in groups, as people read it. */
export function shownCode(code: string): string {
  return code.toUpperCase().match(RegExp(`.{1,${group}}`, "g"))?.join("-") ?? "";
}

/** The code in what a person has typed; undefined: it is none. */
export function readCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/[\s‐-―-]/g, "")
    .replaceAll("o", "0").replace(/[il]/g, "1");
  return code.length === count && [...code].every((digit) => digits.includes(digit))
    ? code
    : undefined;
}

/** Makes claim and key of a code. */
export async function codeKeys(code: string, room: string): Promise<CodeKeys> {
  const { subtle } = crypto;
  const base = await subtle.importKey("raw", bytesOf(code), "PBKDF2", false, ["deriveBits"]);
  const how = { name: "PBKDF2", hash: "SHA-512", salt: packed(version, room), iterations };
  const made: Bytes = new Uint8Array(await subtle.deriveBits(how, base, 2 * keyBytes * 8));
  const key = await subtle.importKey("raw", made.slice(keyBytes), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  return { claim: toBase64url(made.slice(0, keyBytes)), key };
}

/** What the server compares a claim with. */
export async function hashOfClaim(claim: string): Promise<string> {
  return toBase64url(await sha256(bytesOf(claim)));
}
