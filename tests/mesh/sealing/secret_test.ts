import { assert, assertEquals } from "../../assert.ts";
import { newSecret } from "../../../mesh/sealing/new_secret.ts";
import { isSecret, sealsHere } from "../../../mesh/sealing/secret.ts";

Deno.test("a new secret is 32 random bytes as base64url", () => {
  const secrets = new Set(Array.from({ length: 200 }, newSecret));
  assertEquals(secrets.size, 200);
  for (const secret of secrets) {
    assert(isSecret(secret), secret);
    assertEquals(Uint8Array.fromBase64(secret, { alphabet: "base64url" }).length, 32);
  }
});

Deno.test("a secret is whole, and may say how often it was changed", () => {
  const secret = newSecret();
  const good = [secret, `${secret}.1`, `${secret}.999999`];
  const bad = ["", secret.slice(1), `${secret}A`, `${secret}.`, `${secret}.0`, `${secret}.01`]
    .concat(`${secret}.1000000`, `${secret} `, secret.slice(0, -1) + "B", secret.slice(1) + "+");
  for (const text of good) assert(isSecret(text), text);
  for (const text of [...bad, undefined, null, 7, [secret]]) assert(!isSecret(text), `${text}`);
});

Deno.test("a page with Web Crypto can seal", () => assert(sealsHere()));
