// Reads and verifies a VAPID header, as a push service does.

import { Buffer } from "node:buffer";
import { assert } from "../../assert.ts";

export async function readVapid(
  header: string,
): Promise<{ claims: Record<string, unknown>; publicKey: string }> {
  const [, token = "", publicKey = ""] = /^vapid t=([^,]+), k=([\w-]+)$/.exec(header) ?? [];
  const [head = "", body = "", signature = ""] = token.split(".");
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const point = new Uint8Array(Buffer.from(publicKey, "base64url"));
  const key = await crypto.subtle.importKey("raw", point, algorithm, false, ["verify"]);
  const isTrue = await crypto.subtle.verify(
    algorithm,
    key,
    new Uint8Array(Buffer.from(signature, "base64url")),
    new TextEncoder().encode(`${head}.${body}`),
  );
  assert(isTrue, "the signature is not of this key");
  return { claims: JSON.parse(Buffer.from(body, "base64url").toString()), publicKey };
}
