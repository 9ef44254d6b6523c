// Assertions with types. The standard library's npm package is plain JavaScript, so without this
// file every assertion would be untyped and narrow nothing.

import * as untyped from "@std/assert/mod.js";

// deno-lint-ignore no-explicit-any -- the shape of any error class, as TypeScript itself spells it
type ErrorClass<E extends Error> = new (...args: any[]) => E;

/** Fails unless the value is truthy, and narrows it. */
export function assert(value: unknown, message?: string): asserts value {
  untyped.assert(value, message);
}

/** Fails unless the value is falsy. */
export function assertFalse(value: unknown, message?: string): void {
  untyped.assertFalse(value, message);
}

/** Fails unless both are deeply equal. */
export function assertEquals<T>(actual: T, expected: NoInfer<T>, message?: string): void {
  untyped.assertEquals(actual, expected, message);
}

/** Fails if both are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: NoInfer<T>, message?: string): void {
  untyped.assertNotEquals(actual, expected, message);
}

/** Fails unless both are the same by `Object.is`. */
export function assertStrictEquals<T>(actual: T, expected: NoInfer<T>, message?: string): void {
  untyped.assertStrictEquals(actual, expected, message);
}

/** Fails if both are the same by `Object.is`. */
export function assertNotStrictEquals<T>(actual: T, expected: NoInfer<T>, message?: string): void {
  untyped.assertNotStrictEquals(actual, expected, message);
}

/** Fails if the value is null or undefined, and narrows it. */
export function assertExists<T>(value: T, message?: string): asserts value is NonNullable<T> {
  untyped.assertExists(value, message);
}

/** Fails unless the text contains the other text. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  untyped.assertStringIncludes(actual, expected, message);
}

/** Fails unless the text matches. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  untyped.assertMatch(actual, expected, message);
}

/** Fails if the text matches. */
export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  untyped.assertNotMatch(actual, expected, message);
}

/** Fails unless the array contains all the expected elements. */
export function assertArrayIncludes<T>(
  actual: readonly T[],
  expected: readonly T[],
  message?: string,
): void {
  untyped.assertArrayIncludes(actual, expected, message);
}

/** Fails unless the object contains the expected part. */
export function assertObjectMatch(actual: object, expected: object, message?: string): void {
  untyped.assertObjectMatch(actual, expected, message);
}

/** Fails unless the value is an instance of the class, and narrows it. */
export function assertInstanceOf<E extends Error>(
  value: unknown,
  type: ErrorClass<E>,
  message?: string,
): asserts value is E {
  untyped.assertInstanceOf(value, type, message);
}

/** Fails unless `actual > expected`. */
export function assertGreater(actual: number, expected: number, message?: string): void {
  untyped.assertGreater(actual, expected, message);
}

/** Fails unless `actual >= expected`. */
export function assertGreaterOrEqual(actual: number, expected: number, message?: string): void {
  untyped.assertGreaterOrEqual(actual, expected, message);
}

/** Fails unless `actual < expected`. */
export function assertLess(actual: number, expected: number, message?: string): void {
  untyped.assertLess(actual, expected, message);
}

/** Fails unless `actual <= expected`. */
export function assertLessOrEqual(actual: number, expected: number, message?: string): void {
  untyped.assertLessOrEqual(actual, expected, message);
}

/** Fails unless the function throws an error of the class whose message includes the text. */
export function assertThrows<E extends Error = Error>(
  run: () => unknown,
  type?: ErrorClass<E>,
  includes?: string,
): E {
  return untyped.assertThrows(run, type ?? Error, includes);
}

/** Fails unless the promise rejects with an error of the class and the text in its message. */
export async function assertRejects<E extends Error = Error>(
  run: () => PromiseLike<unknown>,
  type?: ErrorClass<E>,
  includes?: string,
): Promise<E> {
  return await untyped.assertRejects(run, type ?? Error, includes);
}

/** Fails always. */
export function fail(message?: string): never {
  untyped.assert(false, message ?? "failed");
  throw new Error("unreachable");
}
