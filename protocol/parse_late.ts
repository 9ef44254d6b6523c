/** Parses the messages of the server that only late code understands. */
import type { LateMessage } from "./late.ts";
import { checked, type Parsed, readJson } from "./parse.ts";
import * as is from "./schema.ts";

const lateMessage = is.tagged<LateMessage>("type", {});

/** Parses one frame from the server whose type `parseServerMessage` does not know. */
export function parseLateMessage(frame: string): Parsed<LateMessage> {
  return checked(lateMessage, readJson(frame));
}
