/** Whatever two people do at the same time, both ends agree at last. */
import fc from "fast-check";
import { type Slot, slots } from "../../../mesh/events.ts";
import { assert, assertEquals, assertGreaterOrEqual } from "../../assert.ts";
import { assertProperty } from "../../seeds.ts";
import { LinkPair, type Side, type SideName } from "./link_pair.ts";
import { expectAgreement } from "./link_scenarios.ts";

type Step =
  | { readonly do: "turn"; readonly side: SideName; readonly slot: Slot; readonly on: boolean }
  | { readonly do: "deliver" | "task" | "restart" | "call" | "resend"; readonly side: SideName };

const side = fc.constantFrom<SideName>("a", "b");
const plain = (name: "deliver" | "task" | "restart" | "call" | "resend") =>
  fc.record({ do: fc.constant(name), side });
const turn = fc.record({
  do: fc.constant("turn" as const),
  side,
  slot: fc.constantFrom(...slots, "screen" as const),
  on: fc.boolean(),
});
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: turn },
    { weight: 10, arbitrary: plain("deliver") },
    { weight: 14, arbitrary: plain("task") },
    { weight: 2, arbitrary: plain("restart") },
    { weight: 1, arbitrary: plain("resend") },
  ),
  { minLength: 20, maxLength: 80, size: "max" },
);
const stepsWithNewConnections: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: turn },
    { weight: 10, arbitrary: plain("deliver") },
    { weight: 14, arbitrary: plain("task") },
    { weight: 2, arbitrary: plain("call") },
    { weight: 1, arbitrary: plain("restart") },
  ),
  { minLength: 10, maxLength: 60, size: "max" },
);

function carryOut(pair: LinkPair, step: Step): Promise<void> | void {
  const at: Side = pair[step.side];
  switch (step.do) {
    case "turn":
      return void at.turn(step.slot, step.on);
    case "deliver":
      return pair.deliver(at);
    case "task":
      return pair.step(at);
    case "restart":
      return at.fakes.at(-1)?.restartIce();
    case "call":
      return at.link.call();
    case "resend":
      return at.link.resume();
    default:
      step satisfies never;
  }
}

interface Script {
  /** Starts from an established link, or from the first call. */
  readonly established: boolean;
  readonly steps: readonly Step[];
}

async function play({ established, steps }: Script, reached: Record<string, number>) {
  const pair = new LinkPair();
  try {
    pair.a.link.call();
    if (established) await pair.settle();
    for (const step of steps) await carryOut(pair, step);
    await pair.settle();
    expectAgreement(pair);
    assertEquals(pair.a.link.state.kind, "connecting");
    reached.glares = (reached.glares ?? 0) + pair.glares;
    reached.rollbacks = (reached.rollbacks ?? 0) + pair.a.rollbacks + pair.b.rollbacks;
    reached.connections = (reached.connections ?? 0) + pair.a.fakes.length +
      pair.b.fakes.length;
    assertEquals(pair.b.rollbacks, 0, "only the polite side rolls back");
    const certificates = pair.a.otherConnections + pair.b.otherConnections;
    assertEquals(certificates, 0, "a connection meets one certificate only");
  } finally {
    pair.close();
  }
  assertEquals(pair.clock.waiting, 0, "no timer is left behind");
}

Deno.test("two ends agree after any interleaving of tracks, shares, restarts and signals", async () => {
  const reached: Record<string, number> = {};
  const script = fc.record({ established: fc.boolean(), steps });
  await assertProperty(fc.asyncProperty(script, (it) => play(it, reached)), { numRuns: 2_000 });
  assertGreaterOrEqual(reached.glares ?? 0, 1_000, JSON.stringify(reached));
  assertGreaterOrEqual(reached.rollbacks ?? 0, 200, JSON.stringify(reached));
});

Deno.test("two ends agree although either makes new connections in between", async () => {
  const reached: Record<string, number> = {};
  const script = fc.record({ established: fc.boolean(), steps: stepsWithNewConnections });
  await assertProperty(fc.asyncProperty(script, (it) => play(it, reached)), { numRuns: 2_000 });
  assert((reached.connections ?? 0) > 6_000, JSON.stringify(reached));
});
