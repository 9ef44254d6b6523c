import { assertEquals } from "../../assert.ts";
import { hoursOf, weekOf } from "../../../app/reserved/week.ts";

const closed = { from: "", to: "" };

Deno.test("written hours come back as they were written, also over midnight", () => {
  const week = [{ from: "08:30", to: "12:00" }, closed, { from: "22:00", to: "02:00" }];
  const whole = [...week, closed, closed, closed, { from: "00:00", to: "00:00" }];
  const hours = hoursOf(whole, "Europe/Berlin");
  assertEquals(hours, {
    zone: "Europe/Berlin",
    spans: [
      { day: 0, from: 510, to: 720 },
      { day: 2, from: 1_320, to: 1_560 },
      { day: 6, from: 0, to: 1_440 },
    ],
  });
  assertEquals(weekOf(hours), whole);
});

Deno.test("a day with one time only is closed, and new hours are those of an office", () => {
  assertEquals(hoursOf([{ from: "08:30", to: "" }], "UTC").spans, []);
  assertEquals(weekOf(null).map(({ from }) => from), [...Array(5).fill("09:00"), "", ""]);
});
