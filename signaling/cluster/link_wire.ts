/**
 * What two nodes send each other about the sockets of an edge whose room lives at a home. One
 * packet is one text: what one step of the core, or one frame of a client, has caused. Both ends
 * run versions of this program; a packet of another version is not read.
 */
import type { CloseReason } from "../../protocol/mod.ts";
import type { AdminCommand, Broadcast, NodeId, SocketId } from "../core/core_types.ts";
import type { OpenSocket, ReadFrame } from "../shell/room_host.ts";

/** Changes with every incompatible change of this file or of the records of rooms. */
const version = 1;

/** From an edge to a home. `socket`: the number that the edge has given it. */
export type EdgeOp =
  | { readonly op: "open"; readonly socket: OpenSocket }
  | { readonly op: "frame"; readonly socketId: SocketId; readonly frame: ReadFrame }
  | { readonly op: "closed"; readonly socketId: SocketId; readonly code: number }
  | {
    readonly op: "command";
    readonly id: string;
    readonly room: string;
    readonly command: AdminCommand;
  };

/** From a home to an edge. */
export type HomeOp =
  /** One message for several sockets of the edge. */
  | { readonly op: "send"; readonly to: SocketId[]; readonly message: Broadcast }
  | {
    readonly op: "signal";
    readonly socketId: SocketId;
    readonly from: string;
    readonly body: string;
  }
  | { readonly op: "close"; readonly socketId: SocketId; readonly reason: CloseReason }
  /** The room of this socket's last join is not here; `node`: where it is, if that is known. */
  | {
    readonly op: "elsewhere";
    readonly socketId: SocketId;
    readonly node?: NodeId | undefined;
  }
  | { readonly op: "done"; readonly id: string; readonly isDone: boolean | undefined };

/** One packet. `link`: chosen by the edge; `seq`: counts the packets with ops, each way. */
export type Packet =
  & { readonly from: NodeId; readonly link: string; readonly seq: number }
  & (
    | { readonly by: "edge"; readonly ops: readonly EdgeOp[] }
    | { readonly by: "home"; readonly ops: readonly HomeOp[] }
    /** The link is broken; `by` says what its sender was on it. */
    | { readonly by: "edge-broken" | "home-broken"; readonly ops: readonly [] }
  );

/**
 * A packet as a text: a line of JSON, then the bodies of its signals one after the other. A body is
 * the larger part of a packet, and it is neither read nor escaped.
 */
export function encodePacket(packet: Packet): string {
  const bodies: string[] = [];
  const ops = packet.ops.map((op) => {
    if (op.op === "signal") {
      bodies.push(op.body);
      return { ...op, body: "" };
    }
    const message = op.op === "frame" ? op.frame.message : undefined;
    if (op.op !== "frame" || message?.type !== "signal") return op;
    bodies.push(message.body);
    return { ...op, frame: { ...op.frame, message: { ...message, body: "" } } };
  });
  const lengths = bodies.map((body) => body.length);
  return [JSON.stringify([version, { ...packet, ops }, lengths]), "\n", ...bodies].join("");
}

/** Reads a packet; undefined: it comes from another version. */
export function decodePacket(text: string): Packet | undefined {
  // JSON has no line break.
  const end = text.indexOf("\n");
  const [sent, packet, lengths]: [number, Packet, number[]] = JSON.parse(text.slice(0, end));
  if (sent !== version) return undefined;
  let at = end + 1;
  const nextBody = () => text.slice(at, at += lengths.shift() ?? 0);
  const ops = packet.ops.map((op) => {
    if (op.op === "signal") return { ...op, body: nextBody() };
    const message = op.op === "frame" ? op.frame.message : undefined;
    if (op.op !== "frame" || message?.type !== "signal") return op;
    return { ...op, frame: { ...op.frame, message: { ...message, body: nextBody() } } };
  });
  return { ...packet, ops } as Packet;
}
