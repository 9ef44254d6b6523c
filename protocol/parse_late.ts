/** Parses the messages of the server that only late code understands. */
import { count, peerId, role } from "./fields.ts";
import type { LateMessage } from "./late.ts";
import { limits } from "./limits.ts";
import { marksUpdates } from "./marks_checks.ts";
import { moveUpdates } from "./moves_checks.ts";
import { checked, type Parsed, readJson } from "./parse.ts";
import { powerUpdates } from "./powers_checks.ts";
import * as is from "./schema.ts";

const lateMessage = is.tagged<LateMessage>("type", {
  "invites": is.object({
    type: is.oneOf("invites"),
    invites: is.list(
      is.object({
        inviteId: count,
        role,
        expires: count,
        invite: is.text({ most: limits.invite }),
      }),
      limits.invitesPerRoom,
    ),
  }),
  "mute-request": is.object({ type: is.oneOf("mute-request"), from: peerId }),
  ...marksUpdates,
  ...moveUpdates,
  ...powerUpdates,
});

/** Parses one frame from the server whose type `parseServerMessage` does not know. */
export function parseLateMessage(frame: string): Parsed<LateMessage> {
  return checked(lateMessage, readJson(frame));
}
