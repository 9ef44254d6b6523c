/** Passes the bytes of a connection on to another one, both ways. */
import type { ByteStream } from "../websocket/framed_socket.ts";

const bufferBytes = 16_384;

/** How long a client that still sends may read the end of what it was sent, ms. */
const lingerMs = 1_000;

/**
 * Passes bytes on until the inner side has ended its direction, a stream is broken, or neither
 * direction has carried anything for `idleMs`; then both streams are closed. `first`: bytes that
 * were read from `outer` before.
 */
export async function pipe(
  { outer, inner, first, idleMs }: {
    outer: ByteStream;
    inner: ByteStream;
    first: Uint8Array;
    idleMs: number;
  },
): Promise<void> {
  let lastAt = performance.now();
  const close = () => [outer, inner].forEach(closeQuietly);
  const timer = setInterval(() => {
    if (performance.now() - lastAt >= idleMs) close();
  }, idleMs / 4);
  const note = () => void (lastAt = performance.now());
  let linger: ReturnType<typeof setTimeout> | undefined;
  try {
    await writeWhole(inner, first);
    const up = passUp(outer, { inner, note });
    // A client that is gone waits for no response.
    up.catch(close);
    await passDown(inner, { outer, note });
    // A system that closes a connection with unread bytes resets it, and the client loses the end.
    linger = setTimeout(close, lingerMs);
    await up;
  } catch {
    // A stream is broken, or the connection was idle.
  } finally {
    clearInterval(timer);
    clearTimeout(linger);
    close();
  }
}

/** Requests. What comes after the inner side has closed is read and dropped. */
async function passUp(
  outer: ByteStream,
  { inner, note }: { inner: ByteStream; note: () => void },
): Promise<void> {
  const buffer = new Uint8Array(bufferBytes);
  let isOpen = true;
  for (;;) {
    const count = await outer.read(buffer);
    if (count === null) break;
    note();
    if (isOpen) {
      isOpen = await writeWhole(inner, buffer.subarray(0, count)).then(() => true, () => false);
    }
  }
  if (isOpen) await inner.closeWrite();
}

/** Responses. */
async function passDown(
  inner: ByteStream,
  { outer, note }: { outer: ByteStream; note: () => void },
): Promise<void> {
  const buffer = new Uint8Array(bufferBytes);
  for (;;) {
    const count = await inner.read(buffer);
    if (count === null) break;
    note();
    await writeWhole(outer, buffer.subarray(0, count));
  }
  await outer.closeWrite();
}

/** Writes all of it, however little the system takes at once. */
export async function writeWhole(
  to: Pick<ByteStream, "write">,
  bytes: Uint8Array,
): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

/** Closes a stream that may be closed already. */
export function closeQuietly(stream: Pick<ByteStream, "close">): void {
  try {
    stream.close();
  } catch {
    // It is closed.
  }
}
