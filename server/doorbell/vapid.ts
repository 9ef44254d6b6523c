/**
 * Tells push services who sends (VAPID, RFC 8292). The key is derived from the key that signs the
 * server's tokens, so it lasts as long as that one, and all nodes of a cluster have the same.
 */
import { Buffer } from "node:buffer";
import { createECDH, hkdfSync } from "node:crypto";

/** The order of P-256 (FIPS 186-5). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** More than the key needs, so that all keys are as likely (FIPS 186-5, A.2.1). */
const seedBytes = 48;
const curve = "prime256v1";
/** RFC 8292 allows 24 h. */
const lifetimeS = 12 * 60 * 60;

/** A key pair on P-256; `publicKey` is the uncompressed point, as browsers subscribe with it. */
export class VapidKey {
  readonly publicKey: string;
  readonly #key: Promise<CryptoKey>;

  /** `signingKey`: 32 random bytes. */
  constructor(signingKey: Uint8Array) {
    const seed = Buffer.from(hkdfSync("sha256", signingKey, "", "parley doorbell", seedBytes));
    const scalar = BigInt(`0x${seed.toString("hex")}`) % (order - 1n) + 1n;
    const secret = Buffer.from(scalar.toString(16).padStart(64, "0"), "hex");
    const pair = createECDH(curve);
    pair.setPrivateKey(secret);
    const point = pair.getPublicKey();
    this.publicKey = point.toString("base64url");
    const jwk = {
      ...{ kty: "EC", crv: "P-256", d: secret.toString("base64url") },
      x: point.subarray(1, 33).toString("base64url"),
      y: point.subarray(33).toString("base64url"),
    };
    this.#key = crypto.subtle.importKey("jwk", jwk, algorithm, false, ["sign"]);
  }

  /**
   * The Authorization header for the push service of an endpoint. `contact`: a mailto: or https:
   * address of the operator; `at`: ms since the epoch.
   */
  async header(
    endpoint: string,
    { contact, at }: { readonly contact: string | undefined; readonly at: number },
  ): Promise<string> {
    const claims = {
      aud: new URL(endpoint).origin,
      exp: Math.floor(at / 1000) + lifetimeS,
      ...contact !== undefined && { sub: contact },
    };
    const signed = [{ typ: "JWT", alg: "ES256" }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = await crypto.subtle.sign(algorithm, await this.#key, Buffer.from(signed));
    return `vapid t=${signed}.${Buffer.from(signature).toString("base64url")}, k=${this.publicKey}`;
  }
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
