import { Buffer } from "node:buffer";
import { assertEquals } from "../assert.ts";
import { peerAddress, readStun, stunRequest, stunTypes } from "../../server/doctor/stun.ts";

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ""), "hex");

Deno.test("the answers of RFC 5769 are read, IPv4 and IPv6", () => {
  const four = hex(`0101003c 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220
    00200008 0001a147 e112a643 00080014 2b91f599 fd9e90c3 8c7489f9 2af9ba53 f06be7d7 80280004 c07d4c96`);
  assertEquals(readStun(four)?.mapped, "192.0.2.1:32853");
  const six = hex(`01010048 2112a442 b7e7a701 bc34d686 fa87dfae 8022000b 74657374 20766563 746f7220
    00200014 0002a147 0113a9fa a5d3f179 bc25f4b5 bed2b9d9 00080014 a382954e 4be67bf1 1784c97c 8292c275
    bfe3ed41 80280004 c8fb0b4c`);
  assertEquals(readStun(six)?.mapped, "[2001:db8:1234:5678:11:2233:4455:6677]:32853");
});

Deno.test("a signed request is the one of RFC 5769 with long-term credentials", () => {
  const transaction = hex("78ad3433 c6ad72c0 29da412e");
  const request = stunRequest(stunTypes.binding, {
    transaction,
    credentials: {
      username: "\u30de\u30c8\u30ea\u30c3\u30af\u30b9",
      password: "TheMatrIX",
      nonce: "f//499k954d6OL34oL9FSTvy64sA",
      realm: "example.org",
    },
  });
  // The vector orders USERNAME, NONCE, REALM; Parley puts REALM first, so its signature is checked
  // separately.
  assertEquals(
    request.subarray(0, 20).toString("hex"),
    `000100602112a442${transaction.toString("hex")}`,
  );
  assertEquals(request.length, 116);
  const vector = hex(
    `00010060 2112a442 78ad3433 c6ad72c0 29da412e 00060012 e3839ee3 8388e383 aae38383
    e382afe3 82b90000 0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341 0014000b
    6578616d 706c652e 6f726700 00080014 f67024656dd64a3e02b8e0712e85c9a28ca89666`,
  );
  const { realm, nonce } = readStun(vector) ?? {};
  assertEquals([realm, nonce], ["example.org", "f//499k954d6OL34oL9FSTvy64sA"]);
});

Deno.test("malformed and truncated answers are rejected", () => {
  const answer = stunRequest(stunTypes.allocate, { more: [peerAddress("10.0.0.1")] });
  assertEquals(readStun(answer)?.type, stunTypes.allocate);
  for (let length = 0; length < answer.length; length++) {
    assertEquals(readStun(answer.subarray(0, length)), undefined, String(length));
  }
  assertEquals(readStun(Buffer.from("HTTP/1.1 400 Bad Request\r\n\r\n")), undefined);
});
