/**
 * What two pages tell each other about captions over their link, as topic `captions`. Closed
 * schemas; a message that does not fit is ignored.
 */
import { checked } from "../../protocol/mod.ts";
import * as is from "../../protocol/schema.ts";

/**
 * Whether a person's device writes captions of what they say. `absent`: its browser cannot do it on
 * the device; `asked`: the person has not agreed yet; `preparing`: the language is being loaded;
 * `waiting`: recognition has failed and is tried again; `failed`: it cannot be tried again.
 */
export type WriterState =
  | "absent"
  | "asked"
  | "declined"
  | "preparing"
  | "on"
  | "waiting"
  | "failed";

/** One message. */
export type CaptionMessage =
  /** Whether the sender wants to see what the receiver says. */
  | { readonly type: "want"; readonly on: boolean }
  /** The answer, and again after each change. */
  | { readonly type: "state"; readonly state: WriterState }
  /** A line by its number, which grows; `final`: it no longer changes. */
  | {
    readonly type: "text";
    readonly id: number;
    readonly text: string;
    readonly final: boolean;
  };

/** The longest line, UTF-16 units. */
export const captionMost = 1_000;

const schema = is.tagged<CaptionMessage>("type", {
  want: is.object({ type: is.oneOf("want"), on: is.boolean }),
  state: is.object({
    type: is.oneOf("state"),
    state: is.oneOf("absent", "asked", "declined", "preparing", "on", "waiting", "failed"),
  }),
  text: is.object({
    type: is.oneOf("text"),
    id: is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER }),
    text: is.text({ most: captionMost }),
    final: is.boolean,
  }),
});

/** The message in the body of a topic; undefined if it is none. */
export function readCaption(body: unknown): CaptionMessage | undefined {
  const parsed = checked(schema, body);
  return parsed.ok ? parsed.message : undefined;
}
