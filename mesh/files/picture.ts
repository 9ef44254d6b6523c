/**
 * Which files are pictures a page may show: by their first bytes, never by what somebody says. SVG
 * is a program, not a picture.
 */
import { headBytes, type PictureSize, pictureSize } from "./picture_size.ts";

/** Bigger pictures are files like any other. */
export const pictureBytes = 20 * 1024 * 1024;
/**
 * So are those of more pixels, of which each takes four bytes once a page shows it. A camera's have
 * 12 to 50 million.
 */
export const picturePixels = 50_000_000;

const extensions = /\.(png|jpe?g|webp|gif|avif)$/i;

/** Whether an offered file is probably a picture; only for how it is asked about. */
export function isPictureName({ name, size }: { name: string; size: number }): boolean {
  return size <= pictureBytes && extensions.test(name);
}

/** A picture's type, and its size as far as its head tells. */
export interface Picture {
  readonly type: string;
  readonly size: PictureSize | undefined;
}

/** Undefined when it is none that a page could show. Reads its head only. */
export async function pictureOf(file: Blob): Promise<Picture | undefined> {
  if (file.size > pictureBytes) return undefined;
  const type = sniff(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (type === undefined) return undefined;
  const head = await file.slice(0, headBytes).arrayBuffer();
  return { type, size: pictureSize(new Uint8Array(head)) };
}

/** Whether a page that shows it would need too much memory. */
export function isHuge({ width, height }: PictureSize): boolean {
  return width * height > picturePixels;
}

/** The picture's type, or undefined when it is none that is shown. */
export async function pictureType(file: Blob): Promise<string | undefined> {
  const picture = await pictureOf(file);
  return picture?.size !== undefined && isHuge(picture.size) ? undefined : picture?.type;
}

/** Type by the first 16 bytes. */
export function sniff(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head);
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(text)) return "image/gif";
  if (/^RIFF[^]{4}WEBP/.test(text)) return "image/webp";
  if (/^[^]{4}ftyp(avif|avis)/.test(text)) return "image/avif";
  return undefined;
}
