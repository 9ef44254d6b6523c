/** Passes the bytes of a connection on to another one, both ways. */
import type { ByteStream } from "../websocket/framed_socket.ts";

const bufferBytes = 16_384;

/**
 * Passes bytes on until both directions have ended, one is broken, or neither has carried anything
 * for `idleMs`; then both streams are closed. `first`: bytes that were read from `outer` before.
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
  try {
    await writeWhole(inner, first);
    await Promise.all([passOn(outer, inner, note), passOn(inner, outer, note)]);
  } catch {
    // A direction is broken, or the connection was idle: neither side can finish.
  } finally {
    clearInterval(timer);
    close();
  }
}

async function passOn(from: ByteStream, to: ByteStream, note: () => void): Promise<void> {
  const buffer = new Uint8Array(bufferBytes);
  for (;;) {
    const count = await from.read(buffer);
    if (count === null) break;
    note();
    await writeWhole(to, buffer.subarray(0, count));
  }
  await to.closeWrite();
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
