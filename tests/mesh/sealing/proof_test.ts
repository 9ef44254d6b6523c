// What a lying member could show: somebody else's identity, or a secret that was replaced.

import type { PeerId } from "../../../protocol/mod.ts";
import { makeHello } from "../../../mesh/sealing/hello.ts";
import { newIdentity, proveIdentity, provenIdentity } from "../../../mesh/sealing/identity.ts";
import { LinkChange } from "../../../mesh/sealing/link_change.ts";
import { PairMemory } from "../../../mesh/sealing/pair_memory.ts";
import { RoomKeys } from "../../../mesh/sealing/room_keys.ts";
import { RoomTrust } from "../../../mesh/sealing/room_trust.ts";
import { SealedMember } from "../../../mesh/sealing/sealed_member.ts";
import { TrustTalk } from "../../../mesh/sealing/trust_talk.ts";
import { assert, assertEquals, fail } from "../../assert.ts";
import { VirtualClock } from "../virtual_clock.ts";

const room = "town";

function helloOf(id: PeerId): ReturnType<typeof makeHello> {
  return makeHello({ id, fingerprint: "sha-256 AA" });
}

Deno.test("an identity counts only with the hello that it has signed, in its room", async () => {
  const pairs = await Promise.all([newIdentity(), newIdentity()]);
  const [ann, bob] = await Promise.all([helloOf("ann"), helloOf("bob")]);
  const [proof, other] = await Promise.all(
    pairs.map((pair) => proveIdentity(pair, { room, hello: ann })),
  );
  assert(proof?.kind === "identity" && other?.kind === "identity");
  assert(await provenIdentity(proof, { room, hello: ann }) !== undefined);
  assertEquals(await provenIdentity(proof, { room, hello: bob }), undefined);
  assertEquals(await provenIdentity(proof, { room: "other", hello: ann }), undefined);
  const mixed = { ...proof, key: other.key };
  assertEquals(await provenIdentity(mixed, { room, hello: ann }), undefined);
});

Deno.test("an identity is not told of the page that has followed the one which proved it", async () => {
  const [own, bob, next] = await Promise.all(["ann", "bob", "bob"].map(helloOf));
  assert(own && bob && next);
  let present = bob;
  const told: string[] = [];
  const talk = new TrustTalk({
    keys: { room, own: () => own, helloOf: () => present, pairOf: () => undefined, seen: () => [] },
    ...{ clock: new VirtualClock(), tell: ({ type }) => void told.push(type), tellIdentity: fail },
    ...{ send: () => {}, hasSession: () => true },
  });
  const proof = await proveIdentity(await newIdentity(), { room, hello: bob });
  await talk.receive("bob", proof);
  assertEquals(told, ["identity"]);
  const checking = talk.receive("bob", proof);
  present = next;
  await checking;
  assertEquals(told, ["identity"]);
  talk.close();
});

Deno.test("a secret of an earlier link is not taken, even if the server says its door", async () => {
  const secret = "A".repeat(43);
  const [present, old, next] = await Promise.all(
    [1, 0, 2].map((epoch) => RoomKeys.of(epoch === 0 ? secret : `${secret}.${epoch}`, room)),
  );
  assert(present && old && next);
  const [clock, trust, own] = [new VirtualClock(), new RoomTrust(), await helloOf("ann")];
  const keys = () => present;
  const pairs = new PairMemory();
  const bob = new SealedMember("bob", { own: () => own, keys, pairs, clock, trust });
  const adopted: number[] = [];
  const change = new LinkChange({
    ...{ own: () => own, clock, trust, keys, keysOf: () => present, seal: fail },
    ...{ randomId: () => "", name: () => "", nameOf: () => "", end: fail, deliver: () => {} },
    ...{ transmit: () => true, hasSession: () => true, sendTo: () => {}, queue: async () => {} },
    ...{ member: () => bob, members: () => [bob] },
    adopt: ({ epoch }) => Promise.resolve(void adopted.push(epoch)),
  });
  for (const keys of [old, next]) {
    await change.handlePairMessage(bob, { secret: keys.secret });
    await change.handleDoor({ type: "door-changed", by: "bob", door: await keys.door() });
  }
  assertEquals(adopted, [2]);
  change.close();
});
