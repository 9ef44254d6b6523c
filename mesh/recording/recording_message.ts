/**
 * What the pages of a call tell each other about a recording, over their links. Invariants:
 * 1 Each message holds a whole state and is repeated, so a lost one does no harm; a lost `removed`
 *   only leaves the others waiting until the recorder leaves.
 * 2 The recorder never tells what somebody else has answered.
 * 3 A secret is known to one guest and the recorder, and told to nobody else.
 */
import * as is from "../../protocol/schema.ts";
import { checked } from "../../protocol/parse.ts";

/**
 * How a person stands towards a recording. `unanswered`: as no; `unable`: the browser cannot
 * record; `disk-full`, `cannot-write`: their recording has ended early; `delivered`: the recorder
 * has all their tracks.
 */
export type Standing =
  | "unanswered"
  | "yes"
  | "no"
  | "unable"
  | "disk-full"
  | "cannot-write"
  | "delivered";

/** One message. `id`: of the recording. Times: ms since the epoch, by the clock of their writer. */
export type RecordingMessage =
  /** The recorder records; sent to everybody every two seconds. */
  | { readonly kind: "running"; readonly id: string }
  /**
   * The recorder has stopped and waits for the tracks; repeated until they are delivered. `got`:
   * bytes of the receiver's tracks that it has.
   */
  | { readonly kind: "ended"; readonly id: string; readonly got: number }
  /**
   * The recorder has reloaded its page and is another member now. `secret`: what the receiver gave
   * it; it comes before `running` or `ended`.
   */
  | { readonly kind: "resumed"; readonly id: string; readonly secret: string }
  /** The recorder has removed the recording and wants no tracks. */
  | { readonly kind: "removed"; readonly id: string }
  /**
   * The answer to the first two. `owner`: names the tracks of this person; `left`: bytes not sent
   * yet.
   */
  | {
    readonly kind: "standing";
    readonly id: string;
    readonly owner: string;
    readonly standing: Standing;
    readonly left: number;
  }
  /** A guest who has said yes gives the recorder what proves that it is the same one later. */
  | { readonly kind: "secret"; readonly id: string; readonly secret: string }
  /** Asks the recorder for its time. */
  | { readonly kind: "ping"; readonly id: string; readonly sent: number }
  /** Its time `at` the ping that was `sent`. */
  | { readonly kind: "pong"; readonly id: string; readonly sent: number; readonly at: number };

const id = is.matching(/^[\da-f]{32}$/, "32 hexadecimal digits");
const bytes = is.integer({ least: 0, most: 2 ** 48 });
const time = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });

const recordingMessage = is.tagged<RecordingMessage>("kind", {
  running: is.object({ kind: is.oneOf("running"), id }),
  ended: is.object({ kind: is.oneOf("ended"), id, got: bytes }),
  resumed: is.object({ kind: is.oneOf("resumed"), id, secret: id }),
  removed: is.object({ kind: is.oneOf("removed"), id }),
  standing: is.object({
    kind: is.oneOf("standing"),
    id,
    owner: id,
    standing: is.oneOf(
      "unanswered",
      "yes",
      "no",
      "unable",
      "disk-full",
      "cannot-write",
      "delivered",
    ),
    left: bytes,
  }),
  secret: is.object({ kind: is.oneOf("secret"), id, secret: id }),
  ping: is.object({ kind: is.oneOf("ping"), id, sent: time }),
  pong: is.object({ kind: is.oneOf("pong"), id, sent: time, at: time }),
});

/** Checks a value that a peer sent; undefined: malformed, or of a later version. */
export function readRecordingMessage(value: unknown): RecordingMessage | undefined {
  const read = checked(recordingMessage, value);
  return read.ok ? read.message : undefined;
}
