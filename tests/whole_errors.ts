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

function isWork(part: unknown): part is Work {
  return typeof part === "function";
}

const { test } = Deno;
/** A function may be any argument; a definition with `fn` is passed on as it is. */
const named = (...given: unknown[]) =>
  Reflect.apply(test, Deno, given.map((part) => isWork(part) ? telling(part) : part));
Reflect.set(Deno, "test", Object.assign(named, test));
