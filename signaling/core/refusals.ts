/** How messages are refused: the reason in words, the rates, and the frames that are no message. */
import type { ChatRefusal } from "./chat.ts";
import type { Incoming, Receive, Step } from "./core_types.ts";
import type { MarkRefusal } from "./marks.ts";
import type { ModerationRefusal } from "./moderation.ts";
import type { PowerRefusal } from "./powers.ts";
import type { SealedRefusal } from "./sealed.ts";
import { refuse } from "./send.ts";
import type { SocketRecord } from "./socket_record.ts";
import { disconnect } from "./sockets.ts";
import type { CoreState } from "./state.ts";

type MemberRefusal =
  | ChatRefusal
  | MarkRefusal
  | ModerationRefusal
  | PowerRefusal
  | SealedRefusal;

const refusalTexts: Readonly<Record<MemberRefusal, string>> = {
  "not-owner": "only an owner of the room may do that",
  "not-allowed": "the owners of the room do not allow that",
  "too-many": "the limit is reached",
  "no-such-peer": "no such peer in this room",
  "no-such-line": "no such line of yours, or none that you may read, is kept",
  "no-private": "this peer's client does not support private lines",
  "door": "the link has changed meanwhile; follow the new one first",
};

/** Refuses a message that came too fast, or closes the socket if it was one too many. */
export function refuseForRate(
  state: CoreState,
  { socket, message }: { socket: SocketRecord; message: Incoming | undefined },
  step: Step,
): void {
  if (socket.rateFaults.add(step.now)) return disconnect(state, { socket, reason: "rate" }, step);
  refuse(socket, { code: "rate", message: "too fast, slow down", about: refOf(message) }, step);
}

/** The `ref` of the line that a message sends or changes; reactions and pins change none. */
export function refOf(message: Incoming | undefined): string | undefined {
  if (message === undefined || message.type === "mark" || message.type === "pin") return undefined;
  return "ref" in message ? message.ref : undefined;
}

/** Refuses a frame that is no message, or closes the socket if it was one too many. */
export function refuseBadMessage(
  state: CoreState,
  { socket, input: { reason = "no message" } }: { socket: SocketRecord; input: Receive },
  step: Step,
): void {
  if (socket.badMessages.add(step.now)) {
    return disconnect(state, { socket, reason: "bad-messages" }, step);
  }
  refuse(socket, { code: "bad-message", message: reason }, step);
}

/** Sends an error if a message of a member was refused. */
export function answer(
  socket: SocketRecord,
  { refusal, about }: { refusal: MemberRefusal | undefined; about?: string | undefined },
  step: Step,
): void {
  if (refusal === undefined) return;
  refuse(socket, { code: refusal, message: refusalTexts[refusal], about }, step);
}
