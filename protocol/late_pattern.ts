/**
 * A regular expression that is made with its first use. One with many classes of Unicode takes up
 * to a millisecond, and the start of a server or a page needs none.
 */
export function latePattern(make: () => RegExp): () => RegExp {
  let pattern: RegExp | undefined;
  return () => pattern ??= make();
}
