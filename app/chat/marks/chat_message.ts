/**
 * What two pages tell each other about the chat over their link, as topic `chat`. Closed schemas; a
 * message that does not fit is ignored.
 */
import {
  checked,
  limits,
  type LineKey,
  type MarkSign,
  type PeerId,
} from "../../../protocol/mod.ts";
import { markSign, peerId, ref } from "../../../protocol/marks_checks.ts";
import * as is from "../../../protocol/schema.ts";

/** A reaction of a sealed room. Of two with the same line, person and sign the later one counts. */
export interface PeerMark extends LineKey {
  readonly sign: MarkSign;
  readonly peerId: PeerId;
  readonly name: string;
  readonly on: boolean;
  /** ms since the epoch by the clock of the person, and larger than their last one. */
  readonly at: number;
}

/** The pinned line of a sealed room; the latest counts. */
export interface PeerPin extends LineKey {
  /** Who has pinned or unpinned it. */
  readonly peerId: PeerId;
  readonly name: string;
  readonly on: boolean;
  readonly at: number;
}

/** One message. */
export type ChatSign =
  /** The sender listens from now on: it has missed what was said before. */
  | { readonly type: "ask" }
  /** Whether the sender writes a line that the receiver will be able to read. */
  | { readonly type: "writing"; readonly on: boolean }
  /** The last line that the sender has seen; null: the sender does not tell. */
  | { readonly type: "read"; readonly line: LineKey | null }
  | { readonly type: "marks"; readonly marks: readonly PeerMark[] }
  | { readonly type: "pin"; readonly pin: PeerPin };

/** Reactions in one message. */
export const marksTogether = 50;

const at = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });
const said = { peerId, name: is.text({ most: 2 * limits.personName }), on: is.boolean, at };

const schema = is.tagged<ChatSign>("type", {
  ask: is.object({ type: is.oneOf("ask") }),
  writing: is.object({ type: is.oneOf("writing"), on: is.boolean }),
  read: is.object({
    type: is.oneOf("read"),
    line: is.nullable(is.object({ from: peerId, ref })),
  }),
  marks: is.object({
    type: is.oneOf("marks"),
    marks: is.list(is.object({ from: peerId, ref, sign: markSign, ...said }), marksTogether),
  }),
  pin: is.object({ type: is.oneOf("pin"), pin: is.object({ from: peerId, ref, ...said }) }),
});

/** The message in the body of a topic; undefined if it is none. */
export function readSign(body: unknown): ChatSign | undefined {
  const parsed = checked(schema, body);
  return parsed.ok ? parsed.message : undefined;
}
