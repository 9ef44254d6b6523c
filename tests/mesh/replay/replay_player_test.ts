import { ReplayPlayer } from "../../../mesh/replay/replay_player.ts";
import { assertEquals } from "../../assert.ts";
import { VirtualClock } from "../virtual_clock.ts";

class RunningContext {
  readonly state = "running";
  readonly currentTime = 0;
  resume = () => Promise.resolve();
  close = () => Promise.resolve();
  createMediaStreamDestination = () => ({ stream: null });
}

/** Its play() never settles. */
class HangingAudio {
  srcObject = null;
  play = () => new Promise<void>(() => {});
}

Deno.test("a replay that never begins to play ends, so that live voices are heard again", () => {
  Object.assign(globalThis, { AudioContext: RunningContext, Audio: HangingAudio });
  const clock = new VirtualClock();
  const left: (number | undefined)[] = [];
  const player = new ReplayPlayer({
    clock,
    holes: [{ peerId: "ann", from: 0 }],
    openChannel: () => undefined,
    gainOf: () => 1,
    speakerId: "",
    onLeft: (ms) => left.push(ms),
  });
  assertEquals(player.hears("ann"), false);
  clock.advance(120_000);
  assertEquals([left, clock.waiting], [[undefined], 0]);
  Reflect.deleteProperty(globalThis, "AudioContext");
  Reflect.deleteProperty(globalThis, "Audio");
});
