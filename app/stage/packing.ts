/** Packs tiles: the largest equal boxes of one ratio that fit a stage. Pure. */

/** A box in CSS pixels, measured from the stage's top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How boxes are packed; `ratio` is width / height. */
export interface Packing {
  readonly gap: number;
  readonly ratio: number;
}

/** The gap between tiles. */
export const tileGap = 8;

/** The default packing of cameras. */
export const wide: Packing = { gap: tileGap, ratio: 16 / 9 };

/** The number of columns with the largest size for `count` boxes, and that size. */
export function largestGrid(
  count: number,
  { width, height, gap, ratio }: Pick<Box, "width" | "height"> & Packing,
): { columns: number; width: number; height: number } {
  let best = { columns: 1, width: 0, height: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const byWidth = (width - gap * (columns - 1)) / columns;
    const byHeight = (ratio * (height - gap * (rows - 1))) / rows;
    const box = Math.max(0, Math.floor(Math.min(byWidth, byHeight)));
    // On a tie, more columns win: rows read better on wide screens.
    if (box >= best.width) best = { columns, width: box, height: box / ratio };
  }
  return best;
}

/** `count` equal boxes inside `area`, rows and block centred. */
export function packGrid(count: number, area: Box, packing: Packing = wide): Box[] {
  const { gap } = packing;
  const { columns, width, height } = largestGrid(count, { ...area, ...packing });
  const rows = Math.ceil(count / columns);
  const top = area.y + (area.height - rows * height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = area.x + (area.width - inRow * width - (inRow - 1) * gap) / 2;
    return {
      x: Math.round(left + (index - row * columns) * (width + gap)),
      y: Math.round(top + row * (height + gap)),
      width,
      height: Math.round(height),
    };
  });
}

/** `count` boxes of any ratio that fill `area` in columns; an odd last one spans its row. */
export function fillColumns(count: number, { area, columns, gap }: {
  area: Box;
  columns: number;
  gap: number;
}): Box[] {
  const rows = Math.ceil(count / columns);
  const height = (area.height - gap * (rows - 1)) / rows;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const width = (area.width - gap * (inRow - 1)) / inRow;
    return {
      x: Math.round(area.x + (index % columns) * (width + gap)),
      y: Math.round(area.y + row * (height + gap)),
      width: Math.round(width),
      height: Math.round(height),
    };
  });
}
