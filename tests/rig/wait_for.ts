// Waiting for something to become true, with an end and with words.

/** How to wait; times in milliseconds. */
export interface WaitOptions {
  /** What is waited for, to read in the failure: "Bob's tile at Ann's". */
  what: string;
  timeout?: number;
  /** Pause between two looks. */
  every?: number;
}

/** Long for any machine: what is right comes, whatever else the processors do. */
export const usualMs = 60_000;

/**
 * Asks `look` again and again until it gives something truthy, and returns that. An error thrown by
 * `look` counts as "not yet" (a page may be between two documents). Fails with `what`, the time
 * waited, and the last answer or error.
 */
export async function waitFor<T>(
  look: () => T | Promise<T>,
  { what, timeout = usualMs, every = 100 }: WaitOptions,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + timeout;
  while (true) {
    let last: string;
    try {
      const answer = await look();
      if (answer) return answer;
      last = `last answer: ${JSON.stringify(answer)}`;
    } catch (error) {
      last = `last error: ${error instanceof Error ? error.message : error}`;
    }
    if (performance.now() >= deadline) {
      throw new Error(`Waited ${timeout / 1000} s for ${what}; ${last}`);
    }
    await new Promise((resume) => setTimeout(resume, every));
  }
}

/** Waits until `read` gives the same as `wanted` (compared as JSON); fails showing what it gave. */
export async function waitForValue<T>(
  read: () => T | Promise<T>,
  wanted: T,
  options: WaitOptions,
): Promise<void> {
  let last: T | undefined;
  const target = JSON.stringify(wanted);
  try {
    await waitFor(async () => {
      last = await read();
      return JSON.stringify(last) === target;
    }, options);
  } catch (error) {
    throw new Error(`Wanted ${target}, got ${JSON.stringify(last)}`, { cause: error });
  }
}
