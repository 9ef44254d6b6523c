/**
 * Stateless resume tokens: base64url(JSON claims) "." base64url(HMAC-SHA-256 of the first part).
 * node:crypto and not Web Crypto, because the core is synchronous.
 */
import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { limits } from "../protocol/mod.ts";
import * as is from "../protocol/schema.ts";
import { checked, readJson } from "../protocol/parse.ts";
import type { ResumeClaims, ResumeTokens } from "./core_types.ts";

const count = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });
const claimsSchema: is.Check<ResumeClaims> = is.object({
  peerId: is.text({ least: 1, most: limits.peerId }),
  room: is.text({ least: 1, most: 4 * limits.roomName }),
  generation: count,
  epoch: count,
  since: count,
  expires: count,
});

/** Tokens signed with `key` (32 random bytes). Whoever has the key can be any peer, so it never leaves the server. */
export class SignedResumeTokens implements ResumeTokens {
  readonly #key: Uint8Array;

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  mint(claims: ResumeClaims): string {
    const payload = Buffer.from(JSON.stringify(claims)).toString("base64url");
    return `${payload}.${this.#sign(payload).toString("base64url")}`;
  }

  read(token: string, at: number): ResumeClaims | undefined {
    const [payload, signature, ...rest] = token.split(".");
    if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
    const given = Buffer.from(signature, "base64url");
    const wanted = this.#sign(payload);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    const claims = checked(claimsSchema, readJson(Buffer.from(payload, "base64url").toString()));
    return claims.ok && claims.message.expires > at ? claims.message : undefined;
  }

  #sign(payload: string): Buffer {
    return createHmac("sha256", this.#key).update(payload).digest();
  }
}
