import { FrameReader } from "../../../server/websocket/frame_reader.ts";
import { frameBytes, joinFrames, opcode, textFrame } from "../../../server/websocket/frame.ts";
import { unmask, unmaskBytesMost } from "../../../server/websocket/mask.ts";
import { assertEquals } from "../../assert.ts";
import { clientFrame, joined } from "./client_frame.ts";

/** A frame as RFC 6455, section 5.2, draws it, written in the simplest way. */
function plainFrame(text: string): Uint8Array<ArrayBuffer> {
  const payload = new TextEncoder().encode(text);
  const header = new DataView(new ArrayBuffer(10));
  header.setUint8(0, 0x80 | opcode.text);
  const { length } = payload;
  const [code, bytes] = length < 126 ? [length, 2] : length < 65_536 ? [126, 4] : [127, 10];
  header.setUint8(1, code);
  if (code === 126) header.setUint16(2, length);
  if (code === 127) header.setBigUint64(2, BigInt(length));
  return joined([new Uint8Array(header.buffer, 0, bytes), payload]);
}

Deno.test("a text of any length has its header, and one without meaning takes three bytes", () => {
  for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 70_000]) {
    for (const sign of ["a", "ß", "\ud800"]) {
      const text = sign.repeat(length);
      assertEquals(textFrame(text), plainFrame(text), `${length} of ${sign}`);
      assertEquals(frameBytes(text), plainFrame(text).length);
    }
  }
});

Deno.test("frames and texts are written one behind the other", () => {
  const texts = ["", "a", "ß".repeat(100), "x".repeat(300), "😀", "x".repeat(66_000), "end"];
  for (const framed of [0, 1]) {
    const frames = texts.map((text, index) => index % 2 === framed ? textFrame(text) : text);
    const bytes = frames.reduce((sum, frame) => sum + frameBytes(frame), 0);
    assertEquals(joinFrames(frames, bytes), joined(texts.map(plainFrame)));
  }
});

Deno.test("each byte is unmasked with its own byte of the key, from any offset", () => {
  const key = [0x12, 0x34, 0xf5, 0x78];
  const mask = 0x1234f578;
  for (const length of [0, 1, 2, 3, 4, 5, 100, unmaskBytesMost - 1, unmaskBytesMost]) {
    const bytes = Uint8Array.from({ length: length + 1 }, (_, index) => index * 7).subarray(1);
    for (const offset of [0, 1, 2, 3, 65_535]) {
      const expected = bytes.map((byte, index) => byte ^ (key[(offset + index) % 4] ?? 0));
      assertEquals(new Uint8Array(unmask(bytes, { mask, offset })), expected);
    }
  }
});

Deno.test("connections that are read in turns do not see each other's bytes", () => {
  const texts: string[][] = [[], []];
  const readers = texts.map((seen) =>
    new FrameReader({
      messageBytes: 1_000,
      sink: {
        text: (text) => void seen.push(text),
        ping: (payload) => void seen.push(new TextDecoder().decode(payload)),
        pong: () => {},
        close: () => {},
        fault: () => {},
      },
    })
  );
  const streams = ["one", "two"].map((text) =>
    joined([clientFrame({ payload: text }), clientFrame({ code: opcode.ping, payload: text })])
  );
  for (let at = 0; at < 18; at += 4) {
    readers.forEach((reader, index) => reader.read(streams[index]?.subarray(at, at + 4) ?? empty));
  }
  assertEquals(texts, [["one", "one"], ["two", "two"]]);
});

const empty = new Uint8Array();
