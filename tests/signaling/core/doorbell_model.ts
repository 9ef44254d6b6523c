// What the worlds check of doorbells: invariant 22 of the core, and who a notice may let in.

import { assert, assertEquals, assertGreater } from "../../assert.ts";
import { doorbellLimits } from "../../../protocol/mod.ts";
import type { BellCommand, Effect, Input, Moment } from "../../../signaling/core/core_types.ts";
import type { CoreState } from "../../../signaling/core/state.ts";
import type { Reached } from "./reached.ts";

/** What is used of a world. */
interface RingingWorld {
  readonly core: CoreState;
  readonly reached: Reached;
  readonly letIns: (readonly [room: string, token: string])[];
  step(input: Input): Effect[];
  moment(): Moment;
}

/** A subscription; each number has one of its own. */
export const bell = (number: number) => ({
  endpoint: `https://push.example/${number}`,
  p256dh: "key",
  auth: "secret",
});

/** Checks a ring against the state after its step. */
export function checkRing(world: RingingWorld, { room, ring }: Effect & { kind: "ring" }): void {
  const { core } = world;
  const owners = core.rooms.get(room)?.owners ?? [];
  assertEquals(owners.length, 0, "rang though an owner was there");
  assertGreater(ring.bells.length, 0);
  assert(ring.bells.length <= doorbellLimits.perRoom, "more bells than a room may have");
  if (core.rooms.get(room)?.door !== undefined) assertEquals(ring.name, "", "a name was told");
  world.reached.rings++;
  if (ring.letIn !== undefined) world.letIns.push([room, ring.letIn]);
}

/** Gives a command of an owner who is away, or of a notice; checks what it has changed. */
export function order(
  world: RingingWorld,
  { room, command }: { room: string; command: BellCommand },
) {
  const waiting = waitingIn(world.core, room);
  world.step({ kind: "command", room, command, ...world.moment() });
  if (command.does !== "let-in") return;
  const left = waiting - waitingIn(world.core, room);
  assert(left <= 1, "a token has let more than one in");
  if (left === 0) return;
  world.reached.letIn++;
  const again = waitingIn(world.core, room);
  world.step({ kind: "command", room, command, ...world.moment() });
  assertEquals(waitingIn(world.core, room), again, "a token works once");
}

function waitingIn(core: CoreState, room: string): number {
  return core.waiting.in(room).length;
}
