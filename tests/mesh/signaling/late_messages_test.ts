import { assertEquals } from "../../assert.ts";
import { LateMessages } from "../../../mesh/signaling/late_messages.ts";
import { heldMost, readFrames } from "../../../mesh/signaling/late_reader.ts";

Deno.test("frames are held for the first listener, up to a bound, and then read", () => {
  const late = new LateMessages();
  for (let n = 0; n < heldMost + 5; n++) late.receive(`{"type":"tomorrow","n":${n}}`);
  readFrames(late);
  assertEquals(late.frames.length, heldMost);
  const heard: unknown[] = [];
  late.subscribe((message) => heard.push(message));
  readFrames(late);
  assertEquals([late.frames.length, heard], [0, []], "a type of tomorrow is no message");
});
