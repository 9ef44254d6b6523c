/** Chat lines: who may send and change them, and who receives them. */
import type { ChatLine, DeleteLine, EditChat, SendChat } from "../../protocol/mod.ts";
import { mayRead } from "./chat_log.ts";
import type { Broadcast, Step } from "./core_types.ts";
import { followChange } from "./marks.ts";
import type { Session } from "./room.ts";
import { broadcast, sendTo } from "./send.ts";

/** Why a line, or its change, is refused. */
export type ChatRefusal = "no-such-peer" | "no-such-line" | "no-private" | "not-allowed";

/** Adds a line to the chat and sends it to its readers; returns why not, or undefined. */
export function sendChat(
  from: Session,
  message: Omit<SendChat, "type">,
  step: Step,
): ChatRefusal | undefined {
  const { room, peerId, name } = from;
  const { ref, text, to, answers } = message;
  if (!room.rules.allows(from, "chat")) return "not-allowed";
  const sent = room.chat.find(peerId, ref);
  if (sent !== undefined) {
    // Sent again after a loss: its author needs the echo, the others have it.
    sendTo(from, { type: "chat", line: sent }, step);
    return undefined;
  }
  const other = to === undefined || to === peerId ? undefined : room.members.get(to);
  if (to !== undefined && other === undefined) return "no-such-peer";
  // SkyRTC pages would show it as a public line, and their answer would be public.
  if (other?.dialect === "skyrtc") return "no-private";
  const line: ChatLine = {
    id: other === undefined ? room.nextRevision() : room.revision,
    ref,
    from: peerId,
    name,
    text,
    at: step.at,
    ...other !== undefined && { to: { peerId: other.peerId, name: other.name } },
    ...answers !== undefined && { answers },
  };
  room.chat.add(line, step.now);
  sendLine(from, line, step);
  return undefined;
}

/** Changes a line of its sender and sends it to its readers; returns why not, or undefined. */
export function editChat(
  from: Session,
  { ref, text }: EditChat,
  step: Step,
): ChatRefusal | undefined {
  const { room, peerId } = from;
  // A line may be deleted even by a member who may no longer write.
  if (text !== null && !room.rules.allows(from, "chat")) return "not-allowed";
  const line = room.chat.find(peerId, ref);
  // A deleted line stays deleted.
  if (line === undefined || (line.text === null && text !== null)) return "no-such-line";
  if (line.text === text) {
    sendTo(from, { type: "chat", line }, step);
    return undefined;
  }
  const changed = { ...line, text, changed: room.revision };
  room.chat.replace(changed, step.now);
  sendLine(from, changed, step);
  followChange(room, changed, step);
  return undefined;
}

/** Deletes a line that an owner may read, no matter who wrote it; returns why not, or undefined. */
export function deleteChat(
  owner: Session,
  { from, ref }: Pick<DeleteLine, "from" | "ref">,
  step: Step,
): "no-such-line" | undefined {
  const { room } = owner;
  const line = room.chat.find(from, ref);
  if (line === undefined || line.text === null || !mayRead(line, owner)) return "no-such-line";
  if (owner.sealed === undefined) {
    const changed = { ...line, text: null, changed: room.revision };
    room.chat.replace(changed, step.now);
    sendLine(owner, changed, step);
    followChange(room, changed, step);
  } else {
    // Pages could not open a text that nobody has sealed.
    room.chat.remove(line);
  }
  // Others need not know that there was a private line.
  const deleted: Broadcast = { type: "lines-deleted", lines: [{ from, ref }] };
  if (line.to !== undefined) {
    for (const member of room.members.values()) {
      if (mayRead(line, member)) sendTo(member, deleted, step);
    }
    return undefined;
  }
  room.addDeleted({ from, ref });
  broadcast(room, deleted, step);
  return undefined;
}

function sendLine({ room }: Session, line: ChatLine, step: Step): void {
  const message: Broadcast = { type: "chat", line };
  for (const member of room.members.values()) {
    if (mayRead(line, member)) sendTo(member, message, step);
  }
  // Author and receiver of a private line are members on this node, so no other node needs it.
  if (line.to === undefined) step.emit({ kind: "publish", room: room.name, message });
}
