import { keepToRule, type RuledSender } from "../../mesh/sender_rules.ts";
import { sendWholePicture } from "../../mesh/whole_picture.ts";
import { assertEquals } from "../assert.ts";

/** As webrtc-pc 5.2 has it: parameters are written only as they were last read, and once. */
class StrictSender implements RuledSender {
  readonly track: { kind: string; contentHint: string };
  encodings: RTCRtpEncodingParameters[] = [{ active: true }];
  preference: RTCDegradationPreference | undefined;
  writes = 0;
  #read: RTCRtpSendParameters | undefined;

  constructor(contentHint: string) {
    this.track = { kind: "video", contentHint };
  }

  getParameters(): RTCRtpSendParameters {
    return this.#read = {
      transactionId: "1",
      codecs: [],
      headerExtensions: [],
      rtcp: {},
      encodings: this.encodings.map((encoding) => ({ ...encoding })),
    };
  }

  async setParameters(parameters: RTCRtpSendParameters): Promise<void> {
    if (parameters !== this.#read) throw new DOMException("read it first", "InvalidStateError");
    await Promise.resolve();
    this.#read = undefined;
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

Deno.test("a rule that holds already is not written again; another one is", async () => {
  const sender = new StrictSender("detail");
  await keepToRule(sender);
  await keepToRule(sender);
  assertEquals(sender.writes, 1);
  sender.track.contentHint = "motion";
  await keepToRule(sender);
  assertEquals([sender.writes, sender.encodings[0]?.maxFramerate], [2, 30]);
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
