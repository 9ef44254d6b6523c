/**
 * The box of each tile in every view, for any number of people and screens and any window. Pure.
 * Invariants: the filmstrip's pages together hold all tiles, each once; nothing leaves the stage;
 * only the inset lies over another tile; speaking moves tiles only in speaker view.
 */
import type { Corner, Seated, Seating, Seats, StageSize, TileKind } from "./arrangement.ts";
import type { Box } from "./packing.ts";

/**
 * How people share the stage while nothing is shared or pinned. `auto`: equal tiles, but with two
 * people the other fills the stage; `grid`: always equal tiles; `speaker`: the active speaker is
 * large.
 */
export type ViewMode = "auto" | "grid" | "speaker";

/** The inputs of the arrangement besides tiles and stage, by tile keys. */
export interface View {
  readonly mode: ViewMode;
  readonly pinned: string | undefined;
  /** The active speaker. */
  readonly speaker: string | undefined;
  readonly corner: Corner;
  readonly selfHidden: boolean;
  /** The page of the filmstrip, from 0; clamped to the last one. */
  readonly page: number;
}

/** The place of the pager's keys, and the strip they belong to. */
export interface Pager {
  readonly box: Box;
  readonly strip: Box;
  readonly page: number;
  readonly pages: number;
}

/** A complete arrangement; `pager` if the filmstrip has several pages. */
export interface Arrangement {
  readonly seats: Seats;
  readonly pager?: Pager;
}

const gap = 12;
const side = 216;
const narrow = 600;
// Below this height, as under a phone's panel, all tiles share one row.
const rowHeight = 140;
/** Tiles that would be smaller go to another page; the row is hardly a thumb high. */
const least = { beside: 160, below: 96, row: 56 };
const pagerSize = 44;
// The sizes of the invitation below the own tile; the tall one has room for the QR code.
const invitation = { width: 492, least: 400, height: 316, tall: 424 };

/** Seats for all tiles by their keys. `by`: how boxes are packed. */
export function arrangeView(
  tiles: readonly Seated[],
  stage: StageSize,
  { view, by }: { view: View; by: Seating },
): Arrangement {
  const area: Box = { x: 0, y: 0, ...stage };
  const of = (...kinds: TileKind[]) => tiles.filter(({ kind }) => kinds.includes(kind));
  const [screens, peers, self] = [of("screen"), of("peer"), of("self")];
  const invited = peers.length + screens.length === 0 ? of("invitation") : [];
  if (invited.length > 0) {
    return { seats: by.seatEach([...self, ...invited], withInvitation(area, by)) };
  }
  const people = view.selfHidden && peers.length > 0 ? peers : [...peers, ...self];
  const shown = [...screens, ...people];
  const large = largeTiles(shown, view);
  const small = shown.filter((tile) => !large.includes(tile));
  const strip = new Filmstrip(by, view.page);
  if (shown.length === 1) return { seats: by.seatEach(shown, [area]) };
  if (stage.height < rowHeight) return strip.row([...large, ...small], area);
  const [first, second] = [...large, ...small];
  const pair = shown.length === 2 && first?.kind === "peer" && second?.kind === "self";
  if (pair && (large.length > 0 || view.mode !== "grid")) {
    return { seats: by.seatPair([first, second], area, view.corner) };
  }
  if (large.length === 0) return { seats: by.seatEach(shown, by.crowd(shown.length, area)) };
  return strip.beside(large, small, area);
}

/** The pinned tile, else shared screens, else in speaker view the speaker; none: all are equal. */
function largeTiles(tiles: readonly Seated[], { mode, pinned, speaker }: View): Seated[] {
  const chosen = tiles.find(({ key }) => key === pinned);
  if (chosen !== undefined) return [chosen];
  const screens = tiles.filter(({ kind }) => kind === "screen");
  if (screens.length > 0 || mode !== "speaker") return screens;
  const speaking = tiles.find(({ key, kind }) => key === speaker && kind === "peer") ??
    tiles.find(({ kind }) => kind === "peer");
  return speaking === undefined ? [] : [speaking];
}

/** Small tiles at the side of large ones, page by page. */
class Filmstrip {
  readonly #by: Seating;
  readonly #page: number;

  constructor(by: Seating, page: number) {
    this.#by = by;
    this.#page = page;
  }

  /** All tiles in one row. */
  row(tiles: readonly Seated[], area: Box): Arrangement {
    const { fillColumns, tileGap: gap } = this.#by;
    return this.#pages(tiles, area, {
      cut: cutRight,
      capacity: (count, { width }) =>
        Math.max(1, Math.min(count, Math.floor((width + gap) / (least.row + gap)))),
      pack: (count, area) => fillColumns(count, { area, columns: count, gap }),
    });
  }

  /** `large` fills the stage except a strip at its right, or below on a portrait stage. */
  beside(large: readonly Seated[], small: readonly Seated[], area: Box): Arrangement {
    const { seatEach, packGrid } = this.#by;
    const isWide = area.width >= area.height && area.width >= narrow;
    const [main, strip] = small.length === 0
      ? [area, undefined]
      : isWide
      ? splitAcross(area)
      : splitDown(area, small.length, this.#by);
    const seats = seatEach(large, large.length === 1 ? [main] : packGrid(large.length, main));
    if (strip === undefined) return { seats };
    // Landscape phones have a narrow strip.
    const width = isWide ? Math.min(least.beside, strip.width * 0.75) : least.below;
    const pages = this.#pages(small, strip, {
      cut: isWide ? cutBelow : cutRight,
      capacity: (count, area) => this.#capacity(count, area, width),
      pack: packGrid,
    });
    return { ...pages, seats: new Map([...seats, ...pages.seats]) };
  }

  /** One page of tiles up to `capacity`, and the place that is `cut` off for the pager's keys. */
  #pages(tiles: readonly Seated[], strip: Box, { cut, capacity, pack }: {
    cut: (area: Box, gap: number) => [rest: Box, cut: Box];
    capacity: (count: number, area: Box) => number;
    pack: (count: number, area: Box) => Box[];
  }): Arrangement {
    const { seatEach, tileGap } = this.#by;
    if (capacity(tiles.length, strip) === tiles.length) {
      return { seats: seatEach(tiles, pack(tiles.length, strip)) };
    }
    const [rest, box] = cut(strip, tileGap);
    const each = capacity(tiles.length, rest);
    const pages = Math.ceil(tiles.length / each);
    const page = Math.min(Math.max(0, this.#page), pages - 1);
    const seen = tiles.slice(page * each, (page + 1) * each);
    // Tiles of the last page keep the size of all others.
    return {
      seats: seatEach(seen, pack(each, rest).slice(0, seen.length)),
      pager: { box, strip, page, pages },
    };
  }

  /** How many of `count` tiles fit with at least that width; at least one. */
  #capacity(count: number, area: Box, least: number): number {
    const { largestGrid, wide } = this.#by;
    for (let fitting = count; fitting > 1; fitting--) {
      if (largestGrid(fitting, { ...area, ...wide }).width >= least) return fitting;
    }
    return 1;
  }
}

/** The large tiles at the left, the strip at the right. */
function splitAcross(area: Box): [main: Box, strip: Box] {
  const width = Math.min(side, Math.round(area.width / 4));
  const main = { ...area, width: Math.max(0, area.width - width - gap) };
  return [main, { ...area, x: area.x + area.width - width, width }];
}

/** The large tiles above, at most two rows of small ones below. */
function splitDown(area: Box, count: number, { tileGap, wide }: Seating): [main: Box, strip: Box] {
  const [fewest, most] = area.width < narrow ? [2, 3] : [3, 5];
  const columns = Math.min(most, Math.max(fewest, count));
  const rows = Math.min(2, Math.ceil(count / columns));
  const one = (area.width - tileGap * (columns - 1)) / columns / wide.ratio;
  const height = Math.round(Math.min(area.height / 2, rows * (one + tileGap) - tileGap));
  const main = { ...area, height: Math.max(0, area.height - height - tileGap) };
  return [main, { ...area, y: area.y + area.height - height, height }];
}

function cutBelow(area: Box, gap: number): [rest: Box, cut: Box] {
  const height = Math.min(pagerSize, area.height / 2);
  const rest = { ...area, height: Math.max(0, area.height - height - gap) };
  return [rest, { ...area, y: area.y + area.height - height, height }];
}

function cutRight(area: Box, gap: number): [rest: Box, cut: Box] {
  const width = Math.min(pagerSize, area.width / 2);
  const rest = { ...area, width: Math.max(0, area.width - width - gap) };
  return [rest, { ...area, x: area.x + area.width - width, width }];
}

/** Alone: self and the invitation side by side with equal height, or one above the other. */
function withInvitation(area: Box, { wide }: Seating): Box[] {
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
  const y = Math.max(0, Math.round((area.height - tall - lower - gap) / 2));
  return [
    { x, y, width: wideEnough, height: tall },
    { x, y: y + tall + gap, width: wideEnough, height: lower },
  ];
}
