import { type Comparing, NoiseTrial } from "../../../app/devices/noise/noise_trial.ts";
import { assertEquals } from "../../assert.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";

/** Has nothing that the filter needs. */
class BareContext {
  close(): Promise<void> {
    return Promise.resolve();
  }
}

class SilentAudio {
  srcObject = null;
  pause(): void {}
}

Deno.test("a comparison where noise cannot be removed says so, and leaves no microphone on", async () => {
  Object.assign(globalThis, { AudioContext: BareContext, Audio: SilentAudio });
  const microphone = new FakeTrack("audio");
  const last = await new Promise<Comparing>((resolve) => {
    const onChange = (comparing: Comparing) => {
      if (comparing.kind !== "recording") resolve(comparing);
    };
    new NoiseTrial({ microphone, speakerId: "", onChange });
  });
  assertEquals(last.kind, "failed");
  assertEquals(microphone.readyState, "live");
  assertEquals(microphone.clones.filter(({ readyState }) => readyState === "live"), []);
  Reflect.deleteProperty(globalThis, "AudioContext");
  Reflect.deleteProperty(globalThis, "Audio");
});
