import type { ClientMessage, Dialect, Parsed, ServerMessage } from "../../protocol/mod.ts";

/** Translates between one client's wire and the core's one vocabulary. */
export interface Translation {
  readonly dialect: Dialect;
  /** Whether the client puts its signals into envelopes, and wants to get them so. */
  readonly envelopes: boolean;
  /** A frame that was read as JSON; undefined when it was not JSON. */
  decode(value: unknown): Parsed<ClientMessage>;
  /** The frame that says `message`, or undefined when this dialect has no word for it. */
  encode(message: ServerMessage): string | undefined;
}
