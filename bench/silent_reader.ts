import { connect } from "node:net";
import type { Target } from "./load.ts";

/** A WebSocket on plain TCP that stops reading after its welcome. */
export class SilentReader {
  readonly peerId: string;
  readonly #socket: ReturnType<typeof connect>;

  private constructor(peerId: string, socket: ReturnType<typeof connect>) {
    this.peerId = peerId;
    this.#socket = socket;
  }

  /** Joins a room; resolves when the welcome has come. */
  static async join({ url, format }: Target, room: string): Promise<SilentReader> {
    const { port, host } = new URL(url);
    const socket = connect(Number(port), "127.0.0.1");
    const lines = [
      `GET ${format.path} HTTP/1.1`,
      `Host: ${host}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ];
    socket.write(`${lines.join("\r\n")}\r\n\r\n`);
    const { promise, resolve } = Promise.withResolvers<string>();
    let read = "";
    let asked = false;
    socket.on("data", (bytes: Uint8Array) => {
      read += new TextDecoder().decode(bytes);
      if (!asked && read.includes("\r\n\r\n")) {
        asked = true;
        const payload = new TextEncoder().encode(format.join(room));
        // A mask of zeros is valid.
        socket.write(new Uint8Array([0x81, 0x80 | payload.length, 0, 0, 0, 0, ...payload]));
      }
      const peerId = /"type":"welcome","peerId":"([^"]+)"/.exec(read)?.[1];
      if (peerId === undefined) return;
      socket.pause();
      resolve(peerId);
    });
    return new SilentReader(await promise, socket);
  }

  /** Closes the connection. */
  end(): void {
    this.#socket.destroy();
  }
}
