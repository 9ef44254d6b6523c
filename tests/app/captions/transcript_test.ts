import { assertEquals } from "../../assert.ts";
import { asText, asVtt, type TranscriptLine } from "../../../app/captions/transcript.ts";

const at = Date.UTC(2030, 1, 2, 9, 30);
const lines: TranscriptLine[] = [
  { name: "Ann", text: "Good morning", from: at, to: at + 1_500 },
  { name: "Bob", text: "Is 1 < 2 &\n\n00:00 --> 00:01\nmore?", from: at + 61_040, to: at + 61_040 },
  { name: "<i>Cem", text: "Yes", from: at + 3_725_000, to: at + 3_727_000 },
];

Deno.test("a transcript is one line of text for each line that was said", () => {
  assertEquals(
    asText(lines, "Parley · attic"),
    `Parley · attic

[00:00] Ann: Good morning
[01:01] Bob: Is 1 < 2 & 00:00 --> 00:01 more?
[1:02:05] <i>Cem: Yes
`,
  );
});

Deno.test("a transcript as WebVTT has a cue with its speaker for each line, and no text makes another", () => {
  assertEquals(
    asVtt(lines),
    `WEBVTT

00:00:00.000 --> 00:00:01.500
<v Ann>Good morning

00:01:01.040 --> 00:01:02.040
<v Bob>Is 1 &lt; 2 &amp; 00:00 --&gt; 00:01 more?

01:02:05.000 --> 01:02:07.000
<v &lt;i&gt;Cem>Yes
`,
  );
  assertEquals(asVtt([]), "WEBVTT\n");
});
