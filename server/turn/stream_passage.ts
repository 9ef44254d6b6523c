/** The way of a client's stream to the worker and back. */
import { closeQuietly, passAll, writeWhole } from "../door/streams.ts";
import type { ByteStream } from "../websocket/framed_socket.ts";
import { type StreamClient, writeHead } from "./stream_head.ts";

/** How long a client waits for the worker, ms. */
const patienceMs = 10_000;

/** Passes bytes on until one side has ended, then closes both. Never rejects. */
export async function passToWorker(
  outer: ByteStream,
  { client, early, token, bridge, onConnect }: {
    client: StreamClient;
    early: Uint8Array;
    token: string;
    /** The port of the worker. */
    bridge: Promise<number>;
    /** `port`: by which the worker names this client. */
    onConnect: (port: number) => void;
  },
): Promise<void> {
  let inner: Deno.TcpConn | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => timer = setTimeout(resolve, patienceMs));
  try {
    const port = await Promise.race([bridge, late]);
    if (port === undefined) return;
    inner = await Deno.connect({ hostname: "127.0.0.1", port });
    inner.setNoDelay();
    onConnect(inner.localAddr.port);
    await writeWhole(inner, writeHead(client, token));
    await writeWhole(inner, early);
    await Promise.race([passAll(outer, inner), passAll(inner, outer)]);
  } catch {
    // One of them is broken.
  } finally {
    clearTimeout(timer);
    closeQuietly(outer);
    if (inner !== undefined) closeQuietly(inner);
  }
}
