// A server that lies, before real browsers: it passes pages on unchanged, and what it does to the
// frames of a room is up to the lies about that room.

import { parseClientMessage } from "../../protocol/parse_client.ts";
import { type LiarClock, type Line, LyingServer } from "../evil/lying_server.ts";
import { passPage } from "./refusing_proxy.ts";

/** A running proxy with lies. */
export interface EvilServer extends AsyncDisposable {
  readonly url: string;
  /** As RunningServer.room(). */
  room(name: string, query?: Record<string, string>, secret?: string): string;
  /** The lies about a room; a room without any gets every frame as it is. */
  about(room: string): LyingServer;
}

/** Starts one in front of `target`, the address of a server that admits every origin. */
export function startEvilServer(target: string): EvilServer {
  const abort = new AbortController();
  const clock: LiarClock = {
    now: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      abort.signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    },
  };
  const rooms = new Map<string, LyingServer>();
  const about = (room: string): LyingServer => {
    const known = rooms.get(room) ?? new LyingServer(clock);
    rooms.set(room, known);
    return known;
  };
  const open = new Set<WebSocket>();
  const server = Deno.serve(
    {
      port: 0,
      hostname: "127.0.0.1",
      onListen: () => {},
      onError: () => new Response("bad gateway", { status: 502 }),
      signal: abort.signal,
    },
    async (request) =>
      request.headers.get("upgrade") === "websocket"
        ? relay(request, { target, about, open })
        : await passPage(request, target),
  );
  const url = `http://localhost:${server.addr.port}`;
  return {
    url,
    about,
    room: (name, query = {}, secret) =>
      `${url}/r/${encodeURIComponent(name)}?${new URLSearchParams(query)}` +
      (secret === undefined ? "" : `#k=${secret}`),
    async [Symbol.asyncDispose]() {
      abort.abort();
      for (const socket of open) socket.close();
      await server.finished;
    },
  };
}

/** Carries frames both ways, through the lies about the room of the first join. */
function relay(
  request: Request,
  { target, about, open }: {
    target: string;
    about: (room: string) => LyingServer;
    open: Set<WebSocket>;
  },
): Response {
  const protocol = request.headers.get("sec-websocket-protocol")?.split(/\s*,\s*/)[0] ?? "";
  const { socket: near, response } = Deno.upgradeWebSocket(request, { protocol });
  const far = new WebSocket(`${target.replace("http", "ws")}/ws`, protocol);
  open.add(near);
  const waiting: string[] = [];
  const ends = {
    envelopes: protocol.endsWith(".relay"),
    toServer: (frame: string) =>
      far.readyState === WebSocket.OPEN ? far.send(frame) : void waiting.push(frame),
    toClient: (frame: string) => {
      if (near.readyState === WebSocket.OPEN) near.send(frame);
    },
  };
  let line: Line | undefined;
  near.onmessage = ({ data }) => {
    line ??= about(roomOf(data)).connect(ends);
    line.up(data);
  };
  far.onopen = () => waiting.forEach((frame) => far.send(frame));
  far.onmessage = ({ data }) => line?.down(data);
  far.onclose = ({ code }) => near.close(code >= 3_000 || code === 1_000 ? code : undefined);
  near.onclose = ({ code }) => {
    open.delete(near);
    far.close(code === 1_000 ? code : undefined);
  };
  return response;
}

function roomOf(frame: string): string {
  const parsed = parseClientMessage(frame);
  return parsed.ok && parsed.message.type === "join" ? parsed.message.room : "";
}
