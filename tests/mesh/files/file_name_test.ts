// Offered file names, honest and hostile ones.

import fc from "fast-check";
import { safeFileName } from "../../../mesh/files/file_name.ts";
import { assert, assertEquals } from "../../assert.ts";

const bytes = (text: string) => new TextEncoder().encode(text).length;

Deno.test("ordinary names stay as they are, in any script", () => {
  const names = [
    "notes.txt",
    "Résumé 2026 (final).pdf",
    "潮汐表.xlsx",
    "a",
    "archive.tar.gz",
    "नक्शा.png",
    "👩‍🚀.gif",
  ];
  for (const name of names) assertEquals(safeFileName(name), name);
});

Deno.test("bad names become harmless ones", () => {
  const cases: [string, string][] = [
    ["", "file"],
    ["...", "file"],
    ["/", "file"],
    ["../../etc/passwd", "passwd"],
    ["C:\\Windows\\system32\\calc.exe", "calc.exe"],
    ["a/b/..", "b"],
    [".bashrc", "bashrc"],
    ["..\u202egnp.exe", "gnp.exe"],
    ["photo\u202egnp.exe", "photognp.exe"],
    ["line\nbreak\u0000.txt", "linebreak.txt"],
    ["trailing. . ", "trailing"],
    ['a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"],
    ["CON", "_CON"],
    ["nul.txt", "_nul.txt"],
    ["com1.tar.gz", "_com1.tar.gz"],
    ["LPT² .x", "_LPT² .x"],
    ["console.log", "console.log"],
    ["e\u0301.txt", "é.txt"],
    ["\ud800.txt", "�.txt"],
    ["\u200b", "file"],
    ["\u3164\u00ad", "file"],
    ["\u0301", "file"],
    ["\u2800.pdf", "pdf"],
    ["pho\u00adto\u200b.png\u{e0062}", "photo.png"],
    ["می‌خواهم.txt", "می‌خواهم.txt"],
  ];
  for (const [raw, safe] of cases) assertEquals(safeFileName(raw), safe, JSON.stringify(raw));
});

Deno.test("long names keep their extension and whole characters", () => {
  const long = safeFileName(`${"潮".repeat(300)}.pdf`);
  assertEquals(long, `${"潮".repeat(83)}.pdf`);
  assertEquals(bytes(safeFileName("x".repeat(1000))), 255);
  assertEquals(safeFileName(`a.${"e".repeat(400)}`).length, 255);
  const family = "👨‍👩‍👧‍👦";
  assert(safeFileName(family.repeat(40)).endsWith(family));
});

Deno.test("any offered name becomes safe, and a safe one stays as it is", () => {
  const unit = fc.oneof(
    fc.string({ unit: "binary", maxLength: 400 }),
    fc.array(
      fc.constantFrom(
        ".",
        "/",
        "\\",
        " ",
        "con",
        ":",
        "\u202e",
        "\u0000",
        "é",
        "潮",
        "👩‍🚀",
        "\ud83d",
        "nul.",
        "1",
      ),
      { maxLength: 120 },
    ).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(unit, (raw) => {
      const name = safeFileName(raw);
      assert(bytes(name) >= 1 && bytes(name) <= 255);
      assert(name.isWellFormed() && name === name.normalize("NFC"));
      assert(!/[\p{Cc}/\\<>:"|?*\u202a-\u202e\u2066-\u2069]|^[.\s]|[.\s]$/u.test(name), name);
      assert(!/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name), name);
      assertEquals(safeFileName(name), name);
    }),
    { numRuns: 2_000, seed: 3 },
  );
});
