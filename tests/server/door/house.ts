// A door with a listener: answers requests with the client's address, and sockets with an echo.

import type { DoorOptions } from "../../../server/door/door_options.ts";
import { FrontDoor } from "../../../server/door/front_door.ts";
import { waitFor } from "../../rig/wait_for.ts";
import type { Certificate } from "../../../server/tls/certificate.ts";
import { FramedSocket } from "../../../server/websocket/framed_socket.ts";

export interface House extends AsyncDisposable {
  readonly port: number;
  readonly door: FrontDoor;
  readonly url: string;
  /** What was asked of the handler, and by whom. */
  readonly asked: string[];
  /** The sockets that are open. */
  readonly sockets: ReadonlySet<FramedSocket>;
}

export interface HouseOptions extends Pick<DoorOptions, "headMs" | "answerMs" | "idleMs" | "stun"> {
  readonly most?: number;
  readonly listener?: Deno.TcpListener;
  readonly certificate?: Certificate;
}

/** Some paths have answers that others do not have. */
const answers: Readonly<
  Record<string, ((request: Request) => Response | Promise<Response>) | undefined>
> = {
  "/unread": () => new Response("did not look"),
  // A server does not stop before its handlers have.
  "/never": ({ signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(new Response()))),
  "/large": () => new Response(largeBody),
};

/** More than systems keep of a connection. */
export const largeBody = "0123456789abcdef".repeat(2 ** 20);

/** A door that answers requests with the client's address, and sockets with an echo. */
export function house(
  { most = Infinity, certificate, listener = listen(), ...options }: HouseOptions = {},
): House {
  const asked: string[] = [];
  const sockets = new Set<FramedSocket>();
  const door = new FrontDoor({
    ...options,
    connectionsMost: () => most,
    onError: () => new Response("fault", { status: 500 }),
    answer: async (request, { remoteAddr, secure }) => {
      const { pathname } = new URL(request.url);
      const other = answers[pathname]?.(request);
      if (other !== undefined) return other;
      const body = await request.text();
      asked.push(`${request.method} ${pathname} ${body}`);
      return Response.json({ from: remoteAddr.hostname, port: remoteAddr.port, secure });
    },
    upgrade: (request) => {
      if (new URL(request.url).pathname === "/refused") {
        return new Response("no", { status: 403 });
      }
      return {
        protocol: request.headers.get("sec-websocket-protocol") ?? undefined,
        abandon: () => {},
        open: (stream, early) => {
          const socket: FramedSocket = new FramedSocket({
            stream,
            messageBytes: 65_536,
            events: {
              text: (text) => text === "bye" ? socket.close(4321, "") : socket.send(text),
              fault: () => {},
              closed: () => void sockets.delete(socket),
            },
          });
          sockets.add(socket);
          socket.start(early);
        },
      };
    },
  });
  door.add(listener, certificate);
  const { port } = listener.addr;
  return {
    port,
    door,
    asked,
    sockets,
    url: certificate ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      await door.close();
      for (const socket of sockets) socket.terminate();
      await waitFor(() => door.connections === 0, { what: "the last connection", every: 5 });
    },
  };
}

export const listen = () => Deno.listen({ hostname: "127.0.0.1", port: 0 });
export const connect = ({ port }: House) => Deno.connect({ hostname: "127.0.0.1", port });
export const bytesOf = (text: string) => new TextEncoder().encode(text);

/** A handshake with more header lines, or others. */
export const handshake = (path: string, more: readonly string[] = []) =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: x",
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ...more,
    "\r\n",
  ].join("\r\n");

const latin1 = new TextDecoder("latin1");

/** What a client gets until it has this text, the text included; a character for each byte. */
export async function readUntil(client: Deno.Conn, end: string): Promise<string> {
  const parts: string[] = [];
  const buffer = new Uint8Array(65_536);
  for (let tail = ""; !tail.endsWith(end);) {
    const count = await client.read(buffer);
    if (count === null) throw new Error(`the server has closed after ${tail}`);
    const part = latin1.decode(buffer.subarray(0, count));
    parts.push(part);
    tail = (tail + part).slice(-end.length);
  }
  return parts.join("");
}

/** What a client gets until the server closes. */
export async function readToEnd(client: Deno.Conn): Promise<string> {
  let text = "";
  const buffer = new Uint8Array(4_096);
  for (;;) {
    const count = await client.read(buffer);
    if (count === null) return text;
    text += new TextDecoder().decode(buffer.subarray(0, count));
  }
}
