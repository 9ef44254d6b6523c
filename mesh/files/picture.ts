/** Which files are pictures a page may show: by their first bytes, never by what somebody says. SVG is a program, not a picture. */

/** Bigger pictures are files like any other. */
export const pictureBytes = 20 * 1024 * 1024;

const extensions = /\.(png|jpe?g|webp|gif|avif)$/i;

/** Whether an offered file is probably a picture; only for how it is asked about. */
export function isPictureName({ name, size }: { name: string; size: number }): boolean {
  return size <= pictureBytes && extensions.test(name);
}

/** The picture's type, or undefined when it is none. Reads a few bytes only. */
export async function pictureType(file: Blob): Promise<string | undefined> {
  if (file.size > pictureBytes) return undefined;
  return sniff(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
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
