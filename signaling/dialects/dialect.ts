/** What a dialect is to the hub. */
import type { Dialect, Parsed } from "../../protocol/mod.ts";
import type { Incoming, Outgoing } from "../core/core_types.ts";

/** Translates between the wire format of one client and the messages of the core. */
export interface Translation {
  readonly dialect: Dialect;
  /** Reads one frame of the client, or says why it is no valid message. */
  decode(frame: string): Parsed<Incoming>;
  /** The frame for a message; undefined if this dialect has none. */
  encode(message: Outgoing): string | undefined;
}
