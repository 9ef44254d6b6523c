import fc from "fast-check";
import { assert, assertEquals, assertLessOrEqual } from "../../assert.ts";
import { type Seat, type Seated, seating, type StageSize } from "../../../app/stage/arrangement.ts";
import type { Box } from "../../../app/stage/packing.ts";
import { type Arrangement, arrangeView, type View } from "../../../app/stage/layout.ts";
import { desktop, phone, seatOf, tiles } from "./stage_tiles.ts";

const plain: View = {
  mode: "auto",
  pinned: undefined,
  speaker: undefined,
  corner: { top: false, left: false },
  selfHidden: false,
  page: 0,
};

function seen(tiles: readonly Seated[], size: StageSize, part: Partial<View> = {}): Arrangement {
  return arrangeView(tiles, size, { view: { ...plain, ...part }, by: seating });
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const size = fc.record({
  width: fc.integer({ min: 60, max: 2600 }),
  height: fc.integer({ min: 40, max: 1600 }),
});

const scene = fc.record({
  peers: fc.integer({ min: 0, max: 15 }),
  screens: fc.integer({ min: 0, max: 3 }),
  size,
}).chain(({ peers, screens, size }) => {
  const shared = Array.from({ length: screens }, (_, index): Seated => ({
    key: `screen-${index}`,
    kind: "screen",
  }));
  const alone = peers + screens === 0;
  const all = [...shared, ...tiles(peers, "self", ...(alone ? ["invitation"] as const : []))];
  const key = fc.option(fc.constantFrom("nobody", ...all.map(({ key }) => key)), {
    nil: undefined,
  });
  return fc.record({
    all: fc.constant(all),
    size: fc.constant(size),
    view: fc.record({
      mode: fc.constantFrom("auto" as const, "grid" as const, "speaker" as const),
      pinned: key,
      speaker: key,
      corner: fc.record({ top: fc.boolean(), left: fc.boolean() }),
      selfHidden: fc.boolean(),
      page: fc.integer({ min: 0, max: 20 }),
    }),
  });
});

/** All pages of one arrangement. */
function pages(all: readonly Seated[], size: StageSize, view: View): Arrangement[] {
  const { pages = 1 } = seen(all, size, view).pager ?? {};
  return Array.from({ length: pages }, (_, page) => seen(all, size, { ...view, page }));
}

Deno.test("in every view and window nothing leaves the stage, and only the inset lies over another tile", () => {
  fc.assert(
    fc.property(scene, ({ all, size, view }) => {
      const { seats, pager } = seen(all, size, view);
      const boxes: (Box & { inset: boolean })[] = [...seats.values()];
      if (pager !== undefined) boxes.push({ ...pager.box, inset: false });
      for (const [index, box] of boxes.entries()) {
        assert(box.width >= 0 && box.height >= 0, JSON.stringify(box));
        assert(box.x >= 0 && box.y >= 0, JSON.stringify(box));
        // Packed boxes are rounded to whole pixels.
        assertLessOrEqual(box.x + box.width, size.width + 1);
        assertLessOrEqual(box.y + box.height, size.height + 1);
        for (const other of boxes.slice(index + 1)) {
          if (!box.inset && !other.inset) {
            assert(!overlap(box, other), `${JSON.stringify(box)} ${JSON.stringify(other)}`);
          }
        }
      }
    }),
    { numRuns: 3_000 },
  );
});

Deno.test("every tile is seated: once on one page, or on every page where it is large; only the self-view can be hidden", () => {
  let turned = 0;
  fc.assert(
    fc.property(scene, ({ all, size, view }) => {
      const shown = pages(all, size, view);
      if (shown.length > 1) turned++;
      const others = all.some(({ kind }) => kind === "peer");
      for (const { key, kind } of all) {
        const times = shown.filter(({ seats }) => seats.has(key)).length;
        const isHidden = kind === "self" && view.selfHidden && others;
        assert(
          isHidden ? times === 0 : times === 1 || times === shown.length,
          `${key}: ${times} of ${shown.length}`,
        );
      }
    }),
    { numRuns: 3_000 },
  );
  assert(turned > 300, `only ${turned} filmstrips had pages`);
});

Deno.test("tiles are worth looking at in any decent window, and cameras in rows and strips keep 16:9", () => {
  const decent = fc.record({
    width: fc.integer({ min: 320, max: 2600 }),
    height: fc.integer({ min: 240, max: 1600 }),
  });
  fc.assert(
    fc.property(scene, decent, ({ all, view }, size) => {
      const { seats, pager } = seen(all, size, view);
      for (const [key, { width, height }] of seats) {
        assert(width >= 40 && height >= 22, `${key}: ${width} × ${height}`);
      }
      if (pager === undefined || size.height < 140) return;
      for (const seat of seats.values()) {
        if (!overlap(seat, pager.strip)) continue;
        assertLessOrEqual(Math.abs(seat.width / seating.wide.ratio - seat.height), 1);
      }
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("who speaks moves nothing but in speaker view", () => {
  fc.assert(
    fc.property(scene, fc.integer({ min: 0, max: 15 }), ({ all, size, view }, index) => {
      const mode = view.mode === "speaker" ? "auto" : view.mode;
      const before = seen(all, size, { ...view, mode });
      const after = seen(all, size, { ...view, mode, speaker: `peer-${index}` });
      assertEquals([...after.seats], [...before.seats]);
    }),
    { numRuns: 500 },
  );
});

function widest(seats: ReadonlyMap<string, Seat>): string | undefined {
  return [...seats].sort(([, a], [, b]) => b.width * b.height - a.width * a.height)[0]?.[0];
}

Deno.test("in speaker view the speaker is large; a screen is larger, a pin beats both", () => {
  const speaker = { mode: "speaker", speaker: "peer-2" } as const;
  for (const window of [desktop, phone]) {
    assertEquals(widest(seen(tiles(4, "self"), window, speaker).seats), "peer-2");
    assertEquals(widest(seen(tiles(4, "screen", "self"), window, speaker).seats), "screen");
    const pinned = seen(tiles(4, "screen", "self"), window, { ...speaker, pinned: "peer-1" });
    assertEquals(widest(pinned.seats), "peer-1");
    assert(pinned.seats.has("screen"), "the screen goes into the strip");
  }
});

Deno.test("before anyone has spoken the first tile is large, and speaking never makes the own tile large", () => {
  const seats = (speaker: string | undefined) =>
    seen(tiles(3, "self"), desktop, { mode: "speaker", speaker }).seats;
  assertEquals(widest(seats(undefined)), "peer-0");
  assertEquals(widest(seats("self")), "peer-0");
  assertEquals(widest(seats("somebody who left")), "peer-0");
});

Deno.test("a screen takes the stage and cameras a strip of 216 at its right", () => {
  const { seats, pager } = seen(tiles(4, "screen", "self"), desktop);
  assertEquals(seatOf(seats, "screen").width, 1416 - 216 - 12);
  for (const key of ["peer-0", "peer-3", "self"]) {
    assert(seatOf(seats, key).x >= 1416 - 216, `${key} is in the strip`);
  }
  assertEquals(pager, undefined);
});

Deno.test("a strip of twelve and more has pages, and a pager of a finger's height below it", () => {
  for (const peers of [11, 15]) {
    const { seats, pager } = seen(tiles(peers, "screen", "self"), desktop);
    assert(pager !== undefined && pager.pages === Math.ceil((peers + 1) / 7));
    assertEquals([pager.box.height, pager.box.y + pager.box.height], [44, desktop.height]);
    for (const [key, { width }] of seats) assert(key === "screen" || width >= 160);
  }
});

Deno.test("in a portrait window the cameras go below the screen", () => {
  const { seats } = seen(tiles(1, "screen", "self"), phone);
  const screen = seatOf(seats, "screen");
  for (const key of ["peer-0", "self"]) assert(seatOf(seats, key).y >= screen.y + screen.height);
});

Deno.test("above a phone's chat all share one row", () => {
  const { seats } = seen(tiles(3, "self"), { width: 344, height: 76 });
  assertEquals(new Set([...seats.values()].map(({ y }) => y)).size, 1);
});

Deno.test("one alone shares the stage with the invitation, at equal height", () => {
  const { seats } = seen(tiles(0, "self", "invitation"), desktop);
  const [self, invitation] = [seatOf(seats, "self"), seatOf(seats, "invitation")];
  assertEquals([self.height, self.y], [invitation.height, invitation.y]);
  assert(self.x + self.width < invitation.x);
});

Deno.test("on a phone the invitation lies below", () => {
  const { seats } = seen(tiles(0, "self", "invitation"), phone);
  const [self, invitation] = [seatOf(seats, "self"), seatOf(seats, "invitation")];
  assert(self.y + self.height < invitation.y);
  assert(invitation.y + invitation.height <= phone.height);
});

Deno.test("the grid view packs two equally; else the other fills the stage, also when pinned", () => {
  const two = tiles(1, "self");
  const equal = seen(two, desktop, { mode: "grid" }).seats;
  assertEquals(seatOf(equal, "peer-0").width, seatOf(equal, "self").width);
  for (const view of [{ mode: "auto" }, { mode: "speaker" }, { mode: "grid", pinned: "peer-0" }]) {
    const { seats } = seen(two, desktop, view as Partial<View>);
    assertEquals([seatOf(seats, "peer-0").width, seatOf(seats, "self").inset], [1416, true]);
  }
});

Deno.test("hiding the own tile gives its place to others", () => {
  const { seats } = seen(tiles(1, "self"), desktop, { selfHidden: true });
  assertEquals([...seats.keys()], ["peer-0"]);
  assertEquals(seatOf(seats, "peer-0").width, desktop.width);
  const alone = seen(tiles(0, "self", "invitation"), desktop, { selfHidden: true });
  assert(alone.seats.has("self"), "alone there would be nothing to see");
});
