/**
 * What two peers send each other over their own data channel while a socket is away. Closed
 * schemas, as on the wire.
 */
import {
  checked,
  limits,
  type OpenSignal,
  openSignal,
  type Parsed,
  personName,
  readJson,
  type Rename,
  type SetState,
} from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";

/** A signal for the receiver, as on the wire but without a sender. */
export interface DirectSignal {
  readonly type: "signal";
  readonly signal: OpenSignal;
}

/**
 * How much a picture matters to its viewer: pinned, of the person who speaks, or among the others.
 */
export type Rank = "pinned" | "speaker" | "rest";

/** How a picture is shown, in device pixels; 0 × 0: not at all. */
export interface Want {
  readonly width: number;
  readonly height: number;
  readonly rank: Rank;
}

/** How the viewer shows the receiver's pictures, sent at each change. */
export interface Watch {
  readonly type: "watch";
  readonly camera: Want;
  readonly screen: Want;
  /**
   * Codecs the viewer decodes in hardware, MIME types, the best first; left out: none, or it does
   * not know.
   */
  readonly efficient?: readonly string[];
}

/** How one peer's pictures are shown. */
export type Shown = Omit<Watch, "type">;

/** Everything a peer may send directly. A page ignores types that it does not know. */
export type PeerMessage =
  | DirectSignal
  | SetState
  | Rename
  | Watch
  /** Only in a sealed room; mesh/sealing/trust_message.ts checks it. */
  | { readonly type: "trust"; readonly trust: unknown }
  /** For the feature of this name, which checks `body`. */
  | { readonly type: "topic"; readonly topic: string; readonly body: unknown };

const state = is.object({
  microphone: is.boolean,
  camera: is.boolean,
  screen: is.boolean,
  hand: is.boolean,
});
const name = is.canonical(personName, `1 to ${limits.personName} characters`);

const anything = (value: unknown) => value;
const pixels = is.integer({ least: 0, most: 16_384 });
const want = is.object({
  width: pixels,
  height: pixels,
  rank: is.oneOf("pinned", "speaker", "rest"),
});

const peerMessage = is.tagged<PeerMessage>("type", {
  signal: is.object({ type: is.oneOf("signal"), signal: openSignal }),
  state: is.object({ type: is.oneOf("state"), state }),
  trust: is.object({ type: is.oneOf("trust"), trust: anything }),
  topic: is.object({
    type: is.oneOf("topic"),
    topic: is.text({ least: 1, most: 16 }),
    body: anything,
  }),
  rename: is.object({ type: is.oneOf("rename"), name }),
  watch: is.object(
    { type: is.oneOf("watch"), camera: want, screen: want },
    { efficient: is.list(is.text({ least: 1, most: 32 }), 8) },
  ),
});

/** One frame from a peer; `frame` is what the data channel delivered, of any type. */
export function parsePeerMessage(frame: unknown): Parsed<PeerMessage> {
  if (typeof frame !== "string" || frame.length > limits.frameBytes) {
    return { ok: false, reason: `expected text of at most ${limits.frameBytes} characters` };
  }
  return checked(peerMessage, readJson(frame));
}
