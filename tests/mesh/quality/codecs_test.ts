import { assertEquals } from "../../assert.ts";
import { efficientCodecs, sharedCodec } from "../../../mesh/quality/codecs.ts";

/** A browser with these codecs in hardware; the query for `unknown` rejects. */
function browser(efficient: string[], unknown = ""): MediaCapabilities {
  const answer = ({ video }: { video?: { contentType: string } }) => {
    const [mimeType = ""] = video?.contentType.split(";") ?? [];
    if (mimeType === unknown) return Promise.reject(new TypeError("no such type"));
    const isThere = efficient.includes(mimeType);
    return Promise.resolve({ supported: true, smooth: true, powerEfficient: isThere });
  };
  return { encodingInfo: answer, decodingInfo: answer } as unknown as MediaCapabilities;
}

Deno.test("what is done in hardware is named, the best first, whatever else the browser does not know", async () => {
  const both = browser(["video/VP8", "video/H264", "video/AV1"], "video/VP9");
  for (const direction of ["encode", "decode"] as const) {
    assertEquals(await efficientCodecs(direction, both), ["video/AV1", "video/H264", "video/VP8"]);
  }
  assertEquals(await efficientCodecs("encode", browser([])), []);
  assertEquals(await efficientCodecs("encode", undefined), []);
});

Deno.test("only a codec that both ends have in hardware is chosen", () => {
  assertEquals(sharedCodec(["video/AV1", "video/H264"], ["video/VP8", "video/H264"]), "video/H264");
  assertEquals(sharedCodec(["video/AV1"], ["video/H264"]), undefined);
  assertEquals(sharedCodec(["video/AV1"], undefined), undefined);
});
