// Who a push service is told that a message is from (RFC 8292).

import { Buffer } from "node:buffer";
import { assert, assertEquals } from "../../assert.ts";
import { VapidKey } from "../../../server/doorbell/vapid.ts";
import { readVapid } from "./read_vapid.ts";

const signingKey = (byte: number) => new Uint8Array(32).fill(byte);
const endpoint = "https://push.example.org/send/abc?x=1";
const at = Date.parse("2026-03-29T00:30:00Z");

Deno.test("a header names the push service, the operator and a time of at most a day", async () => {
  const key = new VapidKey(signingKey(1));
  const header = await key.header(endpoint, { contact: "mailto:ann@example.org", at });
  const { claims, publicKey } = await readVapid(header);
  assertEquals(publicKey, key.publicKey);
  assertEquals(claims, {
    aud: "https://push.example.org",
    exp: at / 1000 + 12 * 60 * 60,
    sub: "mailto:ann@example.org",
  });
});

Deno.test("without a contact no address is made up", async () => {
  const header = await new VapidKey(signingKey(1)).header(endpoint, { contact: undefined, at });
  assert(!("sub" in (await readVapid(header)).claims));
});

Deno.test("the same signing key has the same public key, as all nodes of a cluster do", () => {
  const publicKeys = [1, 1, 2].map((byte) => new VapidKey(signingKey(byte)).publicKey);
  assertEquals(publicKeys[0], publicKeys[1]);
  assert(publicKeys[0] !== publicKeys[2]);
  const point = Buffer.from(publicKeys[0] ?? "", "base64url");
  assertEquals([point.length, point[0]], [65, 4], "as browsers want it");
});
