// What somebody with the link could forge with the help of the server, who passes it on.

import { makeHello } from "../../../mesh/sealing/hello.ts";
import { PairMemory } from "../../../mesh/sealing/pair_memory.ts";
import {
  type Bytes,
  bytesOf,
  fromBase64url,
  joined,
  packed,
  sha256,
  toBase64url,
} from "../../../mesh/sealing/bytes.ts";
import { RoomKeys, version } from "../../../mesh/sealing/room_keys.ts";
import { assert, assertEquals } from "../../assert.ts";
import { SealedTown, secret } from "./sealed_town.ts";

/** Ann has a line of Bob, and gets another one that Bob has not written. */
async function forge(
  sealed: SealedTown,
  { line, ref = "f".repeat(32), facts }: { line: string; ref?: string; facts: unknown },
): Promise<void> {
  const [keys, bytes] = [await RoomKeys.of(secret, "town"), fromBase64url(line)];
  assert(keys && bytes);
  const [id, nonce]: [string, Bytes] = [sealed.idOf("bob"), bytes.slice(8, 24)];
  const hash = toBase64url(await sha256(bytesOf(line)));
  const inner = packed("open", packed("bob", "forged", JSON.stringify(facts)));
  const key = await keys.memberKey("chat", { id, nonce });
  const about = packed("line", version, "town", keys.epoch, id, ref);
  const body = await key.seal(packed(2, hash, inner), about);
  const text = toBase64url(joined(bytesOf(keys.epoch), nonce, body));
  const forged = { id: 1_000, ref, from: id, name: "", text, at: 0 };
  sealed.liar.line(0)?.tell({ type: "chat", line: forged });
  await sealed.run(1);
}

/** Bob's first line to Ann, as it is sealed, and its ref. */
async function called(to?: string): Promise<{ sealed: SealedTown; line: string; ref: string }> {
  const sealed = new SealedTown(["ann", "bob", "cid"]);
  for (const name of ["ann", "bob", "cid"]) await sealed.join(name);
  await sealed.run(4);
  let line = "";
  sealed.liar.onUp((message) => {
    if (message.type === "sealed-line") line = message.text;
    return undefined;
  });
  const address = to === undefined ? {} : { to: sealed.idOf(to) };
  const ref = sealed.person("bob").session.chat.send("real", address);
  await sealed.run(1);
  assertEquals(sealed.person("ann").lines.map(({ text }) => text), ["real"]);
  return { sealed, line, ref: ref ?? "" };
}

function readByAnn(sealed: SealedTown): unknown[] {
  return sealed.person("ann").lines.map(({ text, to }) => [text, to !== undefined]);
}

Deno.test("somebody with the link forges no private line, and no change of one", async () => {
  const { sealed, line, ref } = await called("ann");
  await forge(sealed, { line, facts: { to: sealed.idOf("ann") } });
  await forge(sealed, { line, ref: "e".repeat(32), facts: { changes: ref } });
  assertEquals(readByAnn(sealed), [["real", true]]);
  await sealed.close();
});

Deno.test("a removed member writes nothing in another's name once the former keys have ended", async () => {
  const { sealed, line } = await called();
  const { session } = sealed.person("ann");
  session.send({ type: "remove", peerId: sealed.idOf("cid"), ban: false });
  await sealed.run(40);
  assert(session.trust.secret !== secret);
  await forge(sealed, { line, facts: {} });
  assertEquals(readByAnn(sealed), [["real", false]]);
  await sealed.close();
});

Deno.test("a copy of another member's keys is proven by nothing that this member has sealed", async () => {
  const keys = await RoomKeys.of(secret, "town");
  assert(keys);
  const [ann, bob] = await Promise.all(
    ["ann", "bob"].map((id) => makeHello({ id, fingerprint: `sha-256 ${id}` })),
  );
  assert(ann && bob);
  const [at, from] = [new PairMemory(), new PairMemory()];
  await at.between(keys, ann, bob);
  const bobs = await from.between(keys, bob, ann);
  const body = await bobs?.seal(new Uint8Array());
  for (const copy of [{ ...bob, id: "eve" }, { ...bob, fingerprint: "sha-256 eve" }]) {
    const pair = await at.between(keys, ann, copy);
    assertEquals(await pair?.open(body ?? ""), { kind: "foreign" });
    assertEquals(pair?.isProven, false);
  }
});
