// Local times of planned rooms, also where clocks change.

import { assertEquals } from "../../assert.ts";
import { localText, momentOf, nextHour } from "../../../app/plans/plan_times.ts";

const iso = (text: string, zone: string) => {
  const at = momentOf(text, zone);
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

Deno.test("a local time is a moment, in summer and in winter", () => {
  assertEquals(iso("2026-01-15T09:30", "Europe/Berlin"), "2026-01-15T08:30");
  assertEquals(iso("2026-07-15T09:30", "Europe/Berlin"), "2026-07-15T07:30");
  assertEquals(iso("2026-07-15T09:30:00", "Asia/Shanghai"), "2026-07-15T01:30");
  assertEquals(iso("2026-07-15T09:30", "Asia/Kathmandu"), "2026-07-15T03:45");
  assertEquals(iso("2026-12-31T23:30", "America/New_York"), "2027-01-01T04:30");
  assertEquals(iso("2026-01-15T09:30", "UTC"), "2026-01-15T09:30");
});

Deno.test("a time that is skipped as clocks go forward is as much later", () => {
  assertEquals(iso("2026-03-29T01:59", "Europe/Berlin"), "2026-03-29T00:59");
  assertEquals(iso("2026-03-29T02:30", "Europe/Berlin"), "2026-03-29T01:30");
  assertEquals(iso("2026-03-29T03:00", "Europe/Berlin"), "2026-03-29T01:00");
  assertEquals(iso("2026-03-08T02:30", "America/New_York"), "2026-03-08T07:30");
});

Deno.test("a time that comes twice as clocks go back is the first one", () => {
  assertEquals(iso("2026-10-25T02:30", "Europe/Berlin"), "2026-10-25T00:30");
  assertEquals(iso("2026-10-25T03:00", "Europe/Berlin"), "2026-10-25T02:00");
  assertEquals(iso("2026-04-05T01:45", "Australia/Lord_Howe"), "2026-04-04T14:45");
});

Deno.test("what the page shows of a moment is read as the same moment", () => {
  const start = Date.parse("2026-03-28T00:00:00Z");
  for (const zone of ["Europe/Berlin", "America/St_Johns", "Pacific/Chatham", "UTC"]) {
    for (let half = 0; half < 100; half++) {
      const at = start + half * 30 * 60_000;
      assertEquals(
        momentOf(localText(at, zone), zone),
        at,
        `${zone} ${new Date(at).toISOString()}`,
      );
    }
  }
});

Deno.test("what is no local time is none", () => {
  for (const text of ["", "soon", "2026-02-30T10:00", "2026-13-01T10:00", "2026-01-01T25:00"]) {
    assertEquals(momentOf(text, "UTC"), undefined, text);
  }
});

Deno.test("a new plan begins at a full hour that leaves some time", () => {
  const hour = (text: string) => new Date(nextHour(Date.parse(text))).toISOString().slice(11, 16);
  assertEquals(hour("2026-01-15T09:20:00Z"), "10:00");
  assertEquals(hour("2026-01-15T09:55:00Z"), "11:00");
});
