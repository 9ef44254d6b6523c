import { lateWordsOf } from "../../../app/ui/words/late/trust.ts";
import { assert, assertEquals } from "../../assert.ts";
import { loadEveryLateWord } from "../../late_words.ts";
import type { Alarm, Doubt } from "../../../mesh/mod.ts";
import { safetySigns } from "../../../app/trust/safety_words.ts";
import { noticeWords } from "../../../app/trust/TrustNotices.tsx";
import { reasonOf, reasonWords, remedyOf, shieldOf } from "../../../app/trust/trust_words.ts";
import { languages, wordsOf } from "../../../app/ui/words/mod.ts";

const reasons: readonly (Alarm | Doubt)[] = [
  ...["no-hello", "wrong-secret", "unconfirmed"] as const,
  ...["altered", "replayed", "withheld", "unsealed", "fingerprint"] as const,
];
const english = wordsOf("en");
await loadEveryLateWord();

Deno.test("there are 64 signs, each one code point that every platform draws in colour", () => {
  assertEquals([safetySigns.length, new Set(safetySigns).size], [64, 64]);
  for (const sign of safetySigns) assert(/^\p{Emoji_Presentation}$/u.test(sign), sign);
});

Deno.test("every sign has its own short name in every language", () => {
  for (const language of languages) {
    const { signs } = lateWordsOf(wordsOf(language)).trust;
    assertEquals([signs.length, new Set(signs).size], [64, 64], language);
    for (const name of signs) assert(name.length <= 17, name);
  }
});

Deno.test("the order of the signs is part of the protocol", () => {
  const [first, last] = [safetySigns.slice(0, 8).join(""), safetySigns.slice(-8).join("")];
  assertEquals([first, last], ["🐵🐱🦁🐴🐮🐷🐰🐼", "🔨🎧💡📕☔⏰👑👓"]);
  assertEquals(safetySigns[31], "🌽");
  assertEquals(lateWordsOf(english).trust.signs[31], "corn");
  assertEquals(lateWordsOf(wordsOf("zh-CN")).trust.signs[31], "玉米");
});

Deno.test("every alarm and doubt has its own sentence and one remedy, without jargon", () => {
  const said = new Set<string>();
  for (const reason of reasons) {
    const words = reasonWords(reason, { name: "Ann", words: english });
    assert(words.includes("Ann") && !said.has(words), words);
    said.add(words);
    assert(["reload", "copy-link", "leave"].includes(remedyOf(reason)));
  }
  const text = JSON.stringify({ ...lateWordsOf(english).trust, signs: [] });
  for (const jargon of [/\bkeys?\b/i, /fingerprint\b(?!")/i, /MITM/, /cipher|crypt|certificate/i]) {
    assert(!jargon.test(text.replace(/"fingerprint":/, "")), `${jargon}`);
  }
});

Deno.test("a person who has no name is someone", () => {
  assertEquals(
    reasonWords("wrong-secret", { name: "", words: english }),
    "Someone came with another link",
  );
});

Deno.test("only alarms and doubts stand in place of the picture", () => {
  assertEquals(reasonOf({ kind: "alarm", alarm: "altered" }), "altered");
  assertEquals(reasonOf({ kind: "unverified", doubt: "no-hello" }), "no-hello");
  for (const kind of ["open", "checking", "verified", "compared", "differs"] as const) {
    assertEquals(reasonOf({ kind }), undefined, kind);
  }
});

Deno.test("a shield is loud for what is not safe only", () => {
  const colors = (["open", "checking", "verified", "compared", "differs"] as const)
    .map((kind) => shieldOf({ kind }).class);
  assertEquals(colors, ["dim", "dim", "dim", "ok", "bad"]);
  assertEquals(shieldOf({ kind: "alarm", alarm: "altered" }).class, "bad");
  assertEquals(shieldOf({ kind: "unverified", doubt: "no-hello" }).class, "dim");
});

Deno.test("a changed link names who did it, and who was removed", () => {
  const title = (by: string | undefined, ...removed: string[]) =>
    noticeWords({ key: "link", kind: "link-changed", by, removed }, english).title;
  assertEquals(title("Ann", "Bob"), "Ann removed Bob");
  assertEquals(title(undefined, "Bob", "Noor"), "You removed Bob and Noor");
  assertEquals(title("Ann"), "Ann changed the link");
  assertEquals(title(undefined), "You changed the link");
  assertEquals(title("", "Bob"), "Someone removed Bob");
});
