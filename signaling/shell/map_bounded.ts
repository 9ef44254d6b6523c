/** How many answers are awaited at once. */
const atOnceMost = 64;

/**
 * The results of `work` for all items, in their order. At most 64 are under way at once. Rejects
 * with the first failure.
 */
export async function mapBounded<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const rest = items.entries();
  const workThrough = async () => {
    for (const [index, item] of rest) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMost, items.length) }, workThrough));
  return results;
}
