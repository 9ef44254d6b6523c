import { signal } from "@preact/signals-core";
import { NoiseStore, wantsVoiceOnly } from "../../../app/devices/noise/noise_store.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import type { SourceState } from "../../../mesh/mod.ts";
import { assert, assertEquals } from "../../assert.ts";
import { FakeTrack } from "../../mesh/link/fake_track.ts";

/** A call with a microphone that is on. Deno has no AudioContext, so the filter cannot run. */
function scene() {
  const book = new PreferenceBook(undefined);
  const strained = signal(false);
  const source = signal<SourceState>({
    kind: "on",
    track: new FakeTrack("audio"),
    deviceId: "mic",
  });
  let starts = 0;
  const call = {
    book,
    room: { strained },
    media: {
      source: () => source,
      start() {
        starts++;
        return Promise.resolve();
      },
    },
  };
  const store = new NoiseStore();
  return { store, call, book, strained, source, starts: () => starts };
}

Deno.test("turning it on turns the browser's own off for that microphone, and opens it anew", async () => {
  const { store, call, book, source, starts } = scene();
  await store.turn(call, true);
  assert(wantsVoiceOnly(book.current.value));
  assertEquals(
    Reflect.get(Object(book.current.value.effects.microphone), "noiseSuppression"),
    false,
  );
  assertEquals(book.current.value.processing.noiseSuppression, true, "for the next time");
  assertEquals(starts(), 1);
  await store.turn(call, false);
  assertEquals([wantsVoiceOnly(book.current.value), starts()], [false, 2]);
  source.value = { kind: "off" };
  await store.turn(call, true);
  assertEquals(starts(), 2, "a microphone that is off stays off");
});

Deno.test("other effects stay when it is turned on and off", async () => {
  const { store, call, book } = scene();
  book.change({ effects: { camera: { blur: "light" } } });
  await store.turn(call, true);
  await store.turn(call, false);
  assertEquals(book.current.value.effects, { camera: { blur: "light" } });
});

Deno.test("it is turned off with a word when the machine is strained, until the person turns it on", async () => {
  const { store, call, book, strained } = scene();
  const unfollow = store.follow(call);
  await store.turn(call, true);
  strained.value = true;
  assertEquals([store.givenUp.value, wantsVoiceOnly(book.current.value)], ["strained", false]);
  await store.turn(call, true);
  assertEquals([store.givenUp.value, wantsVoiceOnly(book.current.value)], [undefined, true]);
  strained.value = false;
  strained.value = true;
  assertEquals(store.givenUp.value, "strained", "strained once more");
  store.dismiss();
  assertEquals(store.givenUp.value, undefined);
  unfollow();
});

Deno.test("what is off is not turned off by strain, and nothing is said", () => {
  const { store, call, strained, starts } = scene();
  const unfollow = store.follow(call);
  strained.value = true;
  assertEquals([store.givenUp.value, starts()], [undefined, 0]);
  unfollow();
});

Deno.test("a device that ends while it is being opened is told to those who listen then", async () => {
  const { store } = scene();
  const device = new FakeTrack("audio");
  const processing = store.process(device);
  device.end();
  const track = await processing;
  await new Promise((resolve) => track.addEventListener("ended", resolve));
});

Deno.test("a browser that cannot do it gets the device's own track, and the person a word", async () => {
  const { store, call, book } = scene();
  const unfollow = store.follow(call);
  await store.turn(call, true);
  const device = new FakeTrack("audio");
  assertEquals(await store.process(device), device);
  assertEquals(device.readyState, "live");
  assertEquals([store.givenUp.value, wantsVoiceOnly(book.current.value)], ["impossible", false]);
  unfollow();
});
