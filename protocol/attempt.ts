/**
 * Calls of the browser's own interfaces that may throw at any time: storage of a damaged profile, what is missing on plain
 * http, what a policy forbids. Here because every zone may import protocol/; it knows no browser itself.
 */

/** What `act` gives, now or later; undefined if it throws or rejects. */
export function attempt<Value>(act: () => Promise<Value>): Promise<Value | undefined>;
export function attempt<Value>(act: () => Value): Value | undefined;
export function attempt(act: () => unknown): unknown {
  try {
    const value = act();
    return value instanceof Promise ? value.catch(() => {}) : value;
  } catch {
    return undefined;
  }
}
