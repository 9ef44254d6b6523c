/** Checks of reactions to lines and of the pinned line; see marks.ts. */
import type { ChatLine } from "./chat_line.ts";
import { limits } from "./limits.ts";
import { type Mark, type MarkMessage, markSigns, marksMost, type MarksUpdate } from "./marks.ts";
import * as is from "./schema.ts";

// Not those of fields.ts and parse.ts: exports would make what pages load first larger.
/** Checks the id of a peer. */
export const peerId = is.text({ least: 1, most: limits.peerId });
/** Checks the reference of a line. */
export const ref = is.matching(/^[\w-]{1,64}$/, "1 to 64 letters, digits, - or _");
const count = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });

/** Checks one of the signs. */
export const markSign = is.oneOf(...markSigns);

// Of 32 code points, or empty.
const shownName = is.text({ most: 2 * limits.personName });
/** A public line that is not deleted. */
const pinnedLine: is.Check<ChatLine> = is.object({
  id: count,
  ref,
  from: peerId,
  name: shownName,
  text: is.text({ least: 1, most: 2 * limits.chatText }),
  at: count,
}, { answers: ref, changed: count });

/** What a client sends. */
export const markMessages = {
  mark: is.object({ type: is.oneOf("mark"), from: peerId, ref, sign: markSign, on: is.boolean }),
  pin: is.object({ type: is.oneOf("pin"), from: peerId, ref, on: is.boolean }),
  "ask-marks": is.object({ type: is.oneOf("ask-marks") }),
} satisfies Record<MarkMessage["type"], is.Check<MarkMessage>>;

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
  pinned: is.object({ type: is.oneOf("pinned"), line: is.nullable(pinnedLine), by: shownName }),
} satisfies Record<MarksUpdate["type"], is.Check<MarksUpdate>>;
