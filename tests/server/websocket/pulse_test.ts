import { Pulse } from "../../../server/websocket/pulse.ts";
import { assertEquals, assertLessOrEqual } from "../../assert.ts";

/** A timer that a test moves on. */
class Steps {
  run: (() => void) | undefined;
  ms = 0;
  readonly repeat = (run: () => void, ms: number) => {
    [this.run, this.ms] = [run, ms];
    return () => void (this.run = undefined);
  };
}

Deno.test("every socket has one beat in each period, and no moment has all of them", () => {
  const steps = new Steps();
  const pulse = new Pulse({ everyMs: 10_000, parts: 10, repeat: steps.repeat });
  const beats = new Map<number, number>();
  let now = 0;
  let most = 0;
  const sockets = Array.from({ length: 100 }, (_, index) => ({
    beat: () => {
      beats.set(index, (beats.get(index) ?? 0) + 1);
      now++;
    },
  }));
  sockets.forEach((socket, index) => {
    pulse.add(socket);
    if (index % 10 === 9) steps.run?.();
  });
  assertEquals(steps.ms, 1_000);
  beats.clear();
  for (let second = 0; second < 30; second++) {
    now = 0;
    steps.run?.();
    most = Math.max(most, now);
  }
  assertEquals([...beats.values()], sockets.map(() => 3));
  assertLessOrEqual(most, 20);
  for (const socket of sockets) pulse.remove(socket);
});

Deno.test("a socket that is gone has no beat, and without sockets there is no timer", () => {
  const steps = new Steps();
  const pulse = new Pulse({ everyMs: 10, parts: 2, repeat: steps.repeat });
  let beats = 0;
  const socket = { beat: () => void beats++ };
  pulse.add(socket);
  assertEquals(beats, 0, "not at once");
  steps.run?.();
  steps.run?.();
  pulse.remove(socket);
  pulse.remove(socket);
  assertEquals([beats, steps.run], [1, undefined]);
});
