import { computed, Signal, signal } from "@preact/signals";
import { createDecoder, encode, encodeSignals } from "../../fresh/props.ts";
import { assert, assertEquals, assertStrictEquals, assertThrows } from "../assert.ts";

/** Sends a value through JSON as a page does. */
function send(value: unknown): unknown {
  const signals: Signal<unknown>[] = [];
  const encoded = encode(value, signals);
  const text = JSON.stringify({ encoded, signals: encodeSignals(signals) });
  const received: { encoded: unknown; signals: unknown[] } = JSON.parse(text);
  return createDecoder(received.signals)(received.encoded);
}

Deno.test("plain values arrive as they were", () => {
  const value = { a: [1, "two", null, { b: true }], $other: 0, c: {} };
  assertEquals(send(value), value);
  assertEquals(send({ gone: undefined, kept: 1 }), { kept: 1 });
});

Deno.test("a key called __proto__ arrives as a key", () => {
  const received = send(JSON.parse('{"__proto__": {"admin": true}}'));
  assert(typeof received === "object" && received !== null);
  assert(Object.hasOwn(received, "__proto__"));
  assertEquals("admin" in received, false);
});

Deno.test("a signal given twice arrives as one, inside other signals too", () => {
  const inner = signal("in");
  const outer = signal({ inner });
  const received = send([outer, inner, computed(() => 1), signal(undefined)]);
  assert(Array.isArray(received));
  const [first, second, third, fourth] = received;
  assert(first instanceof Signal && third instanceof Signal && fourth instanceof Signal);
  assertStrictEquals(first.value.inner, second);
  assertEquals([third.value, fourth.value], [1, null]);
});

Deno.test("a value that JSON would lose throws an error that names it", () => {
  const cases: [unknown, string][] = [
    [() => 1, "a function"],
    [new Date(), "a Date"],
    [new Map(), "a Map"],
    [NaN, "NaN"],
    [1n, "1"],
    [{ $signal: 0 }, 'an object with the key "$signal"'],
    [{ deep: [new URL("http://x")] }, "a URL"],
  ];
  for (const [value, words] of cases) {
    assertThrows(() => send(value), TypeError, `${words} cannot be sent to the browser`);
  }
});
