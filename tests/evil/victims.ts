/**
 * What the lies have in common. Ann, Bob and Cid come in this order: Ann is lied to about Bob, and
 * what passes between others is left alone.
 */
import type { Peer, PeerId, SealedPeer, ServerMessage } from "../../protocol/mod.ts";
import type { Line, LyingServer } from "./lying_server.ts";

/** Places in LyingServer.members. */
export const ann = 0;
export const bob = 1;
export const cid = 2;

/** A signal on its way to a member. */
export type SignalDown = Extract<ServerMessage, { type: "signal" }>;

/** A base64url text with one other bit in a byte. */
export function flipped(text: string, at: number): string {
  const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Changes what a message says about one member. */
export function withSealed(
  message: ServerMessage,
  { of, change }: {
    of: PeerId | undefined;
    change: (sealed: SealedPeer) => SealedPeer | undefined;
  },
): ServerMessage {
  const changed = (peer: Peer): Peer => {
    const { sealed, ...open } = peer;
    if (sealed === undefined || peer.peerId !== of) return peer;
    const other = change(sealed);
    return other === undefined ? open : { ...open, sealed: other };
  };
  switch (message.type) {
    case "welcome":
      return { ...message, roster: message.roster.map(changed) };
    case "peer-joined":
      return { ...message, peer: changed(message.peer) };
    case "peer-hello": {
      const { hello, card, ...rest } = message;
      return message.peerId === of
        ? { ...rest, ...change({ hello, card }) ?? { hello, card } }
        : message;
    }
    default:
      return message;
  }
}

/** Changes what Ann is told about Bob's keys and card. */
export function aboutBob(
  server: LyingServer,
  change: (sealed: SealedPeer, line: Line) => SealedPeer | undefined,
): void {
  server.onDown((message, line) => {
    if (!server.isOf(line, ann)) return undefined;
    const of = server.members[bob];
    const tell = (sealed: SealedPeer) => server.lies(change(sealed, line));
    return [withSealed(message, { of, change: tell })];
  });
}

/** Changes the sealed signals of Bob on their way to Ann. */
export function fromBob(
  server: LyingServer,
  change: (message: SignalDown, line: Line) => readonly ServerMessage[],
): void {
  server.onDown((message, line) =>
    message.type === "signal" && message.from === server.members[bob] && server.isOf(line, ann)
      ? change(message, line)
      : undefined
  );
}
