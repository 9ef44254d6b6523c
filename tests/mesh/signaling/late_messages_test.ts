import { assertEquals } from "../../assert.ts";
import { LateMessages } from "../../../mesh/signaling/late_messages.ts";
import { readFrames } from "../../../mesh/signaling/late_reader.ts";
import { RoomOwners } from "../../../mesh/signaling/room_owners.ts";
import type { OwnershipUpdate } from "../../../protocol/mod.ts";

Deno.test("those about owners go to the owners' part, and unknown types nowhere", () => {
  const owners = new RoomOwners();
  const heard: OwnershipUpdate[] = [];
  owners.subscribe((message) => heard.push(message));
  const late = new LateMessages(owners);
  late.receive(`{"type":"tomorrow"}`, `{"type":"mute-request","from":"bob"}`, "{");
  late.receive(`{"type":"invites","invites":[]}`);
  readFrames(late);
  assertEquals(heard, [{ type: "mute-request", from: "bob" }, { type: "invites", invites: [] }]);
  assertEquals(late.frames, []);
});
