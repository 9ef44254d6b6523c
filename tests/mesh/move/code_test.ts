import { assert, assertEquals, assertNotEquals } from "../../assert.ts";
import { codeKeys, hashOfClaim, newCode, readCode, shownCode } from "../../../mesh/move/code.ts";
import { openParcel, sealParcel } from "../../../mesh/move/parcel.ts";
import { makeOffer } from "../../../mesh/move/mod.ts";
import { parseClientMessage } from "../../../protocol/parse_client.ts";
import { createHash } from "node:crypto";

const secret = `${"A".repeat(42)}A`;
const everything = {
  peerId: "f".repeat(32),
  name: "é".repeat(32),
  hand: true,
  muted: false,
  ownerKey: "o".repeat(1024),
  invite: "i".repeat(1024),
  secret: `${secret}.12`,
};

Deno.test("a code is read however it is typed", () => {
  const code = newCode();
  for (const typed of [code, shownCode(code), ` ${shownCode(code).replaceAll("-", " ")}\n`]) {
    assertEquals(readCode(typed), code);
  }
  assertEquals(readCode("OIL0-oil0-0000-000z"), "0110011000000000".slice(0, 15) + "z");
  for (const typed of ["", code.slice(1), `${code}0`, `u${code.slice(1)}`, "#take="]) {
    assertEquals(readCode(typed), undefined, typed);
  }
});

Deno.test("the claim is what the server compares, and another room or code has another", async () => {
  const [one, other, elsewhere] = await Promise.all([
    codeKeys("0123456789abcdef", "tea"),
    codeKeys("0123456789abcdeg", "tea"),
    codeKeys("0123456789abcdef", "coffee"),
  ]);
  assertEquals(new Set([one.claim, other.claim, elsewhere.claim]).size, 3);
  const hash = createHash("sha256").update(one.claim).digest("base64url");
  assertEquals(await hashOfClaim(one.claim), hash);
});

Deno.test("only its code and room open a parcel, and nobody changes it", async () => {
  const { key } = await codeKeys("0123456789abcdef", "tea");
  const other = await codeKeys("0123456789abcdeg", "tea");
  const parcel = await sealParcel(everything, { key, room: "tea" });
  assertEquals(await openParcel(parcel, { key, room: "tea" }), everything);
  assertEquals(await openParcel(parcel, { key, room: "coffee" }), undefined);
  assertEquals(await openParcel(parcel, { key: other.key, room: "tea" }), undefined);
  const changed = (parcel.startsWith("A") ? "B" : "A") + parcel.slice(1);
  assertEquals(await openParcel(changed, { key, room: "tea" }), undefined);
  for (const malformed of ["", "AA", "*"]) {
    assertEquals(await openParcel(malformed, { key, room: "tea" }), undefined, malformed);
  }
});

Deno.test("the largest parcel fits into its message, and short ones have one length", async () => {
  const { claim, parcel, code } = await makeOffer(everything, "tea");
  const message = JSON.stringify({ type: "offer-move", claim, parcel });
  assert(parseClientMessage(message).ok, `${parcel.length} digits`);
  assertEquals(readCode(code), code);
  const { key } = await codeKeys(code, "tea");
  const [ann, bartholomew] = await Promise.all(
    ["Ann", "Bartholomew"].map((name) =>
      sealParcel({ peerId: "p", name, hand: false, muted: true }, { key, room: "tea" })
    ),
  );
  assertEquals(ann?.length, bartholomew?.length);
  assertNotEquals(ann, bartholomew);
});
