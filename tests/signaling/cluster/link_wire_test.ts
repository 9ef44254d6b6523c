import { assertEquals } from "../../assert.ts";
import { decodePacket, encodePacket, type Packet } from "../../../signaling/cluster/link_wire.ts";

const frame = (message: unknown) => ({ dialect: "parley", message }) as never;

Deno.test("a packet reads back as it was, whatever the bodies of its signals are", () => {
  const bodies = ["", "\n", "two\r\nlines \u2028 😀", '{"a":"\\n"}', "\ud800", "x".repeat(9_000)];
  const head = { from: "a", link: "l", seq: 7 };
  const packets: Packet[] = [
    {
      ...head,
      by: "edge",
      ops: bodies.flatMap((body, socketId) => [
        { op: "frame", socketId, frame: frame({ type: "signal", to: "b", body }) } as const,
        { op: "frame", socketId, frame: frame({ type: "chat", ref: "r", text: body }) } as const,
        { op: "frame", socketId, frame: frame(undefined) } as const,
        { op: "closed", socketId, code: 1006 } as const,
      ]),
    },
    {
      ...head,
      by: "home",
      ops: bodies.flatMap((body, socketId) => [
        { op: "signal", socketId, from: "b", body } as const,
        { op: "send", to: [socketId, 9], message: { type: "tick", at: socketId } } as const,
      ]),
    },
    { ...head, by: "home-broken", ops: [] },
    { ...head, by: "edge", ops: [] },
  ];
  for (const packet of packets) {
    const read = decodePacket(encodePacket(packet));
    assertEquals(JSON.stringify(read), JSON.stringify(packet));
  }
});

Deno.test("a packet of another version is not read", () => {
  const text = encodePacket({ from: "a", link: "l", seq: 0, by: "edge", ops: [] });
  assertEquals(decodePacket(text.replace(/^\[\d+/, "[999")), undefined);
});
