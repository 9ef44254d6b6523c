import { assertEquals } from "../../assert.ts";
import { JoinTiming } from "../../../app/enter/join_timing.ts";
import type { LinkState } from "../../../mesh/mod.ts";
import { VirtualClock } from "../../mesh/virtual_clock.ts";
import { peer } from "../call/fake_session.ts";

// Only whether there is one counts.
const track = {} as MediaStreamTrack;
const connected: LinkState = { kind: "connected" };

function scene() {
  const clock = new VirtualClock();
  clock.advance(400);
  const timing = new JoinTiming(() => clock.now());
  const after = (ms: number) => clock.advance(ms);
  const enter = () =>
    timing.follow({
      type: "state",
      state: { kind: "joined", room: "attic", selfId: "me", capacity: 8 },
    });
  const link = (state = connected) => timing.follow({ type: "link", peerId: "bob", link: state });
  const camera = (shown: MediaStreamTrack | null = track) =>
    timing.follow({ type: "track", peerId: "bob", slot: "camera", track: shown });
  const arrive = () => timing.follow({ type: "peer-joined", peer: peer("bob") });
  return { timing, after, enter, link, camera, arrive, stages: () => timing.stages.value };
}

Deno.test("each stage is counted from the one before it", () => {
  const { timing, after, enter, link, camera, arrive, stages } = scene();
  assertEquals(stages(), { page: 400 });
  after(5_000);
  timing.asked();
  after(30);
  arrive();
  after(2);
  enter();
  after(50);
  // Negotiated, but nothing has come over it yet.
  camera();
  link({ kind: "connecting" });
  after(100);
  link();
  after(70);
  timing.pictured();
  assertEquals(stages(), { page: 400, room: 32, link: 152, picture: 70 });
  after(9_000);
  link();
  enter();
  timing.pictured();
  assertEquals(stages(), { page: 400, room: 32, link: 152, picture: 70 }, "the first ones stay");
});

Deno.test("absent people and cameras that are off are not waited for", () => {
  const { timing, after, enter, link, camera, arrive, stages } = scene();
  timing.asked();
  after(20);
  enter();
  after(60_000);
  assertEquals(stages(), { page: 400, room: 20 });
  arrive();
  after(300);
  link();
  camera(null);
  after(60_000);
  camera();
  after(250);
  timing.pictured();
  assertEquals(stages(), { page: 400, room: 20, link: 300, picture: 250 });
});

Deno.test("the next join is counted anew", () => {
  const { timing, after, enter, link, camera, arrive, stages } = scene();
  timing.asked();
  arrive();
  enter();
  link();
  camera();
  timing.pictured();
  timing.asked();
  after(10);
  assertEquals(stages(), { page: 400 });
  timing.pictured();
  enter();
  assertEquals(stages(), { page: 400, room: 10 });
});
