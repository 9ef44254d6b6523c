/** How a file is cut into blocks. Every block has the same length, except a shorter last one. */

/** The bounds of blocks, in bytes. */
export const blockLimits = {
  leastBytes: 256 * 1024,
  mostBytes: 2 * 1024 * 1024,
  /** A file gets larger blocks once it has more than so many. */
  usualCount: 256,
  mostCount: 32_768,
} as const;

/** The largest file that is shared in blocks, bytes. */
export const sharedBytes: number = blockLimits.mostBytes * blockLimits.mostCount;

/** A file in blocks. `size`, `blockBytes`: bytes. */
export interface Layout {
  readonly size: number;
  readonly blockBytes: number;
  readonly count: number;
}

/** The layout for a file of this size. */
export function layoutFor(size: number): Layout {
  let blockBytes: number = blockLimits.leastBytes;
  while (blockBytes < blockLimits.mostBytes && size > blockBytes * blockLimits.usualCount) {
    blockBytes *= 2;
  }
  return { size, blockBytes, count: Math.ceil(size / blockBytes) };
}

/** Where a block begins, and its length. */
export function spanOf(
  { size, blockBytes }: Layout,
  block: number,
): { at: number; length: number } {
  const at = block * blockBytes;
  return { at, length: Math.min(blockBytes, size - at) };
}
