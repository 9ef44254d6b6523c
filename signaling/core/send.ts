/** How messages leave the core: to one member, to a room, to a socket that is refused something. */
import type { ErrorCode, PeerId } from "../../protocol/mod.ts";
import type { Broadcast, Outgoing, Step } from "./core_types.ts";
import type { Room, Session } from "./room.ts";
import type { SocketRecord } from "./socket_record.ts";

type Emit = Pick<Step, "emit">;

/**
 * Sends a message to a member. A signal for an away member is held; its next welcome covers every
 * other message.
 */
export function sendTo(session: Session, message: Outgoing, { emit }: Emit): void {
  const { socketId } = session;
  if (socketId !== undefined) emit({ kind: "send", socketId, message });
  else if (message.type === "signal") session.hold(message);
}

/** Sends a message to all members of a room but `except`, and publishes it to other nodes. */
export function broadcast(
  room: Room,
  message: Broadcast,
  { emit, except }: Emit & { readonly except?: PeerId | undefined },
): void {
  for (const member of room.members.values()) {
    if (member.peerId !== except) sendTo(member, message, { emit });
  }
  emit({ kind: "publish", room: room.name, message });
}

/**
 * Answers a socket with an error. `about`: the chat line or peer that the refused message named.
 */
export function refuse(
  { socketId }: SocketRecord,
  { code, message, about }: { code: ErrorCode; message: string; about?: string | undefined },
  { emit }: Emit,
): void {
  const reply = { type: "error", code, message } as const;
  emit({ kind: "send", socketId, message: about === undefined ? reply : { ...reply, about } });
}
