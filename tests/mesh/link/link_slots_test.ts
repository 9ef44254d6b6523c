import type { Slot } from "../../../mesh/events.ts";
import { LinkSlots } from "../../../mesh/link/slots.ts";
import { assertEquals } from "../../assert.ts";
import { FakeConnection } from "./fake_connection.ts";
import { fakeStream, FakeTrack } from "./fake_track.ts";

Deno.test("a screen never takes over a camera's sender that has not sent yet", () => {
  const fake = new FakeConnection();
  const wanted = new Map<Slot, MediaStreamTrack | null>();
  const linkSlots = new LinkSlots({
    connection: fake.asReal,
    wanted,
    rules: new Map(),
    createStream: () => fakeStream(),
    reusable: true,
  });
  linkSlots.prepare();
  const screen = new FakeTrack("video");
  wanted.set("screen", screen);
  linkSlots.settle();
  assertEquals(fake.getTransceivers().map(({ kind, sender }) => [kind, sender.track]), [
    ["audio", null],
    ["video", null],
    ["video", screen],
  ]);
});
