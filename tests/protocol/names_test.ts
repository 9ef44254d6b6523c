// Names that show nothing, names that look the same, and names that need what cannot be seen.

import fc from "fast-check";
import { assert, assertEquals } from "../assert.ts";
import { parsePeerMessage } from "../../mesh/link/peer_message.ts";
import {
  cleanPersonName,
  limits,
  personName,
  roomName,
  withoutInvisible,
} from "../../protocol/mod.ts";
import { parseClientMessage } from "../../protocol/parse_client.ts";

const point = (code: number) => String.fromCodePoint(code);
const label = (text: string) =>
  JSON.stringify(text) +
  [...text].map((letter) => ` U+${letter.codePointAt(0)?.toString(16)}`).join("");

/**
 * One of each kind that shows nothing: spaces, joiners, fillers, selectors, tags, controls of
 * layout, blank symbols.
 */
const unseen = [
  ..." \u00a0\u1680\u2003\u2009\u202f\u205f\u3000\ufeff",
  ..."\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180e\u180f\u200b\u200c\u200d\u2060\u2061\u2064",
  ..."\u2065\u206a\u206f\u2800\u3164\ufe00\ufe0e\ufe0f\uffa0\ufff0\ufff9\ufffa\ufffb\ufffc",
  ..."\u{1bca0}\u{1d159}\u{1d173}\u{13441}\u{13442}\u{e0001}\u{e0020}\u{e007f}\u{e0100}\u{e01ef}",
];

Deno.test("a name of nothing that shows is refused, alone, repeated and mixed", () => {
  const mixed = fc.array(fc.constantFrom(...unseen), { minLength: 1, maxLength: 32 });
  const refused = (name: string) => {
    assertEquals(personName(name), undefined, label(name));
    assertEquals(cleanPersonName(name), undefined, label(name));
    assertEquals(roomName(name), undefined, label(name));
  };
  for (const each of unseen) for (const times of [1, 2, 32]) refused(each.repeat(times));
  fc.assert(fc.property(mixed, (letters) => refused(letters.join(""))));
});

Deno.test("every character that Unicode calls ignorable, a space or a format control is none by itself", () => {
  let seen = 0;
  for (let code = 0; code <= 0x10ffff; code++) {
    const each = point(code);
    // Signs like the Arabic number sign are format characters with ink, of no use alone.
    if (!/[\p{DI}\p{White_Space}\p{Cf}]/u.test(each)) continue;
    seen++;
    assertEquals([personName(each), roomName(each)], [undefined, undefined], label(each));
  }
  assert(seen > 4_000, `${seen} of them`);
});

Deno.test("marks, private and unassigned characters alone are no names, beside a letter they are part of one", () => {
  for (const each of ["\u0301", "\u0300\u0301", "\u20e3", "\u093f", "\ue000", "\uf8ff", "\u0378"]) {
    assertEquals([personName(each), roomName(each)], [undefined, undefined], label(each));
    assertEquals(personName(`x${each}`), `x${each}`.normalize("NFC"), label(each));
  }
});

/**
 * Each as people write it, with joiners, selectors and tags where the script or the picture needs
 * them.
 */
const people = [
  "Ann",
  "Zoë 张伟",
  "O’Brien-Smith, Jr.",
  "?",
  "42",
  "_",
  "😀",
  "❤️",
  "☺︎",
  "©️",
  "1️⃣",
  "#️⃣ Ann",
  "👍🏽",
  "👨‍👩‍👧‍👦",
  "👩🏽‍💻 Mira",
  "🏳️‍🌈",
  "🏴‍☠️",
  "🧑🏿‍🤝‍🧑🏻",
  "❤️‍🔥",
  "🤷‍♀️",
  "🇫🇷",
  "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
  "\u{1fae9}",
  "می‌خواهم",
  "علی‌رضا",
  "نیک‌پی",
  "محمّد",
  "क्‌ष",
  "क्‍ष",
  "श्री",
  "ශ්‍රී ලංකා",
  "ক্‍ষ",
  "മോഹന്‍",
  "मीरा कुमारी",
  "ᠮᠣᠩᠭᠣᠯ",
  "ᠬᠠᠮᠢᠭ᠎ᠠ",
  "ᠠ᠋",
  "葛󠄀城",
  "山田　太郎",
  "김철수",
  "שָׁלוֹם",
  "שֶׁ͏ָל",
  "สมชาย",
  "ស្រី",
  "မောင်",
];

Deno.test("names that need joiners, selectors or tags stay exactly as they are", () => {
  for (const name of people) {
    assertEquals(personName(name), name.normalize("NFC"), label(name));
    assertEquals(cleanPersonName(name), name.normalize("NFC").replace(/\s/gu, " "), label(name));
  }
});

Deno.test("what shows nothing goes from the ends, whatever there is of it", () => {
  const around = fc.array(fc.constantFrom(...unseen), { maxLength: 5 }).map((all) => all.join(""));
  // A selector right behind a picture belongs to it.
  const names = fc.constantFrom("Ann", "张伟", "Bob 2", "Mira!");
  fc.assert(fc.property(around, names, around, (before, name, after) => {
    const worn = `${before} ${name} ${after}`;
    assertEquals(personName(worn), name, label(worn));
  }));
  for (const after of ["\u200b", "\u200d", "\u200c", "\ufe0f", "\u3164", "\u2800", "\u{e0020}"]) {
    assertEquals(personName(`Bob${after}`), "Bob", label(after));
  }
});

Deno.test("two names that differ only in what shows nothing are one name", () => {
  const same: [string, string][] = [
    ["Bo\u200bb", "Bob"],
    ["Bo\u200db", "Bob"],
    ["Bo\u200cb", "Bob"],
    ["Bo\u00adb", "Bob"],
    ["Bo\u2060b", "Bob"],
    ["Bo\ufe0fb", "Bob"],
    ["Bo\u{e0062}b", "Bob"],
    ["B\u034fob", "Bob"],
    ["e\u200b\u0301a", "éa"],
    ["Bob\u3164Lee", "Bob Lee"],
    ["Bob\u2800Lee", "Bob Lee"],
    ["Bob 7\ufe0f", "Bob 7"],
    ["张\u200d伟", "张伟"],
    ["علی\u200c", "علی"],
    ["\u200cعلی", "علی"],
    ["😀\u200d", "😀"],
    ["😀\u200dBob", "😀Bob"],
  ];
  for (const [worn, plain] of same) assertEquals(personName(worn), plain, label(worn));
});

Deno.test("bidirectional controls are refused as before, and cleaned away where a person types them", () => {
  for (const mark of "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
    for (const name of [`${mark}Bob`, `Bob${mark}`, `B${mark}ob`, mark]) {
      assertEquals(personName(name), undefined, label(name));
    }
    assertEquals(cleanPersonName(`Bob${mark}`), "Bob");
  }
});

Deno.test("rooms keep the letters they had, get joiners that show, and none that show nothing", () => {
  for (
    const name of ["tea", "会议室", "कमरा", "क्‍ष", "جلسه‌ی_ما", "葛󠄀城", "ᠠ᠋", "ශ්‍රී", "-", "_1"]
  ) assertEquals(roomName(name), name.normalize("NFC"), label(name));
  for (const each of unseen) {
    for (const name of [`tea${each}`, `${each}tea`, `t${each}ea`]) {
      assertEquals(roomName(name), undefined, label(name));
    }
  }
});

Deno.test("a canonical name is canonical again, within its length, and shows something", () => {
  const letters = fc.constantFrom(
    ...unseen,
    ...people.flatMap((name) => [...name]),
    "\u0301",
    "\u05b8",
    "\ue000",
    "a",
  );
  const text = fc.array(letters, { maxLength: 40 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text, (raw) => {
      for (const read of [personName, cleanPersonName, roomName]) {
        const name = read(raw);
        if (name === undefined) continue;
        assertEquals(read(name), name, label(raw));
        assert([...name].length <= limits.roomName && /[\p{L}\p{N}\p{P}\p{S}]/u.test(name));
      }
      assertEquals(withoutInvisible(withoutInvisible(raw)), withoutInvisible(raw));
    }),
    { numRuns: 20_000 },
  );
});

Deno.test("a very long name is not looked at", () => {
  const layers = "\u034f\u0301".repeat(30_000);
  assertEquals(personName(`a${layers}`), undefined);
  assertEquals(roomName(`a${layers}`), undefined);
  assert(cleanPersonName(`a${layers}`) !== undefined);
});

Deno.test("the wire refuses what shows nothing, from pages and from peers, and writes names canonically", () => {
  const join = (more: object) => {
    const parsed = parseClientMessage(
      JSON.stringify({ type: "join", room: "tea", name: "Ann", ...more }),
    );
    return parsed.ok && parsed.message.type === "join" && parsed.message.name;
  };
  const rename = (name: string) => {
    const parsed = parsePeerMessage(JSON.stringify({ type: "rename", name }));
    return parsed.ok && parsed.message.type === "rename" && parsed.message.name;
  };
  for (const each of unseen) {
    assertEquals([join({ name: each }), join({ room: each })], [false, false], label(each));
    assertEquals(rename(each), false, label(each));
  }
  assertEquals(join({ name: "\u200bAnn\u00ad" }), "Ann");
  assertEquals(join({ name: "👩🏽‍💻 Mira" }), "👩🏽‍💻 Mira");
  assertEquals(rename("Bo\u200bb"), "Bob");
});
