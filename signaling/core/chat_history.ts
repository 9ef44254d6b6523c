/** Which lines of a room's chat a joining or resuming peer may read. */
import type { Followed, Welcome } from "../../protocol/mod.ts";
import type { ChatHistory, ResumeClaims } from "./core_types.ts";
import type { Room, Session } from "./room.ts";

/** The revision up to which a joining peer may not read the room's public lines. */
export function hiddenUpTo(
  room: Room,
  { history, claims }: { history: ChatHistory; claims: ResumeClaims | undefined },
): number {
  if (history === "while-occupied") return 0;
  if (claims === undefined) return room.revision;
  // A member of the room from before a restart may read everything since.
  return claims.epoch === room.epoch ? Math.min(claims.since, room.revision) : 0;
}

/** The chat part of a welcome: what a former member missed, or recent lines for a newcomer. */
export function linesFor(
  session: Session,
  followed: Followed | undefined,
): Pick<Welcome, "missed" | "recent" | "gap"> {
  const { chat, epoch } = session.room;
  if (followed === undefined) return { missed: [], recent: chat.all(session), gap: false };
  // A peer that followed another epoch has seen nothing of this one.
  const known = followed.epoch === epoch ? followed.revision : 0;
  return { ...chat.after(known, session), recent: [] };
}
