import {
  filmLines,
  joinLines,
  linesAsSubtitles,
  linesAsText,
  parseLines,
} from "../../../app/recording/film_chat.ts";
import type { ChatEntry } from "../../../app/chat/mod.ts";
import { assertEquals } from "../../assert.ts";

const zero = 1_000_000;
const line = (key: string, seconds: number, text: string, name = "Ann") => ({
  key,
  at: zero + seconds * 1_000,
  name,
  text,
});

Deno.test("a chat line imitates neither another author's line nor another cue", () => {
  const lines = [line("1", 1, "Hi\n[00:00:02] Bob: I agree"), line("2", 3, "a --> b\n\n<v Bob>x")];
  assertEquals(
    linesAsText(lines, zero),
    "[00:00:01] Ann: Hi\n    [00:00:02] Bob: I agree\n" +
      "[00:00:03] Ann: a --> b\n    \n    <v Bob>x\n",
  );
  assertEquals(
    linesAsSubtitles(lines, zero),
    "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Ann>Hi\n[00:00:02] Bob: I agree\n\n" +
      "00:00:03.000 --> 00:00:05.000\n<v Ann>a --&gt; b\n&lt;v Bob&gt;x\n",
  );
});

Deno.test("a line is shown until the next one, or until it is read", () => {
  const times = (lines: ReturnType<typeof line>[]) =>
    linesAsSubtitles(lines, zero).match(/\d\S+ --> \S+/g);
  assertEquals(times([line("1", 1, "x".repeat(600)), line("2", 4, "Yes")]), [
    "00:00:01.000 --> 00:00:04.000",
    "00:00:04.000 --> 00:00:06.000",
  ]);
  assertEquals(times([line("1", -5, "Before the start")]), ["00:00:00.000 --> 00:00:02.000"]);
  assertEquals(times([line("1", 3_600, "x".repeat(60))]), ["01:00:00.000 --> 01:00:04.000"]);
});

Deno.test("private, deleted, unsent and older lines are in no recording", () => {
  const entry = (key: string, more: object): ChatEntry =>
    // Only what filmLines reads.
    ({
      kind: "line",
      key,
      at: zero,
      name: "Bob",
      text: key,
      own: false,
      version: "first",
      delivery: "delivered",
      ...more,
    }) as unknown as ChatEntry;
  const entries = [
    entry("kept", {}),
    entry("own", { own: true }),
    entry("private", { to: "cid" }),
    entry("deleted", { version: "deleted" }),
    entry("waiting", { delivery: "waiting" }),
    entry("older", { at: zero - 1 }),
  ];
  assertEquals(
    filmLines(entries, { since: zero, self: "Ann" }).map(({ key, name }) => [key, name]),
    [
      ["kept", "Bob"],
      ["own", "Ann"],
    ],
  );
});

Deno.test("lines of several pages are joined once each, and a broken file has none", () => {
  const [one, two] = [line("1", 1, "Hi"), line("2", 2, "Ho")];
  assertEquals(joinLines([[two], [one, two]]), [one, two]);
  assertEquals(parseLines(JSON.stringify([one, { key: "x" }, null])), [one]);
  assertEquals(parseLines("[{"), []);
});
