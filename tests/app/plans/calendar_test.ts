// Calendar files as RFC 5545 wants them.

import { assert, assertEquals } from "../../assert.ts";
import { calendarFile, withoutFragment } from "../../../app/plans/calendar.ts";

const entry = {
  id: "1-a",
  title: "Call in tea",
  at: Date.parse("2026-03-29T01:00:00Z"),
  minutes: 90,
  link: "https://talk.example.org/r/tea",
  reminder: "Call in tea",
  now: Date.parse("2026-03-01T12:34:56.789Z"),
};

Deno.test("a plan is one event with its moments in UTC, and every line ends with CRLF", () => {
  const text = calendarFile(entry);
  assertEquals(text.replaceAll("\r\n", "").match(/[\r\n]/), null);
  assertEquals(text.split("\r\n"), [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Parley//Parley//EN",
    "BEGIN:VEVENT",
    "UID:1-a@parley",
    "DTSTAMP:20260301T123456Z",
    "DTSTART:20260329T010000Z",
    "DTEND:20260329T023000Z",
    "SUMMARY:Call in tea",
    "DESCRIPTION:https://talk.example.org/r/tea",
    "LOCATION:https://talk.example.org/r/tea",
    "URL:https://talk.example.org/r/tea",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Call in tea",
    "TRIGGER:-PT10M",
    "END:VALARM",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ]);
});

Deno.test("separators and line ends in a title are escaped", () => {
  const text = calendarFile({ ...entry, title: "a,b;c\\d\r\nEND:VEVENT" });
  assert(text.includes("SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT\r\n"));
  assertEquals(text.match(/^END:VEVENT\r$/gm)?.length, 1);
});

Deno.test("long lines are folded at 75 octets, within no character, and unfold to the same", () => {
  for (const title of ["茶".repeat(80), "🍵".repeat(60), "a".repeat(300), `${"a".repeat(67)}茶`]) {
    const text = calendarFile({ ...entry, title });
    for (const line of text.split("\r\n")) {
      const octets = new TextEncoder().encode(line).length;
      assert(octets <= 75, `${octets} octets`);
      assert(line.isWellFormed());
    }
    assert(text.replaceAll("\r\n ", "").includes(`SUMMARY:${title}\r\n`));
  }
});

Deno.test("a link loses its fragment, and nothing else", () => {
  assertEquals(
    withoutFragment("https://a.example/r/x?join=1#k=secret"),
    "https://a.example/r/x?join=1",
  );
  assertEquals(withoutFragment("https://a.example/r/x"), "https://a.example/r/x");
});
