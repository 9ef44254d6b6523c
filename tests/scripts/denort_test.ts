import { assertEquals, assertThrows } from "../assert.ts";
import { cutAfterSections } from "../../scripts/denort.ts";

/** A 64-bit ELF header that says its section table of 2 entries of 64 bytes starts at byte 100. */
function elf(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x7f454c46);
  view.setUint8(4, 2);
  view.setBigUint64(0x28, 100n, true);
  view.setUint16(0x3a, 64, true);
  view.setUint16(0x3c, 2, true);
  return bytes;
}

Deno.test("data appended to an ELF file is cut off at the end of its section table", () => {
  assertEquals(cutAfterSections(elf(500)).byteLength, 228);
  assertEquals(cutAfterSections(elf(228)).byteLength, 228);
});

Deno.test("an incomplete ELF file is refused with an error", () => {
  assertThrows(() => cutAfterSections(elf(227)), Error, "truncated");
  assertThrows(() => cutAfterSections(new Uint8Array(500)), Error, "not a 64-bit ELF");
  assertThrows(() => cutAfterSections(new Uint8Array(3)), Error, "not a 64-bit ELF");
});
