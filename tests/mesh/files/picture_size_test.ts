// The size of a picture, read without decoding it.

import { pictureSize } from "../../../mesh/files/picture_size.ts";
import { isHuge, pictureOf, pictureType } from "../../../mesh/files/picture.ts";
import { assert, assertEquals } from "../../assert.ts";

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part
    ),
  );
const be32 = (n: number) => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255];
const be16 = (n: number) => [n >>> 8 & 255, n & 255];
const le16 = (n: number) => [n & 255, n >>> 8 & 255];
const le24 = (n: number) => [...le16(n), n >>> 16 & 255];
const zeros = (count: number) => new Array<number>(count).fill(0);

const png = (w: number, h: number) =>
  bytes("\x89PNG\r\n\x1a\n", be32(13), "IHDR", be32(w), be32(h), [8, 2, 0, 0, 0]);
const segment = (marker: number, body: number[]) => [
  0xff,
  marker,
  ...be16(body.length + 2),
  ...body,
];
const frame = (w: number, h: number) => [8, ...be16(h), ...be16(w), 3];
const jpeg = (w: number, h: number, sof = 0xc0) =>
  bytes(
    [0xff, 0xd8],
    segment(0xe0, zeros(14)),
    // It contains a thumbnail, and bytes that look like a frame.
    segment(0xe1, [0xff, 0xd8, ...segment(0xc0, frame(1, 1)), 0xff, 0xd9]),
    segment(0xc4, zeros(20)),
    [0xff],
    segment(sof, frame(w, h)),
  );
const gif = (w: number, h: number, inner = [w, h]) =>
  bytes(
    "GIF89a",
    le16(w),
    le16(h),
    [0x80, 0, 0],
    zeros(6),
    [0x21, 0xff, 3],
    "abc",
    [0, 0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    [0x2c],
    le16(0),
    le16(0),
    le16(inner[0] ?? 0),
    le16(inner[1] ?? 0),
  );
const riff = (...parts: (string | number[])[]) => bytes("RIFF", zeros(4), "WEBP", ...parts);
const lossy = (w: number, h: number) =>
  riff("VP8 ", zeros(4), [0, 0, 0, 0x9d, 0x01, 0x2a], le16(w), le16(h));
const lossless = (w: number, h: number) => {
  const bits = (w - 1) + (h - 1) * 2 ** 14;
  return riff("VP8L", zeros(4), [0x2f], be32(bits >>> 0).reverse());
};
const extended = (w: number, h: number) =>
  riff("VP8X", zeros(4), [0, 0, 0, 0], le24(w - 1), le24(h - 1));
const avif = (...sizes: [number, number][]) =>
  bytes(
    be32(24),
    "ftypavif",
    zeros(12),
    ...sizes.flatMap(([w, h]) => [be32(20), "ispe", zeros(4), be32(w), be32(h)]),
  );
const moving = (w: number, h: number) =>
  bytes(be32(24), "ftypavis", zeros(12), be32(92), "tkhd", zeros(76), be16(w), [0, 0], be16(h), [
    0,
    0,
  ]);

const makers = {
  png,
  jpeg,
  gif,
  lossy,
  lossless,
  extended,
  avif: (w: number, h: number) => avif([w, h]),
  moving,
};

for (const [name, make] of Object.entries(makers)) {
  Deno.test(`a picture's size is read from its head: ${name}`, async () => {
    for (const [width, height] of [[1, 1], [640, 481], [12_000, 9_000], [16_000, 3]] as const) {
      const head = make(width, height);
      assertEquals(pictureSize(head), { width, height });
      for (let end = 0; end < head.length - 4; end++) pictureSize(head.slice(0, end));
    }
    const huge = new Blob([make(16_000, 16_000)]);
    assertEquals(await pictureType(huge), undefined, "no page shows it");
    const picture = await pictureOf(huge);
    assert(picture?.size !== undefined && isHuge(picture.size), "and it is known why");
    assert(await pictureType(new Blob([make(8_000, 6_000)])), "a camera's picture is shown");
  });
}

Deno.test("of two answers the larger one counts", () => {
  assertEquals(pictureSize(gif(1, 1, [30_000, 20_000])), { width: 30_000, height: 20_000 });
  assertEquals(pictureSize(avif([64, 64], [30_000, 64], [64, 20_000])), {
    width: 30_000,
    height: 20_000,
  });
  assertEquals(pictureSize(jpeg(30_000, 20_000, 0xc2)), { width: 30_000, height: 20_000 });
});

Deno.test("a picture without a size has none, and truncated bytes do no harm", () => {
  const heads = [
    png(0, 5),
    jpeg(5, 0),
    bytes("GIF89a"),
    bytes([0xff, 0xd8, 0xff, 0xda]),
    bytes("<svg width='30000'>"),
    bytes("BM"),
    avif(),
    bytes([]),
  ];
  for (const head of heads) assertEquals(pictureSize(head), undefined);
  let state = 5;
  for (let round = 0; round < 5_000; round++) {
    const head = Object.values(makers)[round % 8]?.(300, 200) ?? bytes([]);
    for (let n = 0; n < 4; n++) {
      state = Math.imul(state, 1664525) + 1013904223 | 0;
      head[(state >>> 8) % head.length] = state >>> 24;
    }
    pictureSize(head);
  }
});
