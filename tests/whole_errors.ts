/**
 * Loaded before the tests that start servers and browsers. Where one fails and then tidying up
 * does, too, Deno reports that an error was suppressed, and neither of the two: here both are told.
 * A server that crashed is only seen in the second.
 */

function textOf(error: unknown): string {
  if (error instanceof SuppressedError) {
    return `${textOf(error.suppressed)}\n\nand while tidying up: ${textOf(error.error)}`;
  }
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

type Work = (context: Deno.TestContext) => void | Promise<void>;

function telling(work: Work): Work {
  return async (context) => {
    try {
      await work(context);
    } catch (error) {
      throw error instanceof SuppressedError ? new Error(textOf(error)) : error;
    }
  };
}

const { test } = Deno;
const named = (name: string | Deno.TestDefinition, work?: Work) =>
  typeof name === "string" && work !== undefined
    ? test(name, telling(work))
    : Reflect.apply(test, Deno, [name, work]);
Reflect.set(Deno, "test", Object.assign(named, test));
