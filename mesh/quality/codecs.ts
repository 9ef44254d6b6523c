/**
 * The codecs that this machine encodes or decodes in hardware, by Media Capabilities (type
 * "webrtc"). Hardware uses a fraction of the battery that the processor would, so a codec that both
 * ends have in hardware is preferred to a better one that they have not.
 */
import { attempt } from "../../protocol/attempt.ts";

/** The best first: fewer bits for the same picture. */
const known: ReadonlyMap<string, string> = new Map([
  ["video/AV1", "video/AV1"],
  ["video/VP9", "video/VP9"],
  // The profile that browsers agree on.
  ["video/H264", "video/H264;packetization-mode=1;profile-level-id=42e01f"],
  ["video/VP8", "video/VP8"],
]);

/** A tile of a small room; hardware that is efficient at 720p is efficient where it matters. */
const picture = { width: 1280, height: 720, bitrate: 1_500_000, framerate: 30 };

/** MIME types without parameters, the best first; empty if the browser does not know. */
export async function efficientCodecs(
  direction: "encode" | "decode",
  capabilities = attempt(() => globalThis.navigator.mediaCapabilities),
): Promise<readonly string[]> {
  if (capabilities === undefined) return [];
  const found = [...known].map(async ([mimeType, contentType]) => {
    const configuration = { type: "webrtc", video: { ...picture, contentType } } as const;
    try {
      const { supported, powerEfficient } = direction === "encode"
        ? await capabilities.encodingInfo(configuration)
        : await capabilities.decodingInfo(configuration);
      return supported && powerEfficient ? [mimeType] : [];
    } catch {
      // The browser does not know this kind of question.
      return [];
    }
  });
  return (await Promise.all(found)).flat();
}

/** The best codec that both have; undefined leaves the choice to the browser. */
export function sharedCodec(
  encodes: readonly string[],
  decodes: readonly string[] = [],
): string | undefined {
  return encodes.find((codec) => decodes.includes(codec));
}
