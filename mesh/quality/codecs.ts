/**
 * Which codecs of pictures this machine does in hardware, as its browser tells (Media Capabilities, type "webrtc"). Hardware
 * costs a laptop's battery a fraction of what its processor would, so a codec that both ends have there is worth more than
 * the best of the others.
 */
import { attempt } from "../../protocol/attempt.ts";

/** The best first: fewer bits for the same picture. RTX, FEC and the like are none of a picture's codecs. */
const known: ReadonlyMap<string, string> = new Map([
  ["video/AV1", "video/AV1"],
  ["video/VP9", "video/VP9"],
  // The profile that browsers agree on.
  ["video/H264", "video/H264;packetization-mode=1;profile-level-id=42e01f"],
  ["video/VP8", "video/VP8"],
]);

/** A tile of a small room; what is efficient at 720p is so where it counts. */
const picture = { width: 1280, height: 720, bitrate: 1_500_000, framerate: 30 };

/** MIME types without parameters, the best first; none where the browser does not tell. */
export async function efficientCodecs(
  direction: "encode" | "decode",
  capabilities = attempt(() => globalThis.navigator.mediaCapabilities),
): Promise<readonly string[]> {
  if (capabilities === undefined) return [];
  const found = [...known].map(async ([mimeType, contentType]) => {
    const asked = { type: "webrtc", video: { ...picture, contentType } } as const;
    try {
      const { supported, powerEfficient } = direction === "encode"
        ? await capabilities.encodingInfo(asked)
        : await capabilities.decodingInfo(asked);
      return supported && powerEfficient ? [mimeType] : [];
    } catch {
      // The browser does not know this kind of question.
      return [];
    }
  });
  return (await Promise.all(found)).flat();
}

/** The best that both have; undefined: the browser's own choice. */
export function sharedCodec(
  encodes: readonly string[],
  decodes: readonly string[] = [],
): string | undefined {
  return encodes.find((codec) => decodes.includes(codec));
}
