import { assertEquals } from "../../assert.ts";
import { withPauses } from "../../../mesh/link/opus.ts";

const session = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
const audio = (fmtp: string) =>
  `m=audio 9 UDP/TLS/RTP/SAVPF 111 63\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\n${fmtp}a=rtpmap:63 red/48000/2\r\na=fmtp:63 111/111\r\n`;
const video = "m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=rtpmap:96 VP8/90000\r\n";

Deno.test("the first audio line asks for pauses and for mending, whatever it asked for before", () => {
  const after = audio("a=fmtp:111 minptime=10;usedtx=1;useinbandfec=1\r\n");
  for (
    const before of [
      "a=fmtp:111 minptime=10;useinbandfec=1\r\n",
      "a=fmtp:111 minptime=10\r\n",
      "a=fmtp:111 minptime=10; usedtx=0; useinbandfec=0\r\n",
    ]
  ) {
    assertEquals(withPauses(session + audio(before) + video), session + after + video, before);
  }
  assertEquals(withPauses(session + after), session + after, "twice is once");
});

Deno.test("a screen's sound, other codecs and lines of other kinds are left alone", () => {
  const music = audio("a=fmtp:111 minptime=10\r\n");
  const voice = audio("a=fmtp:111 usedtx=1;useinbandfec=1\r\n");
  assertEquals(withPauses(session + voice + video + music), session + voice + video + music);
  const foreign = session + "m=audio 9 RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n" + video;
  assertEquals(withPauses(foreign), foreign);
  assertEquals(withPauses(session + video), session + video);
  assertEquals(withPauses(session + audio("") + video), session + audio("") + video);
  assertEquals(withPauses("nonsense"), "nonsense");
});
