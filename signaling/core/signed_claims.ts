/**
 * Stateless tokens: base64url(JSON claims) "." base64url(HMAC-SHA-256 of purpose and first part),
 * see RFC 2104 and RFC 4648. They use node:crypto, because Web Crypto is asynchronous and the core
 * is not.
 */
import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { checked, readJson } from "../../protocol/parse.ts";
import type { Check } from "../../protocol/schema.ts";

/** The claim of every token: when it expires, ms since the epoch. */
interface Expiring {
  readonly expires: number;
}

/**
 * Mints and reads tokens of one kind. The key can sign any token, so it never leaves the server.
 */
export class SignedClaims<Claims extends Expiring> {
  readonly #keys: readonly [Uint8Array, ...Uint8Array[]];
  readonly #purpose: string;
  readonly #check: Check<Claims>;

  /**
   * `keys`: 32 random bytes each; the first one signs, and tokens of all are read. `purpose`
   * prevents that a token of one kind is valid as another kind.
   */
  constructor(
    keys: readonly [Uint8Array, ...Uint8Array[]],
    { purpose, check }: { readonly purpose: string; readonly check: Check<Claims> },
  ) {
    this.#keys = keys;
    this.#purpose = purpose;
    this.#check = check;
  }

  /** A signed token with these claims. */
  mint(claims: Claims): string {
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const [key] = this.#keys;
    return `${payload}.${this.#sign(payload, key).toString("base64url")}`;
  }

  /**
   * The claims of a token; undefined if it is foreign, damaged, or expired at `at` (ms since the
   * epoch).
   */
  read(token: string, at: number): Claims | undefined {
    const [payload, signature, ...rest] = token.split(".");
    if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
    const given = Buffer.from(signature, "base64url");
    const isOwn = this.#keys.some((key) => {
      const wanted = this.#sign(payload, key);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    });
    if (!isOwn) return undefined;
    const claims = checked(this.#check, readJson(Buffer.from(payload, "base64url").toString()));
    return claims.ok && claims.message.expires > at ? claims.message : undefined;
  }

  #sign(payload: string, key: Uint8Array): Buffer {
    return createHmac("sha256", key).update(this.#purpose + payload).digest();
  }
}
