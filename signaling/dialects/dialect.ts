import type { Dialect, Parsed } from "../../protocol/mod.ts";
import type { Incoming, Outgoing } from "../core/core_types.ts";

/** One client's wire, translated from and to the vocabulary of the core. */
export interface Translation {
  readonly dialect: Dialect;
  /** Reads one frame of the client. */
  decode(frame: string): Parsed<Incoming>;
  /** The frame that says `message`; undefined if this wire has no word for it. */
  encode(message: Outgoing): string | undefined;
}
