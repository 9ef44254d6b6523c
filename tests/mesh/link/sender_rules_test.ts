import { keepToRule, type RuledSender } from "../../../mesh/link/sender_rules.ts";
import { sendWholePicture } from "../../../mesh/media/whole_picture.ts";
import { assertEquals } from "../../assert.ts";

/** By webrtc-pc 5.2: parameters can be set once, and only if they are the last ones read. */
class StrictSender implements RuledSender {
  readonly track: { kind: string; contentHint: string };
  encodings: RTCRtpEncodingParameters[] = [{ active: true }];
  preference: RTCDegradationPreference | undefined;
  codecs: RTCRtpCodecParameters[] = [];
  /** A browser with a `codec` field that rejects every codec. */
  refusesCodecs = false;
  writes = 0;
  #read: RTCRtpSendParameters | undefined;

  constructor(contentHint: string) {
    this.track = { kind: "video", contentHint };
  }

  getParameters(): RTCRtpSendParameters {
    return this.#read = {
      transactionId: "1",
      codecs: this.codecs,
      headerExtensions: [],
      rtcp: {},
      encodings: this.encodings.map((encoding) => ({ ...encoding })),
    };
  }

  async setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    if (parameters !== this.#read) throw new DOMException("read it first", "InvalidStateError");
    await Promise.resolve();
    this.#read = undefined;
    if (this.refusesCodecs && parameters.encodings.some((it) => "codec" in it)) {
      throw new DOMException("not this one", "InvalidModificationError");
    }
    this.encodings = parameters.encodings;
    this.preference = parameters.degradationPreference;
    this.writes++;
  }
}

Deno.test("letters keep their size, motion keeps its speed, and a camera is left alone", async () => {
  const [text, film, camera] = ["detail", "motion", ""].map((hint) => new StrictSender(hint));
  for (const sender of [text, film, camera]) if (sender !== undefined) await keepToRule(sender);
  assertEquals([text?.preference, text?.encodings], ["maintain-resolution", [
    { active: true, scaleResolutionDownBy: 1, maxBitrate: 2_500_000, maxFramerate: 15 },
  ]]);
  assertEquals([film?.preference, film?.encodings], ["maintain-framerate", [
    { active: true, scaleResolutionDownBy: 1, maxBitrate: 4_000_000, maxFramerate: 30 },
  ]]);
  assertEquals(camera?.writes, 0);
});

Deno.test("the rule that holds when a sender's turn comes is written, whichever call waited for it", async () => {
  const sender = new StrictSender("detail");
  const shown = { active: true, scaleResolutionDownBy: 2, maxBitrate: 800_000, maxFramerate: 15 };
  let rule = { ...shown, active: false };
  const earlier = keepToRule(sender, () => rule);
  rule = shown;
  await Promise.all([keepToRule(sender, () => rule), earlier]);
  assertEquals([sender.encodings, sender.writes], [[shown], 1]);
});

Deno.test("a camera with a rule keeps the size that the rule gives it", async () => {
  const camera = new StrictSender("");
  const rule = { active: true, scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: 24 };
  await keepToRule(camera, () => rule);
  assertEquals([camera.preference, camera.encodings], ["maintain-resolution", [rule]]);
});

Deno.test("a rule that holds already is not written again; another one is", async () => {
  const sender = new StrictSender("detail");
  await keepToRule(sender);
  await keepToRule(sender);
  assertEquals(sender.writes, 1);
  sender.track.contentHint = "motion";
  await keepToRule(sender);
  assertEquals([sender.writes, sender.encodings[0]?.maxFramerate], [2, 30]);
});

Deno.test("a rule's codec is taken where it was negotiated, given up again, and no reason to lose the rest", async () => {
  const limits = { active: true, scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: 30 };
  const codec = (mimeType: string): RTCRtpCodecParameters => ({
    mimeType,
    payloadType: 96,
    clockRate: 90_000,
  });
  const sender = new StrictSender("");
  sender.codecs = [codec("video/VP8"), codec("video/VP9")];
  const wanted = { ...limits, codec: "video/VP9" };
  await keepToRule(sender, () => wanted);
  await keepToRule(sender, () => wanted);
  assertEquals([sender.writes, sender.encodings], [1, [
    { ...limits, codec: codec("video/VP9") } as RTCRtpEncodingParameters,
  ]]);
  await keepToRule(sender, () => ({ ...limits, codec: "video/AV1" }));
  assertEquals(sender.encodings, [limits], "what was not negotiated is the browser's to choose");
  await keepToRule(sender, () => wanted);
  await keepToRule(sender, () => limits);
  assertEquals(sender.encodings, [limits]);
  sender.refusesCodecs = true;
  await keepToRule(sender, () => ({ ...wanted, maxBitrate: 500_000 }));
  assertEquals(sender.encodings, [{ ...limits, maxBitrate: 500_000 }]);
});

Deno.test("a sender that is not negotiated yet waits for its next round", async () => {
  const sender = new StrictSender("detail");
  sender.encodings = [];
  await keepToRule(sender);
  assertEquals(sender.writes, 0);
  sender.encodings = [{ active: true }];
  await keepToRule(sender);
  assertEquals(sender.writes, 1);
});

Deno.test("a rule and a whole picture at once never leave a picture switched off or without its rule", async () => {
  const sender = new StrictSender("detail");
  await Promise.all([
    sendWholePicture([sender]),
    keepToRule(sender),
    sendWholePicture([sender]),
    keepToRule(sender),
  ]);
  assertEquals(sender.encodings, [{
    active: true,
    scaleResolutionDownBy: 1,
    maxBitrate: 2_500_000,
    maxFramerate: 15,
  }]);
  assertEquals(sender.writes, 5);
});
