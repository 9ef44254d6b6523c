/**
 * Decides which files are pictures that a page may show: by their first bytes, never by the name or
 * type that the sender claims. SVG is not among them, because it can contain scripts.
 */
import { headBytes, type PictureSize, pictureSize } from "./picture_size.ts";

/** A larger picture is treated as any other file. Bytes. */
export const pictureBytes = 20 * 1024 * 1024;
/**
 * A picture with more pixels is, too: each takes four bytes of memory once it is shown. Cameras
 * make pictures of 12 to 50 million.
 */
export const picturePixels = 50_000_000;

const extensions = /\.(png|jpe?g|webp|gif|avif)$/i;

/** Whether an offered file is probably a picture; it decides only how the person is asked. */
export function isPictureName({ name, size }: { name: string; size: number }): boolean {
  return size <= pictureBytes && extensions.test(name);
}

/** A picture's MIME type, and its size in pixels if its first bytes contain it. */
export interface Picture {
  readonly type: string;
  readonly size: PictureSize | undefined;
}

/** Reads the first bytes of a file; undefined if it is no picture that a page may show. */
export async function pictureOf(file: Blob): Promise<Picture | undefined> {
  if (file.size > pictureBytes) return undefined;
  const type = sniff(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (type === undefined) return undefined;
  const head = await file.slice(0, headBytes).arrayBuffer();
  return { type, size: pictureSize(new Uint8Array(head)) };
}

/** Whether showing it would need too much memory. */
export function isHuge({ width, height }: PictureSize): boolean {
  return width * height > picturePixels;
}

/** The MIME type of a picture that a page may show; undefined for any other file. */
export async function pictureType(file: Blob): Promise<string | undefined> {
  const picture = await pictureOf(file);
  return picture?.size !== undefined && isHuge(picture.size) ? undefined : picture?.type;
}

/** The MIME type by the first 16 bytes of a file; undefined if it is no known picture. */
export function sniff(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF[^]{4}WEBP/.test(text)) return "image/webp";
  if (/^[^]{4}ftyp(avif|avis)/.test(text)) return "image/avif";
  return undefined;
}
