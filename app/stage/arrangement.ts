/**
 * The box of each tile while no tile is large, for any number of people and any window: the part
 * needed for the first pictures. The other views are in views.ts. Pure. Invariant: every person
 * gets exactly one box, which never depends on who speaks.
 */
import { type Box, fillColumns, largestGrid, packGrid, tileGap, wide } from "./packing.ts";

/** What a tile shows. */
export type TileKind = "peer" | "self" | "screen" | "invitation";

/** A tile to place; tiles are in join order, self and the invitation last. */
export interface Seated {
  readonly key: string;
  readonly kind: TileKind;
}

/** A tile's box; an inset lies over other tiles. */
export interface Seat extends Box {
  readonly inset: boolean;
}

/** The stage without its edges, CSS pixels. */
export interface StageSize {
  readonly width: number;
  readonly height: number;
}

/** Seats by tile key; tiles without a seat are hidden. */
export type Seats = ReadonlyMap<string, Seat>;

/** The corner of the own inset. */
export interface Corner {
  readonly top: boolean;
  readonly left: boolean;
}

const inset = { width: 280, margin: 12 };
const narrow = 600;

/** Whether the stage is portrait and as small as a phone. */
export function isPhone({ width, height }: StageSize): boolean {
  return width < narrow && height > width;
}

/** `boxes` for `tiles`, in their order. */
export function seatEach(tiles: readonly Seated[], boxes: readonly Box[], over = false): Seats {
  return new Map(
    boxes.map((box, index) => [tiles[index]?.key ?? "", { ...box, inset: over }]),
  );
}

/** Seats by key: with two people the other fills the stage, more share it equally. */
export function arrange(tiles: readonly Seated[], stage: StageSize): Seats {
  const people = tiles.filter(({ kind }) => kind === "peer" || kind === "self");
  const area = { x: 0, y: 0, ...stage };
  const [other, self] = people;
  return other && self && people.length === 2
    ? seatPair([other, self], area)
    : seatEach(people, crowd(people.length, area));
}

/** One fills the stage, the other is an inset in a corner of it. */
export function seatPair([large, small]: [Seated, Seated], area: Box, corner?: Corner): Seats {
  return new Map([
    ...seatEach([large], [area]),
    ...seatEach([small], [insetBox(area, corner)], true),
  ]);
}

/** Equal boxes; two columns over the whole height on a phone. */
export function crowd(count: number, area: Box): Box[] {
  return isPhone(area)
    ? fillColumns(count, { area, columns: count > 2 ? 2 : 1, gap: tileGap })
    : packGrid(count, area);
}

/** The inset's box: lower right unless moved; smaller on small stages. */
function insetBox(area: Box, corner?: Corner): Box {
  const ratio = isPhone(area) ? 3 / 4 : wide.ratio;
  const width = Math.round(Math.min(inset.width, area.width * 0.36, area.height * 0.45 * ratio));
  const height = Math.round(width / ratio);
  const { margin } = inset;
  return {
    x: area.x + (corner?.left ? margin : area.width - width - margin),
    y: area.y + (corner?.top ? margin : area.height - height - margin),
    width,
    height,
  };
}

/**
 * The functions that the other views use, passed in because a shared module would be one more to
 * load.
 */
export const seating = {
  crowd,
  seatEach,
  seatPair,
  packGrid,
  fillColumns,
  largestGrid,
  tileGap,
  wide,
};

/** The type of `seating`. */
export type Seating = typeof seating;
