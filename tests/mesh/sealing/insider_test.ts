// What somebody with the link could forge with the help of the server, who passes it on.

import { makeHello } from "../../../mesh/sealing/hello.ts";
import { PairMemory } from "../../../mesh/sealing/pair_memory.ts";
import { RoomKeys } from "../../../mesh/sealing/room_keys.ts";
import { assert, assertEquals } from "../../assert.ts";
import { secret } from "./sealed_town.ts";

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
