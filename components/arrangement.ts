/**
 * Which box each tile of the stage gets, for any number of people and screens and any window. Pure.
 * Invariant: every tile gets exactly one box, and a box never depends on who speaks.
 */
import { type Box, fillColumns, packGrid, tileGap, wide } from "./packing.ts";

/** What a tile shows, which decides its seat. */
export type TileKind = "peer" | "self" | "screen" | "invitation";

/** A tile to be seated; the order is join order with self and the invitation last. */
export interface Seated {
  readonly key: string;
  readonly kind: TileKind;
}

/** A tile's box; an inset lies over the others. */
export interface Seat extends Box {
  readonly inset: boolean;
}

/** The stage without its edges, CSS pixels. */
export interface StageSize {
  readonly width: number;
  readonly height: number;
}

const inset = { width: 280, height: 158, margin: 12 };
const stripWidth = 216;
const narrow = 600;
// A phone's panel covers the rest of the stage: all share one row.
const stripHeight = 140;
// Below oneself, a window that is wide enough has room for the code, too.
const invitation = { width: 492, least: 400, height: 316, tall: 424 };

/** Seats for all tiles by their keys. */
export function arrange(tiles: readonly Seated[], stage: StageSize): Map<string, Seat> {
  const seats = new Map<string, Seat>();
  const seat = (group: readonly Seated[], boxes: readonly Box[], over = false) =>
    group.forEach((tile, index) => {
      const box = boxes[index];
      if (box !== undefined) seats.set(tile.key, { ...box, inset: over });
    });
  const area: Box = { x: 0, y: 0, width: stage.width, height: stage.height };
  const of = (...kinds: TileKind[]) => tiles.filter(({ kind }) => kinds.includes(kind));
  const [screens, people, invited] = [of("screen"), of("peer", "self"), of("invitation")];
  if (stage.height < stripHeight) {
    const row = [...screens, ...people];
    seat(row, fillColumns(row.length, { area, columns: row.length, gap: tileGap }));
  } else if (screens.length > 0) {
    const [main, side] = beside(area, people.length);
    seat(screens, screens.length === 1 ? [main] : packGrid(screens.length, main));
    seat(people, packGrid(people.length, side));
  } else if (people.length === 1 && invited.length > 0) {
    seat([...people, ...invited], withInvitation(area));
  } else if (people.length === 2) {
    seat(of("peer"), [area]);
    seat(of("self"), [insetBox(area)], true);
  } else {
    seat(people, crowd(people.length, area));
  }
  return seats;
}

function crowd(count: number, area: Box): Box[] {
  const portrait = area.width < narrow && area.height > area.width;
  return portrait
    ? fillColumns(count, { area, columns: count > 2 ? 2 : 1, gap: tileGap })
    : packGrid(count, area);
}

/** The other fills the stage; oneself sits in its lower right corner, smaller on small stages. */
function insetBox(area: Box): Box {
  const width = Math.round(Math.min(inset.width, area.width * 0.36));
  const tall = area.width < narrow && area.height > area.width;
  const height = tall ? Math.round(width * 4 / 3) : Math.round(width / wide.ratio);
  return {
    x: area.x + area.width - width - inset.margin,
    y: area.y + area.height - height - inset.margin,
    width,
    height,
  };
}

/** The shared screen and the strip of cameras: at its right where there is room, else below. */
function beside(area: Box, people: number): [Box, Box] {
  if (people === 0) return [area, { ...area, height: 0 }];
  if (area.width >= area.height && area.width >= narrow) {
    const side = Math.min(stripWidth, Math.round(area.width / 4));
    const main = { ...area, width: area.width - side - 12 };
    return [main, { ...area, x: main.width + 12, width: side }];
  }
  const columns = Math.min(people, 3);
  const low = Math.round(
    Math.min(
      area.height / 2,
      Math.ceil(people / columns) * ((area.width / columns) / wide.ratio + tileGap),
    ),
  );
  const main = { ...area, height: area.height - low - tileGap };
  return [main, { ...area, y: main.height + tileGap, height: low }];
}

/** Alone: self and the invitation as two seats of equal height, or one above the other. */
function withInvitation(area: Box): Box[] {
  const gap = 12;
  const invited = Math.min(invitation.width, Math.max(invitation.least, area.width * 0.36));
  const width = area.width - invited - gap;
  const height = Math.round(Math.min(area.height, width / wide.ratio));
  if (height >= invitation.height) {
    const y = Math.round((area.height - height) / 2);
    const self = Math.round(Math.min(width, height * wide.ratio));
    const x = Math.round((area.width - self - gap - invited) / 2);
    return [{ x, y, width: self, height }, { x: x + self + gap, y, width: invited, height }];
  }
  const wanted = area.width < narrow ? invitation.height : invitation.tall;
  const lower = Math.min(wanted, Math.round(area.height * 0.62));
  const upper = Math.max(0, area.height - lower - gap);
  const wideEnough = Math.min(area.width, 720);
  const x = Math.round((area.width - wideEnough) / 2);
  const tall = Math.min(upper, Math.round(wideEnough / wide.ratio));
  const y = Math.round((area.height - tall - lower - gap) / 2);
  return [
    { x, y, width: wideEnough, height: tall },
    { x, y: y + tall + gap, width: wideEnough, height: lower },
  ];
}
