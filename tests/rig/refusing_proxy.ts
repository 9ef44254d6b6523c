// A proxy that passes pages on and answers WebSocket handshakes as a test needs.

/** The answer to a handshake: a status, none, a silent socket, or the answer of the server. */
export type Handshakes = number | "silence" | "gibberish" | "pass";

/** A running proxy; `handshakes` may change at any time. */
export interface RefusingProxy extends AsyncDisposable {
  readonly url: string;
  /** How many handshakes have come so far. */
  readonly asked: number;
  handshakes: Handshakes;
  /** Whether other requests to /ws are answered in the same way. */
  refusesAll: boolean;
  /** As RunningServer.room(). */
  room(name: string, query?: Record<string, string>): string;
  /** Breaks the sockets it has. */
  cut(): void;
  /** Takes no connections and breaks those it has, until `start()`. */
  stop(): Promise<void>;
  start(): void;
}

/** Starts one in front of `target`, the address of a server that admits every origin. */
export function startRefusingProxy(target: string, handshakes: Handshakes): RefusingProxy {
  let asked = 0;
  let server: Deno.HttpServer<Deno.NetAddr> | undefined;
  let abort = new AbortController();
  const open = new Set<WebSocket>();
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const wantsSocket = request.headers.get("upgrade") === "websocket";
    if (wantsSocket) asked++;
    const isSocket = wantsSocket || (proxy.refusesAll && pathname.endsWith("/ws"));
    if (isSocket && typeof proxy.handshakes === "number") {
      return new Response("refused", { status: proxy.handshakes });
    }
    if (isSocket && proxy.handshakes === "silence") return await new Promise(() => {});
    if (wantsSocket) return relay(request, target, { open, speaks: proxy.handshakes === "pass" });
    return await passPage(request, target);
  };
  const proxy = {
    url: "",
    get asked() {
      return asked;
    },
    handshakes,
    refusesAll: false,
    room: (name: string, query: Record<string, string> = {}) =>
      `${proxy.url}/r/${encodeURIComponent(name)}?${new URLSearchParams(query)}`,
    start() {
      const port = proxy.url === "" ? 0 : Number(new URL(proxy.url).port);
      abort = new AbortController();
      const { signal } = abort;
      const options = { port, hostname: "127.0.0.1", onListen: () => {}, onError, signal };
      server = Deno.serve(options, answer);
      proxy.url = `http://localhost:${server.addr.port}`;
    },
    cut() {
      for (const socket of open) socket.close();
    },
    async stop() {
      abort.abort();
      proxy.cut();
      await server?.finished;
    },
    [Symbol.asyncDispose]: () => proxy.stop(),
  };
  proxy.start();
  return proxy;
}

/** Passes a request for a page on to the server at `target`; the answer is read to its end. */
export async function passPage(request: Request, target: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { method, headers: sent } = request;
  const headers = new Headers(sent);
  headers.delete("host");
  return await whole(
    await fetch(target + pathname + search, { method, headers, redirect: "manual" }),
  );
}

/** The same answer, read to its end: the browser that asked may be gone by then. */
async function whole(answer: Response): Promise<Response> {
  const bytes = await answer.arrayBuffer();
  const headers = new Headers(answer.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(bytes.byteLength > 0 ? bytes : null, { status: answer.status, headers });
}

function onError(): Response {
  return new Response("bad gateway", { status: 502 });
}

/** Carries frames both ways, or takes them and answers with what nobody understands. */
function relay(
  request: Request,
  target: string,
  { open, speaks }: { open: Set<WebSocket>; speaks: boolean },
): Response {
  const offered = request.headers.get("sec-websocket-protocol")?.split(/\s*,\s*/) ?? [];
  const { socket: near, response } = Deno.upgradeWebSocket(request, { protocol: offered[0] ?? "" });
  open.add(near);
  near.onclose = () => open.delete(near);
  if (!speaks) {
    near.onmessage = () => near.send("I am a teapot");
    return response;
  }
  const far = new WebSocket(`${target.replace("http", "ws")}/ws`, offered[0]);
  const waiting: string[] = [];
  near.onmessage = ({ data }) =>
    far.readyState === WebSocket.OPEN ? far.send(data) : waiting.push(data);
  far.onopen = () => waiting.forEach((frame) => far.send(frame));
  far.onmessage = ({ data }) => near.readyState === WebSocket.OPEN && near.send(data);
  far.onclose = () => near.close();
  near.onclose = () => {
    open.delete(near);
    far.close();
  };
  return response;
}
