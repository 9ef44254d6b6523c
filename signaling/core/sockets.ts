/** How a socket begins and ends, and what its end means for the membership. */
import type { CloseReason } from "../../protocol/mod.ts";
import type { Close, Connect, Step } from "./core_types.ts";
import { leaveLobby } from "./lobby.ts";
import { markAway, removeMember } from "./membership.ts";
import type { Session } from "./room.ts";
import { refuse } from "./send.ts";
import { SocketRecord } from "./socket_record.ts";
import type { CoreState } from "./state.ts";

/** Why an owner, or the administration, ends a membership. */
export type RemovalReason = "kicked" | "banned" | "closed";

/** The close code of a socket that the server cut because it did not read; see socket_pool.ts. */
const slowCode = 4008;

/** What to do about a link that does not fit the room. */
const closingTexts: Partial<Readonly<Record<CloseReason, string>>> = {
  "sealed":
    "this room is sealed; join it on Parley's page by its whole link, with k=… behind the #",
  "unsealed": "this room is open; join it by a link without k=…, or start another room",
  "link-changed": "the link of this room has changed; ask a member for the new one",
};

/** Adds an open socket. */
export function connect(state: CoreState, input: Connect): void {
  state.sockets.set(input.socketId, new SocketRecord(input));
}

/** Handles the end of a socket. A peer leaves explicitly; a lost peer that can resume is away. */
export function handleClose(state: CoreState, { socketId, code }: Close, step: Step): void {
  const session = forget(state, state.sockets.get(socketId));
  if (session === undefined) return;
  const isLost = code === 0 || code === 1005 || code === 1006;
  if (isLost && session.dialect === "parley") return markAway(state, session, step);
  const reason = isLost || code === slowCode ? "lost" : "left";
  removeMember(state, { session, reason }, step);
}

/**
 * Sends the reason, closes the socket and ends its membership. `leftAs`: the reason that the others
 * are sent.
 */
export function disconnect(
  state: CoreState,
  { socket, reason, leftAs = "lost" }: {
    socket: SocketRecord;
    reason: CloseReason;
    leftAs?: "lost" | "kicked";
  },
  step: Step,
): void {
  const message = closingTexts[reason] ?? `closing: ${reason}`;
  refuse(socket, { code: reason, message }, step);
  step.emit({ kind: "close", socketId: socket.socketId, reason });
  const session = forget(state, socket);
  if (session !== undefined) removeMember(state, { session, reason: leftAs }, step);
}

/**
 * Removes a member by order of an owner or the administration, and closes its socket if it has one.
 */
export function kick(
  state: CoreState,
  { session, reason }: { session: Session; reason: RemovalReason },
  step: Step,
): void {
  const { socketId } = session;
  const socket = socketId === undefined ? undefined : state.sockets.get(socketId);
  if (socket !== undefined) return disconnect(state, { socket, reason, leftAs: "kicked" }, step);
  removeMember(state, { session, reason: "kicked" }, step);
}

/** Ends the membership of a socket that stays open. */
export function leave(
  state: CoreState,
  { socket, session }: { socket: SocketRecord; session: Session },
  step: Step,
): void {
  socket.session = undefined;
  socket.dropDelayed();
  socket.unjoinedSince = step.now;
  removeMember(state, { session, reason: "left" }, step);
}

function forget(state: CoreState, socket: SocketRecord | undefined): Session | undefined {
  if (socket === undefined || !state.sockets.delete(socket.socketId)) return undefined;
  leaveLobby(state, socket);
  socket.dropDelayed();
  return socket.session;
}
