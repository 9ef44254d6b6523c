import { assertEquals } from "../assert.ts";
import { App } from "../../fresh/mod.ts";

interface Served extends AsyncDisposable {
  url: string;
}

function serve(app: App): Served {
  const server = app.listen({ port: 0, hostname: "127.0.0.1", onListen() {} });
  return {
    url: `ws://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function next(socket: WebSocket, type: "open" | "message" | "close"): Promise<Event> {
  return new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
}

async function exchange(url: string, text: string): Promise<unknown> {
  const socket = new WebSocket(url);
  await next(socket, "open");
  socket.send(text);
  const answer = await Promise.race([next(socket, "message"), next(socket, "close")]);
  if (socket.readyState < WebSocket.CLOSING) {
    const closed = next(socket, "close");
    socket.close(1000);
    await closed;
  }
  if (answer instanceof MessageEvent) return answer.data;
  return answer instanceof CloseEvent ? answer.code : undefined;
}

Deno.test("app.ws runs the middlewares, and a callback that throws affects no other socket", async () => {
  const closes: number[] = [];
  let closed = () => {};
  const bothClosed = new Promise<void>((resolve) => closed = resolve);
  const app = new App().use((ctx) => ctx.next()).ws("/echo", {
    message(socket, event) {
      if (event.data === "throw") throw new Error("on purpose");
      if (event.data === "reject") return Promise.reject(new Error("on purpose"));
      socket.send(`echo ${event.data}`);
    },
    close(_socket, code) {
      closes.push(code);
      if (closes.length === 3) closed();
    },
  });
  await using served = serve(app);
  assertEquals(await exchange(`${served.url}/echo`, "throw"), 1011);
  assertEquals(await exchange(`${served.url}/echo`, "reject"), 1011);
  assertEquals(await exchange(`${served.url}/echo`, "hello"), "echo hello");
  await bothClosed;
  assertEquals(closes.at(-1), 1000);
});

Deno.test("a bare upgrade gives the socket and takes options", async () => {
  const app = new App().get("/bare", (ctx) => {
    const { socket, response } = ctx.upgrade({ idleTimeout: 10, protocol: "one" });
    socket.onmessage = ({ data }) => socket.send(data);
    return response;
  });
  await using served = serve(app);
  const socket = new WebSocket(`${served.url}/bare`, ["one"]);
  await next(socket, "open");
  assertEquals(socket.protocol, "one");
  const closed = next(socket, "close");
  socket.close();
  await closed;
});

Deno.test("a request without an upgrade is a 400, and the listener goes on", async () => {
  const app = new App().ws("/echo", { open: (socket) => socket.close(4000) });
  await using served = serve(app);
  const url = `${served.url.replace("ws:", "http:")}/echo`;
  const wrong: HeadersInit[] = [{}, { upgrade: "h2c" }, { upgrade: "websocket" }];
  for (const headers of wrong) {
    const response = await app.handler()(new Request(url, { headers }));
    assertEquals(response.status, 400);
    await response.body?.cancel();
  }
  const plain = await fetch(url);
  assertEquals([plain.status, await plain.text()], [400, "Expected a WebSocket upgrade request"]);
  const socket = new WebSocket(`${served.url}/echo`);
  const close = await next(socket, "close");
  assertEquals(close instanceof CloseEvent && close.code, 4000);
});
