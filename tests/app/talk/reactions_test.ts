import { signal } from "@preact/signals-core";
import { assert, assertEquals } from "../../assert.ts";
import { limits, serverLimits } from "../../../protocol/mod.ts";
import { ownPace, Reactions, shownMs } from "../../../app/talk/reactions.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";

function scene() {
  const clock = new VirtualClock();
  const sent: string[] = [];
  let reachable = true;
  const reactions = new Reactions({
    send: (reaction) => {
      if (reachable) sent.push(reaction);
      return reachable;
    },
    after: (ms, callback) => clock.after(ms, callback),
    now: () => clock.now(),
    signal,
  });
  const shown = () => reactions.shown.value.map(({ peerId, reaction }) => `${peerId}: ${reaction}`);
  return { clock, sent, reactions, shown, setReachable: (is: boolean) => void (reachable = is) };
}

Deno.test("a reaction is shown once for four seconds", () => {
  const { clock, reactions, shown } = scene();
  reactions.receive({ peerId: "ana", reaction: "heart" });
  clock.advance(1_000);
  reactions.receive({ peerId: "ana", reaction: "heart" });
  assertEquals(shown(), ["ana: heart", "ana: heart"]);
  clock.advance(shownMs - 1_000);
  assertEquals(shown(), ["ana: heart"]);
  clock.advance(1_000);
  assertEquals([shown(), clock.waiting], [[], 0]);
});

Deno.test("one tile shows three at most, and one person's do not displace another's", () => {
  const { reactions, shown } = scene();
  reactions.receive({ peerId: "ken", reaction: "surprise" });
  for (const reaction of ["heart", "laughter", "applause", "celebration"] as const) {
    reactions.receive({ peerId: "ana", reaction });
  }
  assertEquals(shown(), [
    "ken: surprise",
    "ana: laughter",
    "ana: applause",
    "ana: celebration",
  ]);
});

Deno.test("what one sends is shown when the server tells of it, and stays within its rate", () => {
  const { clock, sent, reactions, shown } = scene();
  const burst = Array.from({ length: 20 }, () => reactions.send("applause"));
  assertEquals(burst.filter((isSent) => isSent).length, ownPace.most);
  assertEquals(shown(), []);
  clock.advance(ownPace.withinMs);
  assert(reactions.send("applause"));
  assertEquals(sent.length, ownPace.most + 1);
});

Deno.test("the own rate never reaches the server's limit, however long a person applauds", () => {
  const { clock, sent, reactions } = scene();
  let tokens: number = limits.reactionBurst;
  for (let ms = 0; ms < 60_000; ms += 100) {
    const before = sent.length;
    reactions.send("applause");
    tokens = Math.min(limits.reactionBurst, tokens + 0.1 * serverLimits.reactionPerSecond);
    tokens -= sent.length - before;
    assert(tokens >= 0, `too many after ${ms} ms`);
    clock.advance(100);
  }
});

Deno.test("without a connection, nothing counts", () => {
  const { reactions, setReachable } = scene();
  setReachable(false);
  for (let time = 0; time < 10; time++) assert(!reactions.send("heart"));
  setReachable(true);
  assert(reactions.send("heart"));
});
