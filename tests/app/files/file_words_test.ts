import { byteSize, timeSpan } from "../../../app/ui/amounts.ts";
import {
  fileLine,
  fileNews,
  memoryBytes,
  shortName,
  skyrtcBytes,
  unusableWords,
} from "../../../app/files/file_words.ts";
import { fileLimits } from "../../../mesh/files/file_message.ts";
import { memoryBytes as storageBytes } from "../../../mesh/files/mod.ts";
import { languages, loadWords } from "../../../app/ui/words/mod.ts";
import type { FileFailure, TransferState } from "../../../mesh/files/mod.ts";
import type { FileRow } from "../../../app/files/file_card.ts";
import { assert, assertEquals } from "../../assert.ts";

const en = await loadWords("en");

function row(state: TransferState, direction: "in" | "out" = "in"): FileRow {
  const transfer = {
    id: "1",
    batch: "1",
    direction,
    peerId: "a",
    name: "map.pdf",
    size: 4_800_000,
    state,
  };
  return { transfer, person: "Ana", rate: undefined, remaining: undefined };
}

const failures: FileFailure[] = [
  "unreadable",
  "disk-full",
  "no-storage",
  "cannot-write",
  "damaged",
  "rules",
  "busy",
  "unsupported",
  "left",
  "lost",
];
const states: TransferState[] = [
  { kind: "waiting" },
  { kind: "offered" },
  { kind: "opening" },
  { kind: "moving", bytes: 3_100_000 },
  { kind: "paused", bytes: 1 },
  { kind: "checking" },
  { kind: "done", stored: undefined },
  { kind: "declined" },
  { kind: "cancelled", by: "self" },
  { kind: "cancelled", by: "peer" },
  ...failures.flatMap((reason) =>
    (["self", "peer"] as const).map((by) => ({ kind: "failed", reason, by }) as const)
  ),
];

Deno.test("sizes and times read as people say them", () => {
  assertEquals(
    [0, 1, 999, 812_000, 999_960, 4_812_345, 2_000_000_000].map((bytes) =>
      byteSize(bytes, "en-GB")
    ),
    ["0 bytes", "1 byte", "999 bytes", "812 kB", "1,000 kB", "4.8 MB", "2 GB"],
  );
  assertEquals([0.2, 59, 61, 7_000].map((seconds) => timeSpan(seconds, "zh-CN")), [
    "1秒",
    "59秒",
    "2分钟",
    "2小时",
  ]);
});

Deno.test("every state is a sentence in every language, with every mark filled in", async () => {
  for (const language of languages) {
    const words = await loadWords(language);
    for (const state of states) {
      for (const direction of ["in", "out"] as const) {
        const { text } = fileLine(row(state, direction), words);
        assert(text !== "" && !/[{}]|undefined/.test(text), `${JSON.stringify(state)}: ${text}`);
      }
    }
  }
});

Deno.test("a running transfer shows amount, rate and remaining time", () => {
  const moving = row({ kind: "moving", bytes: 3_100_000 });
  assertEquals(fileLine(moving, en).text, "3.1 MB of 4.8 MB");
  const paced = fileLine({ ...moving, rate: 850_000, remaining: 2 }, en).text;
  assertEquals(paced, "3.1 MB of 4.8 MB · 850 kB/s · 2 secs left");
});

Deno.test("a failed incoming file says that nothing was saved", () => {
  const state = { kind: "failed", reason: "disk-full", by: "self" } as const;
  assertEquals(fileLine(row(state), en), {
    text: "There is not enough space on this disk. Nothing was saved.",
    tone: "bad",
  });
});

Deno.test("own actions are not announced, all others are", () => {
  const said = (state: TransferState, direction?: "out") =>
    fileNews({ name: "map.pdf", row: row(state, direction) }, en);
  assertEquals(said({ kind: "done", stored: undefined }, "out"), "Ana received map.pdf");
  assertEquals(said({ kind: "declined" }), "");
  assertEquals(said({ kind: "cancelled", by: "self" }), "");
  assertEquals(said({ kind: "cancelled", by: "peer" }), "map.pdf: stopped");
});

Deno.test("a long name keeps its end, where the kind of file stands", () => {
  assertEquals(shortName("short.txt"), "short.txt");
  const short = shortName(`${"潮汐".repeat(60)}.exe`);
  assertEquals([[...short].length, short.endsWith(".exe")], [44, true]);
});

Deno.test("the limit in words is the limit in force", () => {
  assertEquals(memoryBytes, storageBytes);
  assertEquals(skyrtcBytes, fileLimits.skyrtcBytes);
});

Deno.test("every item that cannot be sent has its reason in each language", async () => {
  for (const language of languages) {
    const words = await loadWords(language);
    assertEquals(unusableWords({ why: "reserved" }, words), words.owners.filesReserved);
    for (const why of ["folder", "unreadable"] as const) {
      assert(unusableWords({ why, name: "maps" }, words).includes("maps"), `${language}: ${why}`);
    }
  }
});
