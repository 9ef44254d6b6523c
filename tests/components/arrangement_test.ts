import { assert, assertEquals } from "../assert.ts";
import { arrange, type Seat, type Seated, type TileKind } from "../../components/arrangement.ts";

const desktop = { width: 1416, height: 804 };
const phone = { width: 344, height: 596 };

function tiles(peers: number, ...others: TileKind[]): Seated[] {
  const people = Array.from({ length: peers }, (_, index): Seated => ({
    key: `peer-${index}`,
    kind: "peer",
  }));
  return [...people, ...others.map((kind): Seated => ({ key: kind, kind }))];
}

function seatOf(seats: Map<string, Seat>, key: string): Seat {
  const seat = seats.get(key);
  assert(seat !== undefined, `${key} has no seat`);
  return seat;
}

Deno.test("everybody gets exactly one seat, whatever the number, the window and what is shared", () => {
  const sizes = [desktop, phone, { width: 796, height: 1096 }, { width: 360, height: 76 }];
  for (const size of sizes) {
    for (let peers = 0; peers < 16; peers++) {
      for (const others of [["self"], ["screen", "self"]] as const) {
        const seated = tiles(peers, ...others);
        const seats = arrange(seated, size);
        assertEquals([...seats.keys()].sort(), seated.map(({ key }) => key).sort());
        for (const { width, height } of seats.values()) assert(width > 0 && height > 0);
      }
    }
  }
});

Deno.test("one alone shares the stage with the invitation, at equal height", () => {
  const seats = arrange(tiles(0, "self", "invitation"), desktop);
  const [self, invitation] = [seatOf(seats, "self"), seatOf(seats, "invitation")];
  assertEquals(self.height, invitation.height);
  assertEquals(self.y, invitation.y);
  assert(self.x + self.width < invitation.x);
});

Deno.test("on a phone the invitation lies below", () => {
  const seats = arrange(tiles(0, "self", "invitation"), phone);
  const [self, invitation] = [seatOf(seats, "self"), seatOf(seats, "invitation")];
  assert(self.y + self.height < invitation.y);
  assert(invitation.y + invitation.height <= phone.height);
});

Deno.test("of two, the other fills the stage and self is an inset of 280 × 158", () => {
  const seats = arrange(tiles(1, "self"), desktop);
  assertEquals(seatOf(seats, "peer-0"), { x: 0, y: 0, ...desktop, inset: false });
  const { width, height, inset } = seatOf(seats, "self");
  assertEquals({ width, height, inset }, { width: 280, height: 158, inset: true });
});

Deno.test("portrait phones use two columns over the whole height, the odd last one across", () => {
  const seats = arrange(tiles(2, "self"), phone);
  assertEquals(seatOf(seats, "peer-0").width, 168);
  assertEquals(seatOf(seats, "self").width, phone.width);
  assertEquals(seatOf(seats, "self").y + seatOf(seats, "self").height, phone.height);
});

Deno.test("a screen takes the stage and cameras a strip of 216 at its right", () => {
  const seats = arrange(tiles(4, "screen", "self"), desktop);
  assertEquals(seatOf(seats, "screen").width, 1416 - 216 - 12);
  for (const key of ["peer-0", "peer-3", "self"]) {
    assert(seatOf(seats, key).x >= 1416 - 216, `${key} is in the strip`);
  }
});

Deno.test("in a portrait window the cameras go below the screen", () => {
  const seats = arrange(tiles(1, "screen", "self"), phone);
  const screen = seatOf(seats, "screen");
  assert(seatOf(seats, "self").y >= screen.y + screen.height);
});

Deno.test("above a phone's chat all share one row", () => {
  const seats = arrange(tiles(3, "self"), { width: 344, height: 76 });
  assertEquals([...seats.values()].map(({ y }) => y), [0, 0, 0, 0]);
});

Deno.test("who is where does not depend on who speaks: seats follow the order given", () => {
  const seats = arrange(tiles(4, "self"), desktop);
  const inOrder = ["peer-0", "peer-1", "peer-2", "peer-3", "self"].map((key) => seatOf(seats, key));
  const sorted = [...inOrder].sort((a, b) => a.y - b.y || a.x - b.x);
  assertEquals(inOrder, sorted);
});
