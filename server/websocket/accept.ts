/** Connects a WebSocket of our own to the hub. */
import { limits } from "../../protocol/mod.ts";
import type { Connection } from "../../signaling/mod.ts";
import type { Admission } from "../upgrade.ts";
import type { FaultCode } from "./frame_reader.ts";
import { type ByteStream, FramedSocket } from "./framed_socket.ts";
import { Pulse } from "./pulse.ts";

/** A silent client is pinged after one period, and is gone after the next one without an answer. */
const pulse = new Pulse({ everyMs: 7_000, parts: 35 });

/** Why the hub closes a socket whose client breaks the protocol. */
const reasons = { 1002: "framing", 1003: "binary", 1007: "utf8", 1009: "too-big" } as const;

/**
 * Opens a socket of which the handshake is done. `early`: bytes that came behind it; `arrived`:
 * what `admission.begin()` gave.
 */
export function acceptSocket(
  admission: Admission,
  { stream, early, arrived }: { stream: ByteStream; early: Uint8Array; arrived: () => void },
): void {
  const socket = new FramedSocket({
    stream,
    messageBytes: limits.frameBytes,
    events: {
      text: (text) => connection.receive(text),
      fault: (code: FaultCode) => connection.violate(reasons[code]),
      closed: (code) => {
        pulse.remove(socket);
        connection.closed(code);
      },
    },
  });
  pulse.add(socket);
  // The socket calls nothing before it is started.
  const connection: Connection = admission.connect(socket);
  arrived();
  socket.start(early);
}
