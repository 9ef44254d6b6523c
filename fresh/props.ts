/**
 * Serializes island props for the browser: JSON plus signals.
 * Invariants:
 * 1 A value that would arrive changed throws on the server; none is dropped silently.
 * 2 A signal that is used twice arrives as one signal.
 */

// Not from signals-core: this package also lets Preact render signals in JSX, on both sides.
import { Signal, signal } from "@preact/signals";

/** The key of an object that stands for a signal; its value is an index into the signals. */
const signalKey = "$signal";

/** Encodes a value as JSON types and adds each signal in it to `signals` once. Throws TypeError. */
export function encode(value: unknown, signals: Signal<unknown>[]): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Signal) return { [signalKey]: indexOf(value, signals) };
  if (Array.isArray(value)) return value.map((item) => encode(item, signals));
  if (!isPlainObject(value) || signalKey in value) {
    throw new TypeError(`${describe(value)} cannot be sent to the browser`);
  }
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]) => [key, encode(item, signals)]);
  return Object.fromEntries(entries);
}

/** The encoded values of `signals`; encoding a value may append further signals to the list. */
export function encodeSignals(signals: Signal<unknown>[]): unknown[] {
  const values: unknown[] = [];
  for (let index = 0; index < signals.length; index++) {
    const value = signals[index]?.peek();
    values.push(value === undefined ? null : encode(value, signals));
  }
  return values;
}

/** Makes the inverse of `encode`; all values decoded by one decoder share their signals. */
export function createDecoder(signals: unknown[]): (value: unknown) => unknown {
  const revived: Signal<unknown>[] = [];
  const revive = (index: number): Signal<unknown> => {
    const known = revived[index];
    if (known !== undefined) return known;
    const fresh = revived[index] = signal<unknown>(undefined);
    fresh.value = decode(signals[index]);
    return fresh;
  };
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== "object" || value === null) return value;
    if (signalKey in value) return revive(Number(value[signalKey]));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  };
  return decode;
}

function indexOf(item: Signal<unknown>, signals: Signal<unknown>[]): number {
  const known = signals.indexOf(item);
  return known >= 0 ? known : signals.push(item) - 1;
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  // Preact marks a JSX element, a plain object otherwise, by this.
  if (value.constructor === undefined) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if (signalKey in value) return `an object with the key "${signalKey}"`;
    return value.constructor === undefined ? "a JSX element" : `a ${value.constructor.name}`;
  }
  return typeof value === "function" ? "a function" : String(value);
}
