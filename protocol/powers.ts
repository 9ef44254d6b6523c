/**
 * Messages about what owners may do to one person or line, and about the times of a room; a part of
 * messages.ts. Pages without this code ignore those of the server.
 */
import type { PeerId } from "./peers.ts";

/** Limits of these messages. Here, because pages load them late. */
export const powerLimits = {
  /** Characters of the reason that a removed person is shown. */
  reason: 200,
  /** Characters of a time zone. */
  zone: 64,
  /** Spans of a week. */
  spans: 21,
  /** How far away the end of a room may be. */
  endMs: 24 * 60 * 60_000,
  /** How long before the end everybody is told. */
  endToldMs: [10 * 60_000, 2 * 60_000],
  /** Stays in the list of who was here; the list fits into one frame. */
  staysKept: 200,
  /** Deleted lines that a room remembers: as many as it keeps, public and private ones. */
  deletedLines: 400,
} as const;

/** All values of `PersonRight`. */
export const personRights = ["microphone", "camera", "screen", "chat", "files"] as const;
/** What owners may take away from one person. */
export type PersonRight = typeof personRights[number];

/** A span in which people may come in, every week. */
export interface WeekSpan {
  /** The day on which it begins: 0 is Monday. */
  readonly day: number;
  /** Minutes since midnight. */
  readonly from: number;
  /** The same, later; more than 1,440 is on the next day. */
  readonly to: number;
}

/** When people may come into a room. */
export interface RoomHours {
  /** A time zone of the IANA database, such as "Europe/Berlin". */
  readonly zone: string;
  readonly spans: readonly WeekSpan[];
}

/** An owner asks one member to mute itself; it is sent a `mute-request`. */
export interface MuteOne {
  readonly type: "mute-one";
  readonly peerId: PeerId;
}
/** An owner takes a right away from one member, or gives it back. */
export interface SetRight {
  readonly type: "set-right";
  readonly peerId: PeerId;
  readonly right: PersonRight;
  readonly given: boolean;
}
/** An owner deletes a line of anybody. */
export interface DeleteLine {
  readonly type: "delete-line";
  readonly from: PeerId;
  readonly ref: string;
}
/** An owner removes a member and says why; not in sealed rooms. */
export interface RemoveFor {
  readonly type: "remove-for";
  readonly peerId: PeerId;
  readonly ban: boolean;
  readonly reason: string;
}
/** An owner with a key makes a member an owner until it leaves, or takes that back. */
export interface LendOwnership {
  readonly type: "lend";
  readonly peerId: PeerId;
  readonly lent: boolean;
}
/** An owner sets the hours of the room; null: people may come in at any time. */
export interface SetHours {
  readonly type: "set-hours";
  readonly hours: RoomHours | null;
}
/** An owner sets when the call ends; null: it does not. */
export interface SetEnd {
  readonly type: "set-end";
  readonly inMs: number | null;
}
/** An owner asks who was here. */
export interface AskAttendance {
  readonly type: "ask-attendance";
}
/** What only owners may send about one person, one line or the times of the room. */
export type PowerMessage =
  | MuteOne
  | SetRight
  | DeleteLine
  | RemoveFor
  | LendOwnership
  | SetHours
  | SetEnd
  | AskAttendance;

/** What was taken away from one member. */
export interface TakenRights {
  readonly peerId: PeerId;
  readonly rights: readonly PersonRight[];
}

/**
 * What owners have taken away from members, and who is an owner for this call only; replaces the
 * last one. Not an event of the room.
 */
export interface Powers {
  readonly type: "powers";
  readonly taken: readonly TakenRights[];
  readonly lent: readonly PeerId[];
}
/** Lines that owners have deleted. After a welcome: all that the room still knows. */
export interface LinesDeleted {
  readonly type: "lines-deleted";
  readonly lines: readonly { readonly from: PeerId; readonly ref: string }[];
}
/** Why an owner removes the receiver; its socket is closed next. */
export interface RemovedFor {
  readonly type: "removed-for";
  readonly reason: string;
}
/** The hours and the end of the room; replaces the last ones. Times are ms since the epoch. */
export interface RoomTimes {
  readonly type: "times";
  readonly hours: RoomHours | null;
  readonly end: number | null;
  /** Server time. */
  readonly at: number;
}
/** The room is closed for everybody soon. */
export interface RoomEnding {
  readonly type: "ending";
  readonly leftMs: number;
}
/** The end that an owner has set has come; the socket is closed next. */
export interface RoomEnded {
  readonly type: "ended";
}
/** Nobody but owners may come in now; the socket is closed next, as `locked`. */
export interface OutsideHours {
  readonly type: "outside-hours";
  /** When people may come in next, ms since the epoch; null: not known. */
  readonly opens: number | null;
}
/** A stay of one person. Times are ms since the epoch. */
export interface Stay {
  readonly peerId: PeerId;
  /** The last one; empty in a sealed room. */
  readonly name: string;
  readonly from: number;
  /** Null: the person is still here. */
  readonly to: number | null;
}
/** To an owner who has asked: who was here since the room was opened, the earliest first. */
export interface Attendance {
  readonly type: "attendance";
  readonly stays: readonly Stay[];
  /** Whether earlier stays were dropped. */
  readonly isCut: boolean;
  /** Server time, ms since the epoch. */
  readonly at: number;
}
/** What the server sends about these. */
export type PowerUpdate =
  | Powers
  | LinesDeleted
  | RemovedFor
  | RoomTimes
  | RoomEnding
  | RoomEnded
  | OutsideHours
  | Attendance;
