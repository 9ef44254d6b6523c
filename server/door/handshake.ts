/** Answers to a WebSocket handshake (RFC 6455, section 4.2.2) and other requests, as HTTP/1.1. */
import { createHash } from "node:crypto";

/** Every server appends it to the client's key (RFC 6455, section 1.3). */
const acceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const encoder = new TextEncoder();

/**
 * The answer that opens a socket. `key`: `Sec-WebSocket-Key`; `protocol`: the one of the offered.
 */
export function switchingProtocols(
  { key, protocol }: { key: string; protocol: string | undefined },
): Uint8Array<ArrayBuffer> {
  const accept = createHash("sha1").update(key + acceptGuid).digest("base64");
  const lines = [
    "HTTP/1.1 101 Switching Protocols",
    "Upgrade: websocket",
    "Connection: Upgrade",
    `Sec-WebSocket-Accept: ${accept}`,
  ];
  if (protocol !== undefined) lines.push(`Sec-WebSocket-Protocol: ${protocol}`);
  return encoder.encode(lines.join("\r\n") + "\r\n\r\n");
}

/** A whole response that ends the connection. */
export async function finalResponse(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const body = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set("content-length", String(body.length));
  headers.set("connection", "close");
  headers.set("date", new Date().toUTCString());
  const lines = [...headers].map(([name, value]) => `${name}: ${value}`);
  const words = reasons[response.status] ?? "";
  const head = encoder.encode(
    [`HTTP/1.1 ${response.status} ${words}`, ...lines].join("\r\n") + "\r\n\r\n",
  );
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** Reason phrases (RFC 9110, section 15; RFC 6585) of what the door itself answers. */
const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  403: "Forbidden",
  405: "Method Not Allowed",
  408: "Request Timeout",
  426: "Upgrade Required",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  503: "Service Unavailable",
};
