// A WebSocket client on plain TCP: unlike a browser's, it can stop reading, vanish, or send broken
// frames.

import { assertEquals, fail } from "../assert.ts";
import { joined } from "../server/websocket/client_frame.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

const handshake: Readonly<Record<string, string>> = {
  "Connection": "Upgrade",
  "Upgrade": "websocket",
  "Sec-WebSocket-Version": "13",
  "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** The first byte of a frame and its mask, where it breaks a rule. */
export interface FrameParts {
  /** FIN, reserved bits and opcode; by default 0x81: a whole text. */
  readonly first?: number;
  readonly masked?: boolean;
  /** The length as written, if it is not the payload's. */
  readonly length?: number;
}

/** How the server closed a socket. */
export interface Ending {
  /** 1005: its close frame has no code; 1006: there was no close frame. */
  readonly code: number;
  readonly reason: string;
  /** The code of the last `error` message that came before. */
  readonly error: unknown;
}

export class RawSocket implements Disposable {
  readonly #connection: Deno.TcpConn;
  #unread = new Uint8Array();
  #isTorn = false;
  #error: unknown;
  /** HTTP status of the answer to the handshake. */
  status = 0;
  /** The sub-protocol it names. */
  protocol: string | undefined;

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects and finishes the handshake with the server on this port. */
  static async open(port: number): Promise<RawSocket> {
    const socket = await RawSocket.ask(port);
    assertEquals(socket.status, 101);
    return socket;
  }

  /**
   * Connects and sends a handshake. `changes`: more headers; undefined leaves one out. `:method` is
   * the method. `reads`: whether the answer is read.
   */
  static async ask(
    port: number,
    changes: Readonly<Record<string, string | undefined>> = {},
    { reads = true }: { reads?: boolean } = {},
  ): Promise<RawSocket> {
    const socket = await RawSocket.connect(port);
    const host = `127.0.0.1:${port}`;
    const { ":method": method = "GET", ...more } = changes;
    const headers = { Host: host, Origin: `http://${host}`, ...handshake, ...more };
    const lines = Object.entries(headers)
      .flatMap(([name, value]) => value === undefined ? [] : [`${name}: ${value}\r\n`]);
    await socket.write(encoder.encode(`${method} /ws HTTP/1.1\r\n${lines.join("")}\r\n`));
    if (!reads) return socket;
    let head = "";
    while (!head.endsWith("\r\n\r\n")) head += decoder.decode(await socket.#take(1));
    socket.status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
    socket.protocol = /^sec-websocket-protocol: *(\S+)/im.exec(head)?.[1];
    return socket;
  }

  /** Connects and sends nothing. */
  static async connect(port: number): Promise<RawSocket> {
    return new RawSocket(await Deno.connect({ hostname: "127.0.0.1", port }));
  }

  /** Sends one masked text frame. */
  say(message: unknown): Promise<void> {
    return this.frame(encoder.encode(JSON.stringify(message)));
  }

  /** Sends one valid frame; `parts` changes it. */
  async frame(payload: Uint8Array, parts: FrameParts = {}): Promise<void> {
    const { first = 0x81, masked = true, length = payload.length } = parts;
    const bit = masked ? 0x80 : 0;
    const size = length < 126
      ? [bit | length]
      : length < 65_536
      ? [bit | 126, length >> 8, length & 255]
      : [bit | 127, 0, 0, 0, 0, length >>> 24, length >> 16 & 255, length >> 8 & 255, length & 255];
    // A mask of zeros is a mask: the payload goes as it is.
    const mask = masked ? [0, 0, 0, 0] : [];
    await this.write(joined([new Uint8Array([first, ...size, ...mask]), payload]));
  }

  /** Reads frames until one of this type. */
  async hear(type: string): Promise<Record<string, unknown>> {
    for (let frames = 0; frames < 100; frames++) {
      const { opcode, payload } = await this.#readFrame();
      if (opcode !== 1) continue;
      const heard = this.#parse(payload);
      if (heard.type === type) return heard;
    }
    return fail(`no "${type}" in 100 frames`);
  }

  async write(bytes: Uint8Array): Promise<void> {
    while (bytes.length > 0) bytes = bytes.subarray(await this.#connection.write(bytes));
  }

  /** Ends the connection without a closing handshake. */
  tear(): void {
    if (this.#isTorn) return;
    this.#isTorn = true;
    this.#connection.close();
  }

  [Symbol.dispose](): void {
    this.tear();
  }

  /** The code by which the server closes; 1006 when it ends the connection without one. */
  async closed(): Promise<number> {
    return (await this.ending()).code;
  }

  /** Reads to the server's close frame, or to the end of the connection. */
  async ending(): Promise<Ending> {
    try {
      for (;;) {
        const { opcode, payload } = await this.#readFrame();
        if (opcode === 1) this.#parse(payload);
        if (opcode !== 8) continue;
        const code = payload.length < 2 ? 1005 : new DataView(payload.buffer).getUint16(0);
        return { code, reason: decoder.decode(payload.subarray(2)), error: this.#error };
      }
    } catch {
      return { code: 1006, reason: "", error: this.#error };
    }
  }

  #parse(payload: Uint8Array): Record<string, unknown> {
    const message: unknown = JSON.parse(decoder.decode(payload));
    const heard = Object.fromEntries(Object.entries(message ?? {}));
    if (heard.type === "error") this.#error = heard.code;
    return heard;
  }

  async #readFrame(): Promise<{ opcode: number; payload: Uint8Array<ArrayBuffer> }> {
    const [first = 0, size = 0] = await this.#take(2);
    const opcode = first & 15;
    if (size < 126) return { opcode, payload: await this.#take(size) };
    const [high = 0, low = 0] = await this.#take(2);
    return { opcode, payload: await this.#take(high * 256 + low) };
  }

  async #take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const chunk = new Uint8Array(64 * 1024);
    while (this.#unread.length < count) {
      const read = await this.#connection.read(chunk) ?? fail("the server ended the connection");
      this.#unread = joined([this.#unread, chunk.subarray(0, read)]);
    }
    const taken = this.#unread.slice(0, count);
    this.#unread = this.#unread.slice(count);
    return taken;
  }
}
