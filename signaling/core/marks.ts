/**
 * Reactions to chat lines, and the pinned line. Invariants:
 * 1 A member is sent the reactions of lines that it may read, and no others.
 * 2 A member reacts to lines that it may read, in its own name, once with each sign.
 * 3 Only owners pin and unpin, and everybody while no owner is in the room.
 */
import {
  type ChatLine,
  type LineKey,
  type LineMarks,
  type MarkMessage,
  marksMost,
  type Pinned,
  serverLimits,
  type SetMark,
  type SetPin,
} from "../../protocol/mod.ts";
import { mayRead } from "./chat_log.ts";
import type { Step } from "./core_types.ts";
import type { Room, Session } from "./room.ts";
import { sendTo } from "./send.ts";

/** Why a reaction or a pin is refused. */
export type MarkRefusal = "no-such-line" | "not-allowed" | "not-owner" | "too-many";

/** Handles a message about reactions or the pinned line; returns why it is refused. */
export function handleMark(
  session: Session,
  message: MarkMessage,
  step: Step,
): MarkRefusal | undefined {
  switch (message.type) {
    case "mark":
      return setMark(session, message, step);
    case "pin":
      return setPin(session, message, step);
    case "ask-marks":
      return sendAll(session, step);
    default:
      return message satisfies never;
  }
}

function setMark(
  session: Session,
  { from, ref, sign, on }: SetMark,
  step: Step,
): MarkRefusal | undefined {
  const { room, peerId, name } = session;
  const line = lineFor(session, { from, ref });
  if (line === undefined) return "no-such-line";
  const before = room.chat.marksOf(line) ?? [];
  const isSame = (mark: typeof before[number]) => mark.peerId === peerId && mark.sign === sign;
  // Said again after a loss: the others have it.
  if (before.some(isSame) === on) return undefined;
  if (on && !room.rules.allows(session, "chat")) return "not-allowed";
  if (on && room.chat.markCount >= marksMost) return "too-many";
  const marks = on ? [...before, { sign, peerId, name }] : before.filter((mark) => !isSame(mark));
  room.chat.setMarks(line, marks);
  const message = { type: "marks", lines: [{ from, ref, marks }] } as const;
  for (const member of room.members.values()) {
    if (mayRead(line, member)) sendTo(member, message, step);
  }
  return undefined;
}

function setPin(
  session: Session,
  { from, ref, on }: SetPin,
  step: Step,
): MarkRefusal | undefined {
  const { room, name } = session;
  if (room.owners.length > 0 && !session.isOwner) return "not-owner";
  if (!on) {
    const isPinned = room.pin?.line.from === from && room.pin.line.ref === ref;
    if (isPinned) replacePin(room, { line: undefined, by: name }, step);
    return undefined;
  }
  const line = lineFor(session, { from, ref });
  if (line === undefined || line.to !== undefined) return "no-such-line";
  replacePin(room, { line, by: name }, step);
  return undefined;
}

/** The line as it is kept, if this member may read it and it is not deleted. */
function lineFor(session: Session, { from, ref }: LineKey): ChatLine | undefined {
  const line = session.room.chat.find(from, ref);
  const isThere = line !== undefined && line.text !== null && mayRead(line, session);
  return isThere ? line : undefined;
}

/** A line has changed: it stays pinned as it is now, unless it was deleted. */
export function followChange(room: Room, line: ChatLine, step: Step): void {
  const { pin } = room;
  if (pin?.line.from !== line.from || pin.line.ref !== line.ref) return;
  if (line.text === null) replacePin(room, { line: undefined, by: line.name }, step);
  else setPinned(room, { ...pin, line }, step);
}

/** Unpins a line that is as old as no other line may be. */
export function tickPin(room: Room, step: Step): void {
  const { pin } = room;
  if (pin === undefined || step.now - pin.pinnedAt < serverLimits.recentChatMs) return;
  replacePin(room, { line: undefined, by: "" }, step);
}

function replacePin(
  room: Room,
  { line, by }: { readonly line: ChatLine | undefined; readonly by: string },
  step: Step,
): void {
  const { now: pinnedAt, at } = step;
  if (line !== undefined) return setPinned(room, { line, by, pinnedAt, at }, step);
  const { pin } = room;
  room.pin = undefined;
  if (pin === undefined) return;
  for (const member of room.members.values()) {
    if (mayRead(pin.line, member)) sendTo(member, { type: "pinned", line: null, by }, step);
  }
}

function setPinned(room: Room, pin: NonNullable<Room["pin"]>, step: Step): void {
  const before = room.pin;
  room.pin = pin;
  for (const member of room.members.values()) {
    const message = pinnedFor(room, member, pin.by);
    const hadOne = before !== undefined && mayRead(before.line, member);
    if (message.line !== null || hadOne) sendTo(member, message, step);
  }
}

function pinnedFor({ pin }: Room, session: Session, by = ""): Pinned {
  if (pin === undefined || !mayRead(pin.line, session)) return { type: "pinned", line: null, by };
  return { type: "pinned", line: pin.line, by: pin.by };
}

/** Sends a member the reactions of all lines that ever had one, and the pinned line. */
function sendAll(session: Session, step: Step): undefined {
  const { room } = session;
  const lines: LineMarks[] = [];
  for (const { line, marks } of room.chat.marked(session)) {
    lines.push({ from: line.from, ref: line.ref, marks });
  }
  sendTo(session, { type: "marks", lines }, step);
  sendTo(session, pinnedFor(room, session), step);
}
