import { assertEquals } from "../../assert.ts";
import { attendanceCsv } from "../../../app/reserved/attendance_csv.ts";

const headings = { name: "Name", from: "From", to: "Until", minutes: "minutes" };
const at = new Date(2026, 10, 30, 9, 5).getTime();
const stay = (shown: string, to: number | null = null) => ({
  ...{ peerId: "p", name: "", shown, from: at, to },
});

function cellsOf(name: string): string {
  const [, row = ""] = attendanceCsv([stay(name)], { headings, at }).split("\r\n");
  return row.slice(0, row.indexOf(`,"2026`));
}

Deno.test("a list has a heading, local times, and the minutes so far of who is still here", () => {
  const text = attendanceCsv([stay("Ann", at + 90 * 60_000), stay("Bob")], {
    headings,
    at: at + 10 * 60_000,
  });
  assertEquals(text.split("\r\n"), [
    '\ufeff"Name","From","Until","minutes"',
    '"Ann","2026-11-30 09:05","2026-11-30 10:35","90"',
    '"Bob","2026-11-30 09:05","","10"',
    "",
  ]);
});

Deno.test("no name is a formula for a spreadsheet, and none breaks its cell", () => {
  for (const name of ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"]) {
    assertEquals(cellsOf(name), `"'${name}"`);
  }
  assertEquals(cellsOf('A "B", C'), '"A ""B"", C"');
  assertEquals(cellsOf("Ann-Marie"), '"Ann-Marie"');
});
