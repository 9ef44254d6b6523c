import { assert, assertEquals } from "../../assert.ts";
import { clockTime, timeOfDay, visitTime } from "../../../app/ui/clock.ts";
import { hueClass, hues, initialOf } from "../../../app/ui/hue.ts";
import { preferredLanguage } from "../../../app/ui/language.ts";
import { counted, fill, listed } from "../../../app/ui/phrases.ts";
import { troubleShort } from "../../../app/devices/trouble.ts";
import { languages, wordsOf } from "../../../app/ui/words/mod.ts";

Deno.test("a catalogue survives the way through the page as JSON", () => {
  for (const language of languages) {
    assertEquals(JSON.parse(JSON.stringify(wordsOf(language))), wordsOf(language));
  }
});

Deno.test("filling in takes the values as text, whatever they look like", () => {
  assertEquals(fill("{name} joined", { name: "$& {name} <b>" }), "$& {name} <b> joined");
  assertEquals(fill("{kind} {number}", { kind: "Camera", number: 2 }), "Camera 2");
});

Deno.test("a name from right to left is set apart, others are left as they are", () => {
  assertEquals(fill("{name} joined", { name: "محمد" }), "\u2068محمد\u2069 joined");
  assertEquals(fill("{name} joined", { name: "𞤀𞤣𞤤𞤢𞤥" }), "\u2068𞤀𞤣𞤤𞤢𞤥\u2069 joined");
  assertEquals(fill("{name} joined", { name: "Zoë 👩‍🚀 健司" }), "Zoë 👩‍🚀 健司 joined");
});

Deno.test("in a phrase from right to left, every value is set apart", () => {
  assertEquals(fill("انضم {name}", { name: "Zoë" }), "انضم \u2068Zoë\u2069");
  assertEquals(fill("{page} من {pages}", { page: 2, pages: 3 }), "\u20682\u2069 من \u20683\u2069");
});

Deno.test("counts choose the form of their language", () => {
  const forms = wordsOf("en").room.people;
  assertEquals(counted(forms, { count: 1, locale: "en-GB" }), "1 person");
  assertEquals(counted(forms, { count: 2, locale: "en-GB" }), "2 people");
  assertEquals(counted(wordsOf("zh-CN").room.people, { count: 1, locale: "zh-CN" }), "1 人");
});

Deno.test("lists of names read as sentences", () => {
  const { locale } = wordsOf("en").common;
  assertEquals(listed(["Ana", "Kenji", "Noor"], locale), "Ana, Kenji and Noor");
  assertEquals(listed(["安娜", "健司"], "zh-CN"), "安娜和健司");
});

Deno.test("the language is the best match of what the browser asks for", () => {
  assertEquals(preferredLanguage(null), "en");
  assertEquals(preferredLanguage("fr, de;q=0.5"), "fr");
  assertEquals(preferredLanguage("fr-CH, fr;q=0.9, en;q=0.8"), "fr");
  assertEquals(preferredLanguage("pt-PT,pt;q=0.9"), "pt-BR");
  assertEquals(preferredLanguage("ar-EG"), "ar");
  assertEquals(preferredLanguage("nl, it;q=0.5"), "en");
  assertEquals(preferredLanguage("zh-TW,zh;q=0.9,en;q=0.8"), "zh-CN");
  assertEquals(preferredLanguage("en;q=0.4, zh-CN;q=0.9"), "zh-CN");
  assertEquals(preferredLanguage("zh;q=0"), "en");
  assertEquals(preferredLanguage("*;;q=,,"), "en");
});

Deno.test("times are hours and minutes, lengths a clock", () => {
  assertEquals(timeOfDay(new Date(2026, 4, 3, 9, 5).getTime(), "en-GB"), "09:05");
  assertEquals(clockTime(221_000), "03:41");
  assertEquals(clockTime(3_661_000), "1:01:01");
  assertEquals(clockTime(-5), "00:00");
});

Deno.test("a visit is described by its day", () => {
  const now = new Date(2026, 4, 8, 12).getTime();
  const at = (day: number) => new Date(2026, 4, day, 18, 4).getTime();
  const told = (day: number) => visitTime(at(day), { now, locale: "en-GB" });
  assertEquals(told(8), "Today, 18:04");
  assertEquals(told(7), "Yesterday, 18:04");
  assertEquals(told(5), "Tuesday, 18:04");
  assertEquals(told(1), "1 May, 18:04");
});

Deno.test("a person has one of the hues and a letter, in any script", () => {
  const found = new Set(Array.from({ length: 200 }, (_, index) => hueClass(`peer ${index}`)));
  assertEquals(found.size, hues);
  assertEquals(hueClass("a"), hueClass("a"));
  assertEquals([initialOf("ana"), initialOf("健司"), initialOf("👩‍🚀x")], ["A", "健", "👩‍🚀"]);
});

Deno.test("every failure has a short name in every language", () => {
  const failures = [
    "denied",
    "system",
    "missing",
    "busy",
    "insecure",
    "unsupported",
    "unknown",
  ] as const;
  for (const language of languages) {
    for (const failure of failures) {
      assert(troubleShort({ failure, device: "camera" }, wordsOf(language)) !== "");
    }
  }
});
