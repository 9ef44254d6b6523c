/** The test vectors of docs/trust.md, made again by the code. */
import { MemberSeal } from "../../mesh/sealing/card.ts";
import { type Bytes, bytesOf, fromBase64url, packed, toHex } from "../../mesh/sealing/bytes.ts";
import { openHello, type OwnHello } from "../../mesh/sealing/hello.ts";
import { Pair } from "../../mesh/sealing/pair.ts";
import { RoomKeys } from "../../mesh/sealing/room_keys.ts";
import { SafetyWords } from "../../mesh/sealing/safety_words.ts";
import { viewOf } from "../../mesh/sealing/views.ts";
import type { TrustMessage } from "../../mesh/sealing/trust_message.ts";
import { assert, assertEquals } from "../assert.ts";

const manual = await Deno.readTextFile(new URL("../../docs/trust.md", import.meta.url));

/** The one block of JSON in the manual. */
interface Vectors {
  readonly secret: string;
  readonly room: string;
  readonly packed: string;
  readonly door: string;
  readonly pairSalt: string;
  readonly ann: Person;
  readonly bob: Person;
  readonly pair: {
    readonly words: string;
    readonly private: string;
    readonly annToBob: readonly string[];
  };
  readonly view: string;
}

interface Person {
  readonly id: string;
  readonly fingerprint: string;
  readonly nonce: string;
  /** ECDH on P-256 as a JWK (RFC 7518): the private key and the public one. */
  readonly key: { readonly d: string; readonly x: string; readonly y: string };
  /** Sealed with a random IV, so a test can only open it. */
  readonly hello: string;
  readonly card: string;
}

const [, block = "{}"] = /^```json\n([\s\S]*?)^```$/m.exec(manual) ?? [];
const vectors: Vectors = JSON.parse(block);

function bytesIn(text: string): Bytes {
  const bytes = fromBase64url(text);
  assert(bytes);
  return bytes;
}

async function ownHello({ id, fingerprint, nonce, key }: Person): Promise<OwnHello> {
  const curve = { name: "ECDH", namedCurve: "P-256" };
  const jwk = { kty: "EC", crv: "P-256", ...key };
  const publicKey = await crypto.subtle.importKey(
    "jwk",
    { ...jwk, d: undefined },
    curve,
    true,
    [],
  );
  return {
    id,
    fingerprint,
    nonce: bytesIn(nonce),
    publicKey: new Uint8Array(await crypto.subtle.exportKey("raw", publicKey)),
    privateKey: await crypto.subtle.importKey("jwk", jwk, curve, false, ["deriveBits"]),
  };
}

async function roomKeys(): Promise<RoomKeys> {
  const keys = await RoomKeys.of(vectors.secret, vectors.room);
  assert(keys);
  return keys;
}

async function pairs(): Promise<{ ann: Pair; bob: Pair }> {
  const keys = await roomKeys();
  const [ownAnn, ownBob] = await Promise.all([ownHello(vectors.ann), ownHello(vectors.bob)]);
  const ann = await Pair.between(keys, ownAnn, ownBob);
  const bob = await Pair.between(keys, ownBob, ownAnn);
  assert(ann && bob);
  return { ann, bob };
}

Deno.test("the manual's vectors of the room's keys are those of the code", async () => {
  const keys = await roomKeys();
  assertEquals(toHex(packed("tea", 1, new Uint8Array([255]))), vectors.packed);
  assertEquals(await keys.door(), vectors.door);
  assertEquals(toHex(await keys.pairSalt()), vectors.pairSalt);
});

Deno.test("the manual's sealed hellos and cards open", async () => {
  const keys = await roomKeys();
  for (const person of [vectors.ann, vectors.bob]) {
    const { id, hello } = person;
    const own = await ownHello(person);
    const opened = await openHello(keys, { id, hello });
    assert(opened);
    assertEquals(opened, {
      id,
      publicKey: own.publicKey,
      nonce: own.nonce,
      fingerprint: person.fingerprint,
    });
    const seal = await MemberSeal.of(keys, opened);
    assertEquals((await seal.openCard(person.card))?.count, 1);
  }
});

Deno.test("the manual's messages between two members are those of the code", async () => {
  const { ann, bob } = await pairs();
  for (const [index, message] of vectors.pair.annToBob.entries()) {
    const text = bytesOf(index === 0 ? "{}" : JSON.stringify({ lost: true }));
    assertEquals(await ann.seal(text), message);
    assertEquals(await bob.open(message), { kind: "message", text, missing: 0 });
  }
  assertEquals(toHex(await ann.derive(packed("private"))), vectors.pair.private);
});

Deno.test("the manual's safety words and view are those of the code", async () => {
  const { ann, bob } = await pairs();
  const [one, two] = [new Uint8Array(16).fill(1), new Uint8Array(16).fill(2)];
  assertEquals(toHex(await ann.derive(packed("words", one, two))), vectors.pair.words);
  assertEquals(
    await ann.derive(packed("words", one, two)),
    await bob.derive(packed("words", one, two)),
  );
  assertEquals(await viewOf([vectors.bob, vectors.ann]), vectors.view);
});

Deno.test("what the manual says of the exchange of safety words is what happens", async () => {
  const { ann, bob } = await pairs();
  const found: (readonly number[])[] = [];
  const toAnn: TrustMessage[] = [];
  const toBob: TrustMessage[] = [];
  const words = (pair: Pair, isFirst: boolean, out: TrustMessage[]) =>
    new SafetyWords({
      pair,
      isFirst,
      send: (message) => out.push(message),
      found: (numbers) => found.push(numbers),
    });
  const [first, second] = [words(ann, true, toBob), words(bob, false, toAnn)];
  await Promise.all([first.begin(), second.begin()]);
  for (let round = 0; round < 3; round++) {
    for (const message of toBob.splice(0)) {
      if (message.kind === "commit" || message.kind === "reveal") await second.receive(message);
    }
    for (const message of toAnn.splice(0)) {
      if (message.kind === "commit" || message.kind === "reveal") await first.receive(message);
    }
  }
  assert(found.length >= 2);
  assertEquals(found[0], found[1]);
  assertEquals(found[0]?.length, 7);
});
