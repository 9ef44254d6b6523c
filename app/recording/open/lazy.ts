/** Everything of recordings but what makes files of them, in one file. */
import type { Call } from "../../call/mod.ts";
import type { Extra } from "../../extras/views.ts";
import { makeExtra } from "../extra.tsx";
import { openRecordings } from "../recording_store.ts";

/** Opens the recordings of a call. */
export function open(call: Call): Extra {
  return makeExtra(call, openRecordings);
}
