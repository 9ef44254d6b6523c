/** Checks of reactions to lines and of the pinned line; see marks.ts. */
import { peerId, ref } from "./fields.ts";
import { limits } from "./limits.ts";
import { type Mark, type MarkMessage, markSigns, marksMost, type MarksUpdate } from "./marks.ts";
import { chatLine } from "./parse.ts";
import * as is from "./schema.ts";

/** Checks one of the signs. */
export const markSign = is.oneOf(...markSigns);

/** What a client sends. */
export const markMessages = {
  mark: is.object({ type: is.oneOf("mark"), from: peerId, ref, sign: markSign, on: is.boolean }),
  pin: is.object({ type: is.oneOf("pin"), from: peerId, ref, on: is.boolean }),
  "ask-marks": is.object({ type: is.oneOf("ask-marks") }),
} satisfies Record<MarkMessage["type"], is.Check<MarkMessage>>;

// Of 32 code points, or empty.
const shownName = is.text({ most: 2 * limits.personName });
const mark: is.Check<Mark> = is.object({ sign: markSign, peerId, name: shownName });
const lineMarks = is.object({
  from: peerId,
  ref,
  marks: is.list(mark, marksMost),
});

/** What the server sends. */
export const marksUpdates = {
  marks: is.object({
    type: is.oneOf("marks"),
    lines: is.list(lineMarks, 2 * limits.recentChatLines),
  }),
  pinned: is.object({ type: is.oneOf("pinned"), line: is.nullable(chatLine), by: shownName }),
} satisfies Record<MarksUpdate["type"], is.Check<MarksUpdate>>;
