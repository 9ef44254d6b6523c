/** Claims a code over a socket of its own, so that the membership stays where it is meanwhile. */
import type { MoveRefusal } from "../../protocol/mod.ts";
import { claimAnswer } from "../../protocol/moves_checks.ts";
import { checked, readJson } from "../../protocol/parse.ts";
import { subprotocols } from "../../protocol/relay.ts";
import type { Clock } from "../clock.ts";
import type { OpenSocket } from "../platform.ts";

/** The answer of the server. */
export type ClaimAnswer =
  | { readonly kind: "parcel"; readonly parcel: string; readonly resume: string }
  | { readonly kind: MoveRefusal }
  /** No answer in time, or one of a server that knows no moves. */
  | { readonly kind: "unanswered" };

/** How long the server may take, ms. */
export const claimMs = 10_000;

/** Shows the server a claim; what it answers. `url`: as for a join of that room. */
export function claimMove(
  { room, claim }: { readonly room: string; readonly claim: string },
  { url, openSocket, clock }: {
    readonly url: string;
    readonly openSocket: OpenSocket;
    readonly clock: Clock;
  },
): Promise<ClaimAnswer> {
  const { promise, resolve } = Promise.withResolvers<ClaimAnswer>();
  let socket: WebSocket;
  try {
    socket = openSocket(url, subprotocols);
  } catch {
    return Promise.resolve({ kind: "unanswered" });
  }
  const cancel = clock.after(claimMs, () => resolve({ kind: "unanswered" }));
  socket.onopen = () => socket.send(JSON.stringify({ type: "claim-move", room, claim }));
  socket.onclose = () => resolve({ kind: "unanswered" });
  socket.onmessage = ({ data }) => {
    const answer = typeof data === "string" ? answerIn(data) : undefined;
    if (answer !== undefined) resolve(answer);
  };
  return promise.finally(() => {
    cancel();
    socket.onclose = socket.onmessage = null;
    socket.close(1000);
  });
}

/** Undefined: the frame is about something else. */
function answerIn(frame: string): ClaimAnswer | undefined {
  const value = readJson(frame);
  const read = checked(claimAnswer, value);
  if (!read.ok) {
    const isError = typeof value === "object" && value !== null && "type" in value &&
      value.type === "error";
    return isError ? { kind: "unanswered" } : undefined;
  }
  const { message } = read;
  if (message.type === "move-refused") return { kind: message.reason };
  return { kind: "parcel", parcel: message.parcel, resume: message.resume };
}
