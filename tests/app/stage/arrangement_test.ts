import { assert, assertEquals } from "../../assert.ts";
import { arrange, seating, type Seats } from "../../../app/stage/arrangement.ts";
import { desktop, phone, seatOf, tiles } from "./stage_tiles.ts";

function inRoom(peers: number, size: { width: number; height: number }): Seats {
  return arrange(tiles(peers, "self"), size);
}

Deno.test("before anything else is loaded every person has one seat, for any number and window", () => {
  for (const size of [desktop, phone, { width: 796, height: 1096 }, { width: 360, height: 76 }]) {
    for (let peers = 0; peers < 16; peers++) {
      const seats = inRoom(peers, size);
      assertEquals([...seats.keys()].sort(), tiles(peers, "self").map(({ key }) => key).sort());
      for (const { width, height } of seats.values()) assert(width > 0 && height > 0);
    }
  }
});

Deno.test("of two, the other fills the stage and self is an inset of 280 × 158", () => {
  const seats = inRoom(1, desktop);
  assertEquals(seatOf(seats, "peer-0"), { x: 0, y: 0, ...desktop, inset: false });
  const { width, height, inset } = seatOf(seats, "self");
  assertEquals({ width, height, inset }, { width: 280, height: 158, inset: true });
});

Deno.test("the inset lies in the corner that was chosen", () => {
  const [peer, self] = tiles(1, "self");
  assert(peer !== undefined && self !== undefined);
  const area = { x: 0, y: 0, ...desktop };
  const places = [[true, true], [true, false], [false, true], [false, false]].map(([top, left]) => {
    assert(top !== undefined && left !== undefined);
    const { x, y } = seatOf(seating.seatPair([peer, self], area, { top, left }), "self");
    return [x, y];
  });
  const [right, low] = [1416 - 280 - 12, 804 - 158 - 12];
  assertEquals(places, [[12, 12], [right, 12], [12, low], [right, low]]);
});

Deno.test("portrait phones use two columns over the whole height, the odd last one across", () => {
  const seats = inRoom(2, phone);
  assertEquals(seatOf(seats, "peer-0").width, 168);
  assertEquals(seatOf(seats, "self").width, phone.width);
  assertEquals(seatOf(seats, "self").y + seatOf(seats, "self").height, phone.height);
});

Deno.test("seats follow the given order and do not depend on who speaks", () => {
  const seats = inRoom(4, desktop);
  const inOrder = ["peer-0", "peer-1", "peer-2", "peer-3", "self"].map((key) => seatOf(seats, key));
  const sorted = [...inOrder].sort((a, b) => a.y - b.y || a.x - b.x);
  assertEquals(inOrder, sorted);
});
