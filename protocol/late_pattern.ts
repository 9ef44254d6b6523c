/**
 * A regular expression that is made with its first use. Those with classes of Unicode take up to a
 * millisecond each, and the start of a server or a page needs none of them.
 */
export function latePattern(make: () => RegExp): () => RegExp {
  let pattern: RegExp | undefined;
  return () => pattern ??= make();
}
