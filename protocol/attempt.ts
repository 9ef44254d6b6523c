/**
 * Calls of browser interfaces that may throw at any time: storage in a damaged profile, interfaces
 * that plain http or a policy forbids. It is here because every zone may import protocol/.
 */

/** The result of `act`, or a promise of it; undefined if it throws or rejects. */
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
