// A WebSocket client on bare TCP, because a browser's cannot stop reading, vanish without a word or break a frame.

import { assert, fail } from "../assert.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class RawSocket {
  readonly #connection: Deno.TcpConn;
  #unread = new Uint8Array();

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects and finishes the handshake with the server on this port. */
  static async open(port: number): Promise<RawSocket> {
    const socket = new RawSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
    const request = [
      "GET /ws HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      `Origin: http://127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    await socket.write(encoder.encode(`${request.join("\r\n")}\r\n\r\n`));
    let head = "";
    while (!head.endsWith("\r\n\r\n")) head += decoder.decode(await socket.#take(1));
    assert(head.startsWith("HTTP/1.1 101"), head);
    return socket;
  }

  /** Sends one masked text frame. */
  async say(message: unknown): Promise<void> {
    const payload = encoder.encode(JSON.stringify(message));
    const size = payload.length < 126
      ? [0x80 | payload.length]
      : [0x80 | 126, payload.length >> 8, payload.length & 255];
    // A mask of zeros is a mask: the payload goes as it is.
    await this.write(new Uint8Array([0x81, ...size, 0, 0, 0, 0, ...payload]));
  }

  /** Reads frames until one of this type. */
  async hear(type: string): Promise<Record<string, unknown>> {
    for (let frames = 0; frames < 100; frames++) {
      const message: unknown = JSON.parse(await this.#readFrame());
      if (
        typeof message === "object" && message !== null && Reflect.get(message, "type") === type
      ) {
        return Object.fromEntries(Object.entries(message));
      }
    }
    return fail(`no "${type}" in 100 frames`);
  }

  async write(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) bytes = bytes.subarray(await this.#connection.write(bytes));
  }

  /** Ends the connection without a closing handshake. */
  tear(): void {
    this.#connection.close();
  }

  async #readFrame(): Promise<string> {
    const [, size = 0] = await this.#take(2);
    if (size < 126) return decoder.decode(await this.#take(size));
    const [high = 0, low = 0] = await this.#take(2);
    return decoder.decode(await this.#take(high * 256 + low));
  }

  async #take(count: number): Promise<Uint8Array> {
    const chunk = new Uint8Array(64 * 1024);
    while (this.#unread.length < count) {
      const read = await this.#connection.read(chunk) ?? fail("the server ended the connection");
      this.#unread = new Uint8Array([...this.#unread, ...chunk.subarray(0, read)]);
    }
    const taken = this.#unread.slice(0, count);
    this.#unread = this.#unread.slice(count);
    return taken;
  }
}
