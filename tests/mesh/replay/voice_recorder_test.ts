import "../../../mesh/replay/voice_worklet.ts";
import { VoiceRecorder } from "../../../mesh/replay/voice_recorder.ts";
import { VoiceRing } from "../../../mesh/replay/voice_ring.ts";
import { assertEquals } from "../../assert.ts";
import { FakeTrack } from "../link/fake_track.ts";
import { VirtualClock } from "../virtual_clock.ts";

Deno.test("a recorder that is closed while its code loads opens no sound context", async () => {
  let opened = 0;
  class CountedContext {
    constructor() {
      opened++;
    }
  }
  Object.assign(globalThis, { AudioContext: CountedContext });
  const recorder = new VoiceRecorder({ ring: new VoiceRing(), clock: new VirtualClock() });
  const following = recorder.follow(new FakeTrack("audio"));
  recorder.close();
  await following;
  assertEquals(opened, 0);
  Reflect.deleteProperty(globalThis, "AudioContext");
});
