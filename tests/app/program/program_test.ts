import { assertEquals } from "../../assert.ts";
import { changeOfProgram, programEntry, shortHash } from "../../../app/program/program.ts";

const [first, second] = ["0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4)];

function memory(stored: Record<string, string> = {}) {
  return {
    stored,
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => void (stored[key] = value),
  };
}

Deno.test("a change of the program is news once, and the first visit is none", () => {
  const storage = memory();
  const visit = (hash: string, base = "") => changeOfProgram(hash, { base, storage });
  assertEquals([visit(first), visit(first)], [undefined, undefined]);
  assertEquals([visit(second), visit(second)], [first, undefined]);
  assertEquals(visit(first, "/talk"), undefined, "another Parley of the site");
  assertEquals(storage.stored, { [programEntry]: second, [`${programEntry}/talk`]: first });
});

Deno.test("without storage, or with nonsense in it, there is no news", () => {
  assertEquals(changeOfProgram(first, { base: "", storage: undefined }), undefined);
  const storage = memory({ [programEntry]: "nonsense" });
  assertEquals(changeOfProgram(first, { base: "", storage }), undefined);
  assertEquals(storage.stored[programEntry], first);
  const broken = {
    getItem: () => {
      throw new DOMException("blocked", "SecurityError");
    },
    setItem: () => {},
  };
  assertEquals(changeOfProgram(first, { base: "", storage: broken }), undefined);
});

Deno.test("people compare the first digits in groups", () => {
  assertEquals(shortHash(first), "0123 4567 89ab cdef");
});
