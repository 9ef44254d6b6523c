/**
 * Closed schemas as functions. A check returns the typed value or throws `Mismatch`, which never
 * leaves protocol/: the parsers turn it into a reason. Unknown fields, wrong types and wrong
 * lengths are all mismatches.
 */

/** Where and how a value differs from its schema. */
export class Mismatch extends Error {}

/** Turns an unknown value into a T, or throws `Mismatch` that names `path`. */
export type Check<T> = (value: unknown, path: string) => T;

/** The T of a Check<T>. */
export type Checked<C> = C extends Check<infer T> ? T : never;

/** Throws `Mismatch`: the value at `path` should have been `wanted`. */
export function fail(path: string, wanted: string): never {
  throw new Mismatch(`${path || "message"}: wanted ${wanted}`);
}

/** A string of `least` to `most` UTF-16 units without lone surrogates. */
export function text({ least = 0, most }: { least?: number; most: number }): Check<string> {
  return (value, path) => {
    if (typeof value !== "string" || !value.isWellFormed()) fail(path, "a string");
    if (value.length < least || value.length > most) {
      fail(path, `${least} to ${most} characters, not ${value.length}`);
    }
    return value;
  };
}

/** A string that `read` makes canonical; `wanted` describes the strings it accepts. */
export function canonical(
  read: (raw: string) => string | undefined,
  wanted: string,
): Check<string> {
  return (value, path) => {
    const result = typeof value === "string" && value.isWellFormed() ? read(value) : undefined;
    return result ?? fail(path, wanted);
  };
}

/** A string that matches a pattern; `wanted` describes it. */
export function matching(pattern: RegExp, wanted: string): Check<string> {
  return canonical((raw) => pattern.test(raw) ? raw : undefined, wanted);
}

/** True or false. */
export function boolean(value: unknown, path: string): boolean {
  return typeof value === "boolean" ? value : fail(path, "true or false");
}

/** A whole number that JSON carries exactly. */
export function integer({ least, most }: { least: number; most: number }): Check<number> {
  return (value, path) =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
      ? Number(value)
      : fail(path, `a whole number from ${least} to ${most}`);
}

/** Exactly one of the given strings. */
export function oneOf<const T extends string>(...choices: readonly T[]): Check<T> {
  return (value, path) =>
    choices.find((choice) => choice === value) ?? fail(path, choices.join(" or "));
}

/** Null, or what `check` accepts. */
export function nullable<T>(check: Check<T>): Check<T | null> {
  return (value, path) => value === null ? null : check(value, path);
}

/** What one of two checks accepts; the reason is that of the second. */
export function either<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value, path) => {
    try {
      return first(value, path);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      return second(value, path);
    }
  };
}

/** An array of at most `most` items that `check` accepts. */
export function list<T>(check: Check<T>, most: number): Check<T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length > most) fail(path, `a list of at most ${most}`);
    return value.map((item, index) => check(item, `${path}[${index}]`));
  };
}

type Fields = Record<string, Check<unknown>>;
type Required<F extends Fields> = { readonly [K in keyof F]: Checked<F[K]> };
type Optional<F extends Fields> = { readonly [K in keyof F]?: Checked<F[K]> };

/** An object with exactly the `required` fields and any of the `optional` ones. */
export function object<R extends Fields, O extends Fields = Record<never, never>>(
  required: R,
  optional?: O,
): Check<Required<R> & Optional<O>>;
export function object(required: Fields, optional: Fields = {}): Check<unknown> {
  // A null prototype: a field called `constructor` must not find Object's.
  const fields: Fields = Object.assign(Object.create(null), required, optional);
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      fail(path, "an object");
    }
    const result: Record<string, unknown> = {};
    for (const [key, item] of Object.entries(value)) {
      const check = fields[key];
      if (check === undefined) fail(`${path}.${key}`, "no such field");
      result[key] = check(item, `${path}.${key}`);
    }
    const missing = Object.keys(required).find((key) => !Object.hasOwn(result, key));
    return missing === undefined ? result : fail(`${path}.${missing}`, "a value");
  };
}

/** An object that the check for the value of its `tag` field accepts. */
export function tagged<T>(tag: string, variants: Readonly<Record<string, Check<T>>>): Check<T> {
  return (value, path) => {
    const name: unknown = typeof value === "object" && value !== null
      ? Reflect.get(value, tag)
      : fail(path, "an object");
    const check = typeof name === "string" && Object.hasOwn(variants, name)
      ? variants[name]
      : undefined;
    return check === undefined
      ? fail(`${path}.${tag}`, Object.keys(variants).join(" or "))
      : check(value, path);
  };
}
