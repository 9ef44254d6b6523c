// The front door under attacks of full size, on the real server.

import { assert, assertEquals } from "../assert.ts";
import { type RunningServer, startServer, waitFor } from "../rig/mod.ts";
import { RawSocket } from "../sockets/raw_socket.ts";

const portOf = ({ url }: RunningServer) => Number(new URL(url).port);
const mib = 2 ** 20;

/** Resident memory of the server, bytes. */
async function memoryOf({ child }: RunningServer): Promise<number> {
  const status = await Deno.readTextFile(`/proc/${child.pid}/status`);
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) * 1024;
}

Deno.test("1,500 fragments of 1 MiB are refused at the first, and leave no memory behind", async () => {
  await using server = await startServer();
  const port = portOf(server);
  const part = new Uint8Array(mib).fill(0x2a);
  const attack = async () => {
    using socket = await RawSocket.open(port);
    const sending = (async () => {
      await socket.frame(part, { first: 0x01 });
      for (let count = 1; count < 1_500; count++) await socket.frame(part, { first: 0x00 });
    })().catch(() => {});
    assertEquals(await socket.closed(), 1009);
    socket.tear();
    await sending;
  };
  // At first the heap of the server grows with whatever it does. If an attack left one fragment
  // behind, no five of them would leave less than 2 MiB.
  for (let series = 0, before = await memoryOf(server);; series++) {
    for (let count = 0; count < 5; count++) await attack();
    const after = await memoryOf(server);
    if (after < before + 2 * mib) break;
    assert(series < 20, `${after} bytes after ${before}`);
    before = after;
  }
});

Deno.test("10,000 idle connections of a server with 1,000 descriptors hold nobody up when they go", async () => {
  await using server = await startServer();
  const port = portOf(server);
  const { success } = await new Deno.Command("prlimit", {
    args: ["--pid", String(server.child.pid), "--nofile=1000:1000"],
  }).output();
  assert(success);
  const inside = await RawSocket.open(port);
  await inside.say({ type: "join", room: "door", name: "Ann" });
  await inside.hear("welcome");
  await using crowd = await startCrowd(port, 10_000);
  // Some are in, the others wait in the queue of the system, and those inside are not disturbed.
  await inside.say({ type: "chat", ref: "1", text: "still here" });
  await inside.hear("chat");
  await crowd.leave();
  await waitFor(async () => {
    const response = await fetch(`${server.url}/healthz`);
    return (await response.json()).status === "ok";
  }, { what: "an answer", every: 20 });
  await inside.say({ type: "chat", ref: "2", text: "still here" });
  await inside.hear("chat");
  inside.tear();
});

/** Connections of another program, which send nothing. */
interface Crowd extends AsyncDisposable {
  /** All of them close. */
  leave(): Promise<void>;
}

/**
 * Resolves once as many are connected as the system takes: its queue of connections that the server
 * has not accepted is short.
 */
async function startCrowd(port: number, count: number): Promise<Crowd> {
  const program = `
    const net = require("node:net");
    let open = 0, failed = 0;
    const sockets = [];
    const more = () => {
      if (sockets.length === ${count}) return;
      const socket = net.connect(${port}, "127.0.0.1", () => { open++; more(); });
      socket.setTimeout(500, () => { socket.connecting && socket.destroy(new Error("late")); });
      socket.on("error", () => { failed++; more(); });
      sockets.push(socket);
    };
    for (let lane = 0; lane < 200; lane++) more();
    const timer = setInterval(() => {
      if (open + failed < ${count}) return;
      clearInterval(timer);
      console.log(open);
    }, 20);
  `;
  const child = new Deno.Command("prlimit", {
    args: [`--nofile=${count + 100}`, "node", "-e", program],
    stdout: "piped",
  }).spawn();
  const { value } = await child.stdout.pipeThrough(new TextDecoderStream()).getReader().read();
  assert(Number(value) > 1_000, `${value} connections`);
  const leave = async () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has left.
    }
    await child.status;
  };
  return { leave, [Symbol.asyncDispose]: leave };
}

Deno.test("a client that stops reading at any moment is gone in the time of two pings", async () => {
  await using server = await startServer();
  const port = portOf(server);
  const joined = async (name: string) => {
    const socket = await RawSocket.open(port);
    await socket.say({ type: "join", room: "door", name });
    await socket.hear("welcome");
    return socket;
  };
  using ann = await joined("Ann");
  // From here on nobody but Ann reads.
  const moments: Readonly<Record<string, () => Promise<RawSocket>>> = {
    "before the answer to its handshake": () => RawSocket.ask(port, {}, { reads: false }),
    "after the answer": () => RawSocket.open(port),
    "after joining": () => joined("Silent"),
    "in its own closing handshake": async () => {
      const socket = await joined("Leaving");
      await socket.frame(new Uint8Array([3, 232]), { first: 0x88 });
      return socket;
    },
    "when it is closed for its flood": async () => {
      const socket = await joined("Flood");
      for (let count = 0; count < 200; count++) {
        await socket.say({ type: "chat", ref: String(count), text: "more" });
      }
      return socket;
    },
  };
  const stalled = await Promise.all(Object.values(moments).map((begin) => begin()));
  await waitFor(async () => {
    // Ann is not silent, and reads what the others have said.
    await ann.say({ type: "ping" });
    await ann.hear("tick");
    const { sockets } = await fetch(`${server.url}/healthz`).then((response) => response.json());
    return sockets === 1;
  }, { what: "one socket", timeout: 40_000, every: 500 });
  for (const socket of stalled) socket.tear();
});
