/**
 * Seeds of random simulations. `deno task test` takes one at random; `deno task test:long` takes
 * every seed of a range, which it passes in the variable PARLEY_SEEDS.
 */
import fc from "fast-check";

const variable = "PARLEY_SEEDS";

/** Whether this is a run of `deno task test:long`. */
export const isLong = Deno.env.has(variable);

/** The seeds of a range such as "1..20", both ends included; undefined: it is not a range. */
export function seedRange(text: string): readonly number[] | undefined {
  const [, first, last] = /^(\d{1,9})\.\.(\d{1,9})$/.exec(text) ?? [];
  const count = Number(last) - Number(first) + 1;
  return count > 0 ? Array.from({ length: count }, (_, index) => Number(first) + index) : undefined;
}

/**
 * Runs a simulation with each seed of this run. An error names its seed. `usual`: the seed that
 * `deno task test` takes, instead of one at random.
 */
export async function eachSeed(
  run: (seed: number) => Promise<void> | void,
  { usual = Math.floor(Math.random() * 2 ** 30) }: { usual?: number } = {},
): Promise<void> {
  const range = seedRange(Deno.env.get(variable) ?? "");
  for (const seed of range ?? [usual]) {
    // A run that hangs is killed, and the last line names its seed.
    if (range !== undefined) console.log(`seed ${seed}`);
    try {
      await run(seed);
    } catch (error) {
      const words = `failed with seed ${seed}; repeat it by \`deno task test:long --seeds ` +
        `${seed}..${seed}\` and a word of the file's name`;
      throw new Error(words, { cause: error });
    }
  }
}

/** Runs a property of fast-check with each seed of this run. `examples` come first each time. */
export function assertProperty<T>(
  property: fc.IRawProperty<T>,
  { numRuns, usual, examples = [] }: { numRuns: number; usual?: number; examples?: T[] },
): Promise<void> {
  return eachSeed(async (seed) => await fc.assert(property, { numRuns, seed, examples }), {
    usual,
  });
}
