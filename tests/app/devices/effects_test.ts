import { MediaStore } from "../../../app/devices/media_store.ts";
import { PreferenceBook } from "../../../app/ui/preferences.ts";
import { LocalMedia } from "../../../mesh/media/local_media.ts";
import { assertEquals } from "../../assert.ts";
import { FakeDevices } from "../../mesh/media/fake_devices.ts";

Deno.test("a device that starts again by itself gets what the person wants by then", async () => {
  const devices = new FakeDevices();
  devices.plug("videoinput", "cam-1");
  devices.plug("videoinput", "cam-2");
  const book = new PreferenceBook(undefined);
  const media = new LocalMedia({ mediaDevices: devices, secure: true });
  const silence = { watchLevel: () => () => {}, after: () => () => {} };
  const store = new MediaStore(media, { book, ...silence });
  const turned = { blur: "off", turns: [{ deviceId: "other", turn: 90 }] };
  book.change({ effects: { camera: turned } });
  await store.start("camera");
  // What is wanted has changed without another start; nothing blurs here, so it shows nothing.
  book.change({ effects: { camera: { ...turned, blur: "light" } } });
  const { promise, resolve } = Promise.withResolvers<void>();
  media.subscribe((event) => {
    if (event.type === "source" && event.state.kind === "on") resolve();
  });
  devices.unplug("cam-1");
  await promise;
  const state = media.camera;
  assertEquals(state.kind === "on" && [state.deviceId, state.track.enabled], ["cam-2", false]);
  store.close();
});
