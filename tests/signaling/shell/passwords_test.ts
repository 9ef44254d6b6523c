import { assert, assertEquals, assertNotEquals } from "../../assert.ts";
import { serverLimits } from "../../../protocol/mod.ts";
import { GuessLimit } from "../../../signaling/core/guess_limit.ts";
import { Passwords } from "../../../signaling/shell/passwords.ts";

const ann = "192.0.2.1";

Deno.test("a password matches its own hash only, and no two hashes are alike", async () => {
  const passwords = new Passwords();
  const [one, two] = await Promise.all([passwords.hash("sesame"), passwords.hash("sesame")]);
  assert(one !== undefined && two !== undefined);
  assertNotEquals(one, two);
  assert(!one.includes("sesame"));
  assertEquals(await passwords.check("sesame", { kept: one, address: ann }), {
    kind: "right",
    password: one,
  });
  assertEquals((await passwords.check("Sesame", { kept: one, address: ann })).kind, "wrong");
  assertEquals(await passwords.hash(""), "");
});

Deno.test("guesses sent at once are checked one after the other, so that all but the first are too soon", async () => {
  let now = 0;
  const passwords = new Passwords(() => now);
  const kept = await passwords.hash("sesame") ?? "";
  const guess = (text: string, address = ann) => passwords.check(text, { kept, address });
  const all = await Promise.all([guess("a"), guess("b"), guess("sesame"), guess("c", "192.0.2.2")]);
  assertEquals(all.map(({ kind }) => kind), ["wrong", "too-soon", "too-soon", "wrong"]);
  now += serverLimits.guessMs;
  assertEquals((await guess("sesame")).kind, "right");
});

Deno.test("more than can be worked on in time is refused at once", async () => {
  const passwords = new Passwords();
  const kept = await passwords.hash("sesame") ?? "";
  const checks = Array.from(
    { length: 40 },
    (_, n) => passwords.check("sesame", { kept, address: `192.0.2.${n}` }),
  );
  const kinds = (await Promise.all(checks)).map(({ kind }) => kind);
  assertEquals(kinds.filter((kind) => kind === "right").length, 24);
  assertEquals(kinds.filter((kind) => kind === "overload").length, 16);
});

Deno.test("each wrong guess doubles the wait of its address, up to a bound, and time forgives", () => {
  const guesses = new GuessLimit();
  let now = 0;
  const waits: number[] = [];
  for (let n = 0; n < 12; n++) {
    guesses.wrong(ann, now);
    const wait = guesses.waitMs(ann, now);
    waits.push(wait);
    assertEquals(guesses.waitMs(ann, now + wait - 1), 1);
    assertEquals(guesses.waitMs(ann, now + wait), 0, "after release");
    now += wait;
  }
  assertEquals(waits.slice(0, 9), [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_000]);
  assertEquals(Math.max(...waits), serverLimits.guessMsMost);
  assertEquals(guesses.waitMs("192.0.2.2", now), 0, "others do not wait");
  now += 11 * 60_000;
  guesses.wrong(ann, now);
  assertEquals(guesses.waitMs(ann, now), serverLimits.guessMs);
});

Deno.test("the addresses that are remembered are bounded in number", () => {
  const guesses = new GuessLimit();
  for (let n = 0; n <= 10_000; n++) guesses.wrong(`address ${n}`, 0);
  assertEquals([guesses.waitMs("address 0", 0), guesses.waitMs("address 1", 0)], [0, 100]);
});
