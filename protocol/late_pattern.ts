/**
 * A regular expression that is compiled with its first use, because one with classes of Unicode
 * takes up to a millisecond, and the start of a server or a page needs none of them.
 */
export function latePattern(source: string, flags: string): () => RegExp {
  let pattern: RegExp | undefined;
  return () => pattern ??= new RegExp(source, flags);
}
