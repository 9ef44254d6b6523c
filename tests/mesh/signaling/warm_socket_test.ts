import { assert, assertEquals } from "../../assert.ts";
import { WarmSocket } from "../../../mesh/signaling/warm_socket.ts";
import { limits, subprotocols } from "../../../protocol/mod.ts";
import { FakeSockets } from "./fake_socket.ts";
import { VirtualClock } from "../virtual_clock.ts";

const url = "ws://parley/ws";

function scene() {
  const clock = new VirtualClock();
  const sockets = new FakeSockets();
  const warm = new WarmSocket(clock, sockets.open);
  const heat = () => warm.warm(url);
  const take = () => warm.take(url, subprotocols);
  return { clock, sockets, warm, heat, take };
}

Deno.test("the socket that waits is handed over once, open or about to be", () => {
  for (const open of [true, false]) {
    const { clock, sockets, heat, take } = scene();
    heat();
    heat();
    assertEquals(sockets.all.length, 1, "one is enough");
    const [waiting] = sockets.all;
    if (open) waiting?.open();
    assert(take() === waiting?.asReal);
    assertEquals(clock.waiting, 0);
    clock.advance(60_000);
    assertEquals(waiting?.closedWith, undefined, "it belongs to who took it");
    assert(take() !== waiting?.asReal);
    assertEquals(sockets.all.length, 2);
  }
});

Deno.test("one that the server would soon close is closed before, and another opened when asked", () => {
  const { clock, sockets, heat, take } = scene();
  heat();
  const [first] = sockets.all;
  first?.open();
  clock.advance(limits.firstMessageMs - 1_000);
  assertEquals(first?.closedWith, 1005);
  heat();
  assertEquals(sockets.all.length, 2);
  assert(take() === sockets.last.asReal);
});

Deno.test("one that closed, leads elsewhere or slept with the machine is not handed over", () => {
  const spoil: ((one: ReturnType<typeof scene>) => void)[] = [
    ({ sockets }) => sockets.last.end(1006),
    ({ clock }) => clock.jump(60_000),
  ];
  for (const happen of spoil) {
    const one = scene();
    one.heat();
    one.sockets.last.open();
    const [waiting] = one.sockets.all;
    happen(one);
    assert(one.take() !== waiting?.asReal);
    assertEquals(one.clock.waiting, 0);
  }
  const { sockets, warm } = scene();
  warm.warm("ws://elsewhere/ws");
  warm.take(url, subprotocols);
  assertEquals(sockets.urls, ["ws://elsewhere/ws", url]);
});

Deno.test("who never joins costs few sockets, and a browser that opens none is no trouble", () => {
  const { clock, sockets, heat, take } = scene();
  for (let times = 0; times < 100; times++) {
    heat();
    clock.advance(limits.firstMessageMs);
  }
  assertEquals(sockets.all.length, 6);
  take();
  assertEquals(sockets.all.length, 7, "a join is served all the same");

  const blocked = new WarmSocket(clock, () => {
    throw new DOMException("blocked", "SecurityError");
  });
  blocked.warm(url);
  assertEquals(clock.waiting, 0);
});
