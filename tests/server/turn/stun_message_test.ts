// The codec against the test vectors of RFC 5769, and against messages that nobody should send.

import { createHash } from "node:crypto";
import { assert, assertEquals } from "../../assert.ts";
import {
  addressAttribute,
  attributes,
  errorAttribute,
  methods,
  newMask,
  numberAttribute,
  readNumber,
  readStun,
  readText,
  type StunMessage,
  writeStun,
} from "../../../server/turn/stun_message.ts";
import { readXorAddress } from "../../../server/turn/endpoint.ts";

function bytesOf(text: string): Uint8Array {
  return Uint8Array.fromHex(text.replaceAll(/\s/g, ""));
}

/** RFC 5769, section 2.1. */
const request = bytesOf(`
  00010058 2112a442 b7e7a701bc34d686fa87dfae
  80220010 5354554e207465737420636c69656e74
  00240004 6e0001ff
  80290008 932ff9b151263b36
  00060009 6576746a3a68367659202020
  00080014 9aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
  80280004 e57a3bcf`);
/** Sections 2.2 and 2.3. */
const ipv4Response = bytesOf(`
  0101003c 2112a442 b7e7a701bc34d686fa87dfae
  8022000b 7465737420766563746f7220
  00200008 0001a147e112a643
  00080014 2b91f599fd9e90c38c7489f92af9ba53f06be7d7
  80280004 c07d4c96`);
const ipv6Response = bytesOf(`
  01010048 2112a442 b7e7a701bc34d686fa87dfae
  8022000b 7465737420766563746f7220
  00200014 0002a1470113a9faa5d3f179bc25f4b5bed2b9d9
  00080014 a382954e4be67bf11784c97c8292c275bfe3ed41
  80280004 c8fb0b4c`);
/** Section 2.4, with long-term credentials. */
const signedRequest = bytesOf(`
  00010060 2112a442 78ad3433c6ad72c029da412e
  00060012 e3839ee38388e383aae38383e382afe382b90000
  0015001c 662f2f3439396b39353464364f4c33346f4c39465354767936347341
  0014000b 6578616d706c652e6f726700
  00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`);
const shortTermKey = new TextEncoder().encode("VOkJxbRl1RmTxUk/WvJxBt");

function read(bytes: Uint8Array): StunMessage {
  const message = readStun(bytes);
  assert(message);
  return message;
}

Deno.test("the sample request of RFC 5769 is read, and its signature and fingerprint hold", () => {
  const message = read(request);
  assertEquals([message.method, message.kind], [methods.binding, "request"]);
  assertEquals(readText(message, attributes.username), "evtj:h6vY");
  assert(message.hasFingerprint && message.isSignedWith(shortTermKey));
  assert(!message.isSignedWith(shortTermKey.subarray(1)));
  // PRIORITY belongs to ICE.
  assertEquals(message.unknown, [0x0024]);
});

Deno.test("the sample responses of RFC 5769 hold addresses of both families", () => {
  const addresses = [ipv4Response, ipv6Response].map((bytes) => {
    const message = read(bytes);
    assertEquals(message.kind, "success");
    assert(message.isSignedWith(shortTermKey));
    const value = message.found.get(attributes.xorMappedAddress);
    return value && readXorAddress(value, message.mask);
  });
  assertEquals(addresses, [
    { hostname: "192.0.2.1", port: 32853 },
    { hostname: "2001:db8:1234:5678:11:2233:4455:6677", port: 32853 },
  ]);
});

Deno.test("the sample request with long-term credentials of RFC 5769 is signed by its user", () => {
  const message = read(signedRequest);
  const username = readText(message, attributes.username);
  assertEquals(username, "マトリックス");
  assertEquals(readText(message, attributes.nonce), "f//499k954d6OL34oL9FSTvy64sA");
  assertEquals(message.hasFingerprint, false);
  const key = createHash("md5").update(`${username}:example.org:TheMatrIX`).digest();
  assert(message.isSignedWith(key));
});

Deno.test("any changed byte of a signed message is noticed", () => {
  // Nothing but a fingerprint counts after the signature, so its type may be another one.
  const signedBytes = ipv4Response.length - 8;
  for (let index = 0; index < signedBytes; index++) {
    for (const bit of [0x01, 0x80]) {
      const changed = ipv4Response.slice();
      changed[index] = (changed[index] ?? 0) ^ bit;
      const message = readStun(changed);
      assert(!message?.isSignedWith(shortTermKey), `byte ${index}`);
    }
  }
});

Deno.test("what is written is read again, for every method, kind and family", () => {
  const key = crypto.getRandomValues(new Uint8Array(16));
  const endpoints = ["192.0.2.7", "2001:db8::7", "::1", "fe80::1:2", "64:ff9b::c000:207"]
    .map((hostname, index) => ({ hostname, port: 65_535 - index }));
  for (const method of [...Object.values(methods), 0xfff]) {
    for (const kind of ["request", "indication", "success", "error"] as const) {
      for (const endpoint of endpoints) {
        const mask = newMask();
        const list = [
          addressAttribute(attributes.xorPeerAddress, { endpoint, mask }),
          numberAttribute(attributes.lifetime, 4_000_000_000),
          errorAttribute(438),
          [attributes.data, Uint8Array.of(1, 2, 3, 4, 5)],
        ] as const;
        const message = read(writeStun({ method, kind, mask, list, key, fingerprint: true }));
        assertEquals([message.method, message.kind, message.mask], [method, kind, mask]);
        assertEquals(message.peers.map((value) => readXorAddress(value, mask)), [endpoint]);
        assertEquals(readNumber(message, attributes.lifetime), 4_000_000_000);
        assertEquals(message.found.get(attributes.errorCode), Uint8Array.of(0, 0, 4, 38));
        assertEquals(message.found.get(attributes.data), Uint8Array.of(1, 2, 3, 4, 5));
        assert(message.hasFingerprint && message.isSignedWith(key));
      }
    }
  }
});

Deno.test("an IPv4-mapped address stays one of IPv6", () => {
  const mask = newMask();
  const endpoint = { hostname: "0:0:0:0:0:ffff:7f00:1", port: 80 };
  const [, value] = addressAttribute(attributes.xorPeerAddress, { endpoint, mask });
  assertEquals(value.length, 20);
  assertEquals(readXorAddress(value, mask), endpoint);
});

Deno.test("a message of the wrong length, or with an attribute beyond its end, is malformed", () => {
  const malformed: Uint8Array[] = [
    request.subarray(0, 19),
    request.subarray(0, request.length - 4),
    new Uint8Array([...signedRequest, 0x80, 0x22, 0, 0]),
    bytesOf("00010000 2112a442 b7e7a701bc34d686fa87dfae 80220000"),
    bytesOf("00010001 2112a442 b7e7a701bc34d686fa87dfae 00"),
    bytesOf("00010004 2112a442 b7e7a701bc34d686fa87dfae 00060001"),
    bytesOf("00010004 2112a442 b7e7a701bc34d686fa87dfae 0006ffff"),
    bytesOf("00010000 2112a443 b7e7a701bc34d686fa87dfae"),
    bytesOf("40010000 2112a442 b7e7a701bc34d686fa87dfae"),
    // A fingerprint that is not the last attribute.
    bytesOf("0001000c 2112a442 b7e7a701bc34d686fa87dfae 80280004 00000000 80220000"),
  ];
  for (const bytes of malformed) assertEquals(readStun(bytes), undefined, bytes.toHex());
});

Deno.test("what follows the signature does not count", () => {
  const key = Uint8Array.of(1);
  const mask = newMask();
  const signed = writeStun({ method: methods.refresh, kind: "request", mask, list: [], key });
  const [type, value] = numberAttribute(attributes.lifetime, 0);
  const bytes = new Uint8Array([...signed, 0, type, 0, 4, ...value]);
  bytes[3] = bytes.length - 20;
  const message = read(bytes);
  assert(message.isSignedWith(key));
  assertEquals(readNumber(message, attributes.lifetime), undefined);
});
