/** Reports an error on stderr; never throws, not even when stderr cannot be written to. */
export function logError(what: string, error: unknown): void {
  try {
    console.error(`${what}:`, error);
  } catch {
    // A full disk behind stderr must not take the request down with it.
  }
}
