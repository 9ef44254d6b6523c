// Messages that only the browser can read, by the example of RFC 8291, appendix A.

import { Buffer } from "node:buffer";
import { assert, assertEquals, assertRejects, assertThrows } from "../../assert.ts";
import { areKeys, encrypt } from "../../../server/doorbell/encryption.ts";
import { Browser } from "./browser.ts";

const bytes = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));

const example = {
  text: "When I grow up, I want to be a watermelon",
  keys: {
    p256dh:
      "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth: "BTBZMqHH6r4Tts7J_aSIgg",
  },
  secret: "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
  sender: {
    d: "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
    point:
      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
  },
  salt: bytes("DGv6ra1nlYgDCS1FRnbzlw"),
  body: "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml" +
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT" +
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
};

/** The sender's keys of the example. */
async function sender(): Promise<CryptoKeyPair> {
  const point = Buffer.from(example.sender.point, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) =>
    half.toString("base64url")
  );
  const jwk = { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" };
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const { d } = example.sender;
  return {
    publicKey: await crypto.subtle.importKey("jwk", jwk, curve, true, []),
    privateKey: await crypto.subtle.importKey("jwk", { ...jwk, d }, curve, false, ["deriveBits"]),
  };
}

Deno.test("the example of RFC 8291 is encrypted byte by byte", async () => {
  const chance = { pair: await sender(), salt: example.salt };
  const body = await encrypt(example.text, example.keys, chance);
  assertEquals(Buffer.from(body).toString("base64url"), example.body);
});

Deno.test("the browser of the tests reads that example", () => {
  const browser = new Browser({ secret: bytes(example.secret), auth: bytes(example.keys.auth) });
  assertEquals(browser.keys, example.keys);
  assertEquals(browser.read(bytes(example.body)), example.text);
});

Deno.test("each message has a key and a salt of its own, and one browser can read it", async () => {
  const [browser, other] = [new Browser(), new Browser()];
  const messages = await Promise.all(["one", "one"].map((text) => encrypt(text, browser.keys)));
  assertEquals(messages.map((message) => browser.read(message)), ["one", "one"]);
  const [first, second] = messages.map((message) => Buffer.from(message).toString("hex"));
  assert(first?.slice(0, 32) !== second?.slice(0, 32), "the salt");
  assert(first?.slice(42, 172) !== second?.slice(42, 172), "the key");
  assertThrows(() => other.read(messages[0] ?? new Uint8Array()));
});

Deno.test("a message is one record, as push services take it", async () => {
  const { keys } = new Browser();
  assertEquals((await encrypt("a".repeat(3_993), keys)).length, 4096);
  const error = await assertRejects(() => encrypt("a".repeat(3_994), keys), Error);
  assertEquals(error.message, "a notice of 3994 bytes");
});

Deno.test("keys that no browser has are recognized, and end nothing", async () => {
  const { keys } = new Browser();
  assert(await areKeys(keys));
  const offCurve = Buffer.from(keys.p256dh, "base64url");
  offCurve[64] = (offCurve[64] ?? 0) ^ 1;
  for (
    const wrong of [
      { ...keys, auth: "" },
      { ...keys, auth: `${keys.auth}AAAA` },
      { ...keys, p256dh: keys.p256dh.slice(4) },
      { ...keys, p256dh: offCurve.toString("base64url") },
      { ...keys, p256dh: Buffer.alloc(65).toString("base64url") },
    ]
  ) {
    assert(!await areKeys(wrong), JSON.stringify(wrong));
  }
  const p256dh = offCurve.toString("base64url");
  await assertRejects(() => encrypt("text", { ...keys, p256dh }), Error);
});
