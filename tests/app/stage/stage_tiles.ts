// Tiles and windows for tests of the stage.

import { assert } from "../../assert.ts";
import type { Seat, Seated, Seats, TileKind } from "../../../app/stage/arrangement.ts";

/** A stage at 1440 × 900 and one at 360 × 740, without edges and bar. */
export const desktop = { width: 1416, height: 804 };
export const phone = { width: 344, height: 596 };

/** So many peers in join order, then one tile of each other kind, its kind for a key. */
export function tiles(peers: number, ...others: TileKind[]): Seated[] {
  const people = Array.from({ length: peers }, (_, index): Seated => ({
    key: `peer-${index}`,
    kind: "peer",
  }));
  return [...people, ...others.map((kind): Seated => ({ key: kind, kind }))];
}

export function seatOf(seats: Seats, key: string): Seat {
  const seat = seats.get(key);
  assert(seat !== undefined, `${key} has no seat`);
  return seat;
}
