/** Which lines of a room's chat a joining or resuming peer may read. */
import type { Followed, Welcome } from "../../protocol/mod.ts";
import type { ChatHistory, ResumeClaims } from "./core_types.ts";
import type { Room, Session } from "./room.ts";

/** The revision up to which a joining peer may not read the room's chat. */
export function firstRevision(
  room: Room,
  { history, claims }: { history: ChatHistory; claims: ResumeClaims | undefined },
): number {
  if (history === "while-occupied") return 0;
  if (claims === undefined) return room.revision;
  // A member of an earlier life of the room, before a restart, may read all of this one.
  return claims.epoch === room.epoch ? Math.min(claims.since, room.revision) : 0;
}

/** What a welcome tells of the chat: the news to who followed it, the recent lines to who begins. */
export function linesFor(
  session: Session,
  followed: Followed | undefined,
): Pick<Welcome, "missed" | "recent" | "gap"> {
  const { chat, epoch } = session.room;
  if (followed === undefined) return { missed: [], recent: chat.all(session), gap: false };
  // A follower of another life has heard nothing of this one.
  const known = followed.epoch === epoch ? followed.revision : 0;
  return { ...chat.after(known, session), recent: [] };
}
