/** Reports an error on stderr. Never throws, even if stderr cannot be written. */
export function logError(what: string, error: unknown): void {
  try {
    console.error(`${what}:`, error);
  } catch {
    // A full disk behind stderr must not fail the request.
  }
}
