/**
 * The size of a picture in pixels, read from its first bytes before anything decodes it: a small
 * file can be a picture that fills the memory. Of two contradictory sizes the larger one counts.
 * Pure.
 */

/** Width and height in pixels, before any rotation. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of nearly every picture is within the first bytes. A picture whose size comes later is
 * treated as any other file.
 */
export const headBytes = 1024 * 1024;

type Read = (view: DataView, text: string) => PictureSize | undefined;

const formats: readonly [pattern: RegExp, read: Read][] = [
  [/^[^]PNG[^]{8}IHDR/, (view) => ({ width: view.getUint32(16), height: view.getUint32(20) })],
  [/^GIF8[79]a/, gifSize],
  [/^\xff\xd8/, jpegSize],
  [/^RIFF[^]{4}WEBP/, webpSize],
  [/^[^]{4}ftypavi[fs]/, avifSize],
];

/** Reads the size from the first bytes; undefined if they do not contain it. */
export function pictureSize(head: Uint8Array<ArrayBuffer>): PictureSize | undefined {
  const text = new TextDecoder("latin1").decode(head);
  const read = formats.find(([pattern]) => pattern.test(text))?.[1];
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    const size = read?.(view, text);
    return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
  } catch {
    // The data ends early.
    return undefined;
  }
}

/** The first frame may be larger than the screen it is drawn on, and the screen grows with it. */
function gifSize(view: DataView): PictureSize {
  const flags = view.getUint8(10);
  let at = 13 + (flags & 0x80 ? 3 << (flags & 7) + 1 : 0);
  const screen = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  while (view.getUint8(at) === 0x21) {
    at += 2;
    for (let length; (length = view.getUint8(at++)) > 0;) at += length;
  }
  if (view.getUint8(at) !== 0x2c) return screen;
  const [x, y, width, height] = [1, 3, 5, 7].map((offset) => view.getUint16(at + offset, true));
  return {
    width: Math.max(screen.width, (x ?? 0) + (width ?? 0)),
    height: Math.max(screen.height, (y ?? 0) + (height ?? 0)),
  };
}

/** Skips the segments before the one of the frame. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2;;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else if (marker === 0x01 || marker >= 0xd0 && marker <= 0xd7) at += 2;
    else if (marker >= 0xd8 && marker <= 0xda) return undefined;
    else at += 2 + view.getUint16(at + 2);
  }
}

function webpSize(view: DataView, text: string): PictureSize | undefined {
  switch (text.slice(12, 16)) {
    case "VP8 ":
      return {
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: (bits >>> 14 & 0x3fff) + 1 };
    }
    case "VP8X":
      return {
        width: (view.getUint32(24, true) & 0xffffff) + 1,
        height: (view.getUint32(26, true) >>> 8) + 1,
      };
    default:
      return undefined;
  }
}

/**
 * Both kinds of boxes end with width and height; those of a track are 16.16 fixed-point numbers.
 */
function avifSize(view: DataView, text: string): PictureSize | undefined {
  let size: PictureSize | undefined;
  for (const { 0: name, index } of text.matchAll(/ispe|tkhd/g)) {
    const end = index - 4 + view.getUint32(index - 4);
    // The letters may also occur within the pixels.
    if (end > view.byteLength || end < index + 12) continue;
    const scale = name === "tkhd" ? 65_536 : 1;
    size = {
      width: Math.max(size?.width ?? 0, Math.ceil(view.getUint32(end - 8) / scale)),
      height: Math.max(size?.height ?? 0, Math.ceil(view.getUint32(end - 4) / scale)),
    };
  }
  return size;
}
