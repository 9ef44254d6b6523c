import { OfferMemory } from "../../../mesh/link/offer_memory.ts";
import type { Description } from "../../../protocol/mod.ts";
import { assertEquals } from "../../assert.ts";

function said(
  type: Description["type"],
  { of, version, exchange }: { of: string; version: number; exchange: number },
): Description {
  const sdp = `v=0\r\no=- 1 ${version} IN IP4 0.0.0.0\r\na=fingerprint:sha-256 ${of}\r\n`;
  return { type, sdp, exchange };
}

Deno.test("an offer is news once or twice, but not after a newer description of its connection", () => {
  const memory = new OfferMemory();
  const offer = said("offer", { of: "A", version: 3, exchange: 2 });
  assertEquals([memory.isNews(offer), memory.isNews(offer)], [true, true]);
  assertEquals(memory.isNews(said("offer", { of: "A", version: 2, exchange: 1 })), false);
  assertEquals(memory.isNews(said("answer", { of: "A", version: 4, exchange: 9 })), true);
  assertEquals(memory.isNews(offer), false, "given up for the answer");
});

Deno.test("a connection that was replaced never counts again; one never seen counts from one", () => {
  const memory = new OfferMemory();
  assertEquals(memory.isNews(said("offer", { of: "A", version: 5, exchange: 5 })), true);
  assertEquals(memory.isNews(said("offer", { of: "B", version: 1, exchange: 1 })), true);
  assertEquals(memory.isNews(said("offer", { of: "A", version: 6, exchange: 6 })), false);
  assertEquals(memory.isNews(said("offer", { of: "B", version: 2, exchange: 2 })), true);
});

Deno.test("who numbers nothing is always heard", () => {
  const memory = new OfferMemory();
  for (let copy = 0; copy < 2; copy++) {
    assertEquals(memory.isNews({ type: "offer", sdp: "v=0\r\na=fingerprint:sha-256 A\r\n" }), true);
  }
});
