/** Where each picture of a film is. Pure. */

/** In pixels of the film. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The size of the film, pixels. */
export const filmSize = { width: 1280, height: 720 } as const;

const gap = 8;
/** Share of the width for the large picture, if there is one. */
const largeShare = 0.78;

/**
 * Boxes for `count` pictures. `large`: the index of the one that gets most of the room, a shared
 * screen or the person who speaks; undefined: all are equal.
 */
export function layOut(count: number, large: number | undefined): Box[] {
  const { width, height } = filmSize;
  const whole = { x: gap, y: gap, width: width - 2 * gap, height: height - 2 * gap };
  if (large === undefined || count < 2) return grid(count, whole);
  const most = Math.round(whole.width * largeShare);
  const strip = { ...whole, x: gap + most + gap, width: whole.width - most - gap };
  const rest = column(count - 1, strip);
  return [...rest.slice(0, large), { ...whole, width: most }, ...rest.slice(large)];
}

function grid(count: number, area: Box): Box[] {
  const columns = Math.ceil(Math.sqrt(count));
  const rows = Math.ceil(count / Math.max(columns, 1));
  return cells(count, { area, columns, rows });
}

/** One column, or two if the pictures would be too flat. */
function column(count: number, area: Box): Box[] {
  const columns = count > 5 ? 2 : 1;
  return cells(count, { area, columns, rows: Math.max(Math.ceil(count / columns), 3) });
}

function cells(
  count: number,
  { area, columns, rows }: { area: Box; columns: number; rows: number },
): Box[] {
  const width = Math.floor((area.width - gap * (columns - 1)) / columns);
  const height = Math.floor((area.height - gap * (rows - 1)) / rows);
  return Array.from({ length: count }, (_, index) => ({
    x: area.x + (index % columns) * (width + gap),
    y: area.y + Math.floor(index / columns) * (height + gap),
    width,
    height,
  }));
}
