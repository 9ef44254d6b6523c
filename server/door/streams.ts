/** What the door does with byte streams besides reading them. */
import type { ByteStream } from "../websocket/framed_socket.ts";

/** How long a client that still sends may read the end of what it was sent, ms. */
export const lingerMs = 1_000;

const drainBytes = 16_384;
/** An idle client has small buffers, a busy one larger ones. */
const readBytesLeast = 1_024;
const readBytesMost = 16_384;
/** So many small reads in a row make the buffer small again. Relayed media mixes its sizes. */
const smallReadsMost = 4;

/** Writes all of it, however little the system takes at once. */
export async function writeWhole(
  to: Pick<ByteStream, "write">,
  bytes: Uint8Array,
): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

/** Passes bytes on until `from` has ended, and then the end. Rejects if a stream is broken. */
export async function passAll(from: ByteStream, to: ByteStream): Promise<void> {
  let buffer = new Uint8Array(readBytesLeast);
  let smallReads = 0;
  for (;;) {
    const count = await from.read(buffer);
    if (count === null) break;
    await writeWhole(to, buffer.subarray(0, count));
    smallReads = count < readBytesLeast ? smallReads + 1 : 0;
    const size = count === buffer.length
      ? readBytesMost
      : smallReads >= smallReadsMost
      ? readBytesLeast
      : buffer.length;
    if (size !== buffer.length) buffer = new Uint8Array(size);
  }
  await to.closeWrite();
}

/** Closes a stream that may be closed already. */
export function closeQuietly(stream: Pick<ByteStream, "close">): void {
  try {
    stream.close();
  } catch {
    // It is closed.
  }
}

/**
 * Sends the last bytes of a connection and closes it; rejects as the stream does. What still comes
 * in is read and dropped for a while: a system that closes a connection with unread bytes resets
 * it, and the client loses what it was sent.
 */
export async function endWith(stream: ByteStream, bytes: Uint8Array): Promise<void> {
  const timer = setTimeout(() => closeQuietly(stream), lingerMs);
  try {
    await writeWhole(stream, bytes);
    await stream.closeWrite();
    await drain(stream);
  } finally {
    clearTimeout(timer);
    closeQuietly(stream);
  }
}

/** Reads and drops bytes until the client ends its direction. */
export async function drain(stream: Pick<ByteStream, "read">): Promise<void> {
  const buffer = new Uint8Array(drainBytes);
  while (await stream.read(buffer) !== null);
}
