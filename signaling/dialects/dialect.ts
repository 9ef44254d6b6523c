import type { ClientMessage, Dialect, Parsed, ServerMessage } from "../../protocol/mod.ts";

/** Translates between one client's wire and the core's one vocabulary. */
export interface Translation {
  readonly dialect: Dialect;
  /** A frame that was read as JSON; undefined when it was not JSON. */
  decode(value: unknown): Parsed<ClientMessage>;
  /** The frame that says `message`, or undefined when this dialect has no word for it. */
  encode(message: ServerMessage): string | undefined;
}
