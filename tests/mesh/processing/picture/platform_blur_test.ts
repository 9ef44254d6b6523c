// The blur that a camera or its system offers, as W3C's extensions of Media Capture describe it.

import { assertEquals } from "../../../assert.ts";
import {
  blurByPlatform,
  isPlatformBlurred,
} from "../../../../mesh/processing/picture/platform_blur.ts";
import { FakeTrack } from "../../link/fake_track.ts";

/** A camera's track. `offered`: the capability; `obeys`: whether the constraint has an effect. */
class BlurringTrack extends FakeTrack {
  readonly applied: unknown[] = [];
  readonly #offered: unknown;
  readonly #obeys: boolean;
  #blurred = false;

  constructor({ offered, obeys = true }: { offered: unknown; obeys?: boolean }) {
    super("video");
    this.#offered = offered;
    this.#obeys = obeys;
  }

  override getCapabilities(): MediaTrackCapabilities {
    const capabilities: object = { backgroundBlur: this.#offered };
    return capabilities;
  }

  override getConstraints(): MediaTrackConstraints {
    return { width: 1280 };
  }

  override getSettings(): MediaTrackSettings {
    const settings: object = { deviceId: "camera", backgroundBlur: this.#blurred };
    return settings;
  }

  override applyConstraints(constraints: MediaTrackConstraints = {}): Promise<void> {
    this.applied.push(constraints);
    const wanted: { exact?: boolean } = Object(Reflect.get(constraints, "backgroundBlur"));
    if (this.#obeys) this.#blurred = wanted.exact === true;
    return Promise.resolve();
  }
}

Deno.test("a camera that can blur is told to, and keeps its other constraints", async () => {
  const track = new BlurringTrack({ offered: [false, true] });
  assertEquals(await blurByPlatform(track), true);
  assertEquals(track.applied, [{ width: 1280, backgroundBlur: { exact: true } }]);
  assertEquals(isPlatformBlurred(track), true);
});

Deno.test("a camera that cannot blur, or does not although told to, does not count as blurred", async () => {
  for (const offered of [undefined, [false], "true"]) {
    const track = new BlurringTrack({ offered });
    assertEquals(await blurByPlatform(track), false);
    assertEquals(track.applied, []);
  }
  const stubborn = new BlurringTrack({ offered: [false, true], obeys: false });
  assertEquals(await blurByPlatform(stubborn), false);
});
