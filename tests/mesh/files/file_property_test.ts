/**
 * Whatever happens to the link, the disks and the two people: in the end the file is complete, or
 * nothing of it is kept, and both sides have the reason.
 */
import fc from "fast-check";
import { fileLimits } from "../../../mesh/files/file_message.ts";
import { isOver, type TransferState } from "../../../mesh/files/transfer.ts";
import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "../../assert.ts";
import { assertProperty } from "../../seeds.ts";
import { type FilePerson, FileWorld, paperSource } from "./file_world.ts";

const acts = [
  "carry",
  "accept",
  "cut",
  "mend",
  "pass",
  "decline",
  "cancel",
  "reload",
  "full",
  "stall",
  "flow",
] as const;
type Act = (typeof acts)[number];

const weights: Record<Act, number> = {
  carry: 40,
  accept: 14,
  cut: 2,
  mend: 4,
  pass: 3,
  decline: 1,
  cancel: 0.6,
  reload: 0.3,
  full: 1,
  stall: 2,
  flow: 3,
};

const step = fc.oneof(...acts.map((act) => ({
  weight: weights[act] * 10,
  arbitrary: fc.record({ act: fc.constant(act), who: fc.boolean(), count: fc.nat(120) }),
})));

const script = fc.record({
  size: fc.oneof(
    { weight: 1, arbitrary: fc.nat(3) },
    { weight: 1, arbitrary: fc.constantFrom(fileLimits.blockBytes, 16 * 1024) },
    { weight: 6, arbitrary: fc.integer({ min: 1_000_000, max: 5_000_000 }) },
  ),
  /** Bob accepts every offer. */
  prompt: fc.boolean(),
  messageBytes: fc.constantFrom(8_000, 16 * 1024, 65_536),
  steps: fc.array(step, { minLength: 30, maxLength: 120, size: "max" }),
});

const reached = { done: 0, cancelled: 0, declined: 0, failed: 0, cuts: 0, resumed: 0 };

function answer(person: FilePerson, act: "accept" | "decline" | "cancel"): void {
  for (const transfer of person.transfers.values()) person.exchange[act](transfer);
}

async function carryOut(
  world: FileWorld,
  { act, who, count }: { act: Act; who: boolean; count: number },
): Promise<void> {
  const person = who ? world.ann : world.bob;
  switch (act) {
    case "carry":
      return void await world.carry(count >> 2);
    case "accept":
    case "decline":
      return answer(world.bob, act);
    case "cancel":
      return answer(person, act);
    case "cut":
      reached.cuts++;
      return world.cut();
    case "mend":
      return world.mend();
    case "pass":
      return world.clock.advance(count * 30);
    case "full":
      world.bob.storage.room = count * 40_000;
      return;
    case "stall":
      return world.bob.storage.stall();
    case "flow":
      return world.bob.storage.flow();
    case "reload":
      world.bob.exchange.close();
      world.cut();
      world.bob.newExchange(world.clock);
      return;
    default:
      return act satisfies never;
  }
}

/** Last messages can cross or be lost, but an incomplete file is never `done` on either side. */
function agree(ann: TransferState, bob: TransferState): boolean {
  if (ann.kind === bob.kind) return true;
  if (bob.kind === "done") return isOwn(ann);
  return ann.kind !== "done" && isOwn(bob) && isOwn(ann);
}

/** Whether this side ended it, and not a message of the other side. */
function isOwn(state: TransferState): boolean {
  switch (state.kind) {
    case "cancelled":
      return state.by === "self";
    case "failed":
      return state.by === "self" || state.reason === "lost";
    default:
      return state.kind === "declined";
  }
}

function hasPart(state: TransferState): boolean {
  return state.kind === "paused" && state.bytes > 0;
}

/** No more faults: the link holds, every offer is accepted, and time passes. */
async function comeToAnEnd(world: FileWorld): Promise<void> {
  world.bob.storage.flow();
  for (let round = 0; round < 12; round++) {
    world.mend();
    await world.settle();
    answer(world.bob, "accept");
    await world.settle();
    world.clock.advance(20_000);
  }
  await world.settle();
}

Deno.test("a link that is lost after any message, and again, loses no byte", async () => {
  const source = paperSource(5 * fileLimits.blockBytes / 4);
  // 40 messages with bytes, and a few others before and after them.
  for (let at = 1; at < 50; at++) {
    const world = new FileWorld();
    world.ann.exchange.offer(source, ["bob"]);
    await world.settle();
    answer(world.bob, "accept");
    // The link is lost after `at` messages, and again after as many.
    for (let round = 0; round < 2; round++) {
      for (let carried = 0; carried < at; carried++) await world.carry(1);
      world.cut();
      world.mend();
    }
    await world.settle();
    assertEquals([world.ann.state.kind, world.bob.state.kind], ["done", "done"], `after ${at}`);
    assertEquals(world.bob.bytes, source.content);
    world.close();
  }
});

Deno.test("random scripts of losses, decisions and full disks", async () => {
  await assertProperty(
    fc.asyncProperty(script, async ({ size, messageBytes, prompt, steps }) => {
      const world = new FileWorld();
      world.messageBytes = messageBytes;
      const source = paperSource(size);
      world.ann.exchange.offer(source, ["bob"]);
      if (prompt) {
        await world.settle();
        answer(world.bob, "accept");
      }
      for (const step of steps) {
        await carryOut(world, step);
        const accepted = [...world.bob.former, ...world.bob.storage.sinks].length > 0;
        const sent = world.pairs.reduce((sum, [one]) => sum + one.bytesSent, 0);
        assert(accepted || sent === 0, "no byte moves before somebody has accepted");
        for (const [one] of world.pairs) assertLessOrEqual(one.bufferedAmount, 1_200_000);
      }
      await comeToAnEnd(world);

      const { state } = world.ann;
      assert(isOver(state), `Ann's transfer is over, not ${state.kind}`);
      for (const transfer of world.bob.transfers.values()) {
        assert(agree(state, transfer.state), `${JSON.stringify([state, transfer.state])}`);
      }
      const { former, storage: { sinks } } = world.bob;
      const whole = sinks.filter(({ finished, discarded }) => finished && !discarded);
      const bobs = [...world.bob.transfers.values()].filter((each) => each.state.kind === "done");
      assertEquals(whole.length, bobs.length);
      assert(
        [...former, ...sinks].every(({ finished, discarded }) => finished || discarded),
        "nothing half is kept",
      );
      if (bobs.length > 0) assertEquals(world.bob.bytes, source.content);
      reached[state.kind]++;
      if (state.kind !== "done") return world.close();
      reached.resumed += world.bob.states.some(hasPart) ? 1 : 0;
      world.close();
      assertEquals(world.clock.waiting, 0, "no timer is left");
    }),
    { numRuns: 200, usual: 20 },
  );
  assertGreaterOrEqual(reached.done, 60);
  assertGreaterOrEqual(reached.resumed, 12);
  assertGreaterOrEqual(reached.cuts, 100);
  assertGreaterOrEqual(Math.min(reached.cancelled, reached.declined, reached.failed), 3);
});
