import { assertEquals } from "../../assert.ts";
import { serverLimits } from "../../../protocol/mod.ts";
import { step } from "../../../signaling/core/core.ts";
import { CoreState } from "../../../signaling/core/state.ts";
import { coreOptions } from "./core_options.ts";

Deno.test("new rooms per address are limited, joining a room that exists is not", () => {
  const core = new CoreState(coreOptions());
  let now = 0;
  const connect = (socketId: number, address: string | undefined) =>
    step(core, { kind: "connect", socketId, peerId: `p${socketId}`, address, now, at: now });
  const join = (socketId: number, room: string) => {
    const message = { type: "join", room, name: "Ann" } as const;
    step(core, { kind: "message", socketId, dialect: "parley", message, now, at: now });
    return core.members(room).includes(`p${socketId}`);
  };
  connect(0, "192.0.2.1");
  connect(1, "192.0.2.1");
  connect(2, "192.0.2.2");
  connect(3, undefined);
  for (let n = 0; n < serverLimits.roomsBurst; n++) assertEquals(join(0, `room-${n}`), true);
  assertEquals(join(1, "one-more"), false);
  assertEquals(join(1, "room-4"), true, "the room exists");
  assertEquals(join(2, "elsewhere"), true, "another address has its own count");
  for (let n = 0; n < 20; n++) assertEquals(join(3, `free-${n}`), true, "nobody counts this one");
  now += 60_000 / serverLimits.roomsPerMinute;
  assertEquals(join(1, "one-more"), true, "one more each twelve seconds");
});
