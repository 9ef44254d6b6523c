// Clients that put one known amount of work on a server that speaks the native dialect.

import { SUBPROTOCOL } from "../protocol/mod.ts";

/** One joined client that only counts what it gets. */
export class LoadClient {
  readonly peerId: string;
  /** Ids of those who were in the room before. */
  readonly roster: readonly string[];
  received = 0;
  #socket: WebSocket;
  #wanted = 0;
  #reached: (() => void) | undefined;

  private constructor(socket: WebSocket, welcome: { peerId: string; roster: string[] }) {
    this.#socket = socket;
    this.peerId = welcome.peerId;
    this.roster = welcome.roster;
  }

  /** Connects and joins; resolves with the welcome's facts. */
  static join(url: string, room: string): Promise<LoadClient> {
    const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, SUBPROTOCOL);
    const { promise, resolve, reject } = Promise.withResolvers<LoadClient>();
    socket.onopen = () => socket.send(JSON.stringify({ type: "join", room, name: "Load" }));
    socket.onerror = () => reject(new Error("The server refused a socket of the bench"));
    let client: LoadClient | undefined;
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      if (client !== undefined) return client.#take(data);
      if (!data.startsWith('{"type":"welcome"')) return;
      const { peerId, roster } = JSON.parse(data);
      const ids = roster.map(({ peerId }: { peerId: string }) => peerId);
      client = new LoadClient(socket, { peerId, roster: ids });
      resolve(client);
    };
    return promise;
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  /** Starts a new count and resolves once that many signals or lines came. */
  expect(count: number): Promise<void> {
    this.received = 0;
    this.#wanted = count;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reached = resolve;
    return promise;
  }

  async leave(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.onclose = () => resolve();
    this.#socket.close(1000);
    await promise;
  }

  #take(frame: string): void {
    if (frame.startsWith('{"type":"error"')) throw new Error(`The server answered ${frame}`);
    // Presence and ticks are not what is counted.
    if (!frame.startsWith('{"type":"signal"') && !frame.startsWith('{"type":"chat"')) return;
    if (++this.received === this.#wanted) this.#reached?.();
  }
}

/** A signal of about `bytes` bytes for one peer: a candidate if small, a description if large. */
export function signalFrame(to: string, bytes: number): string {
  const build = (padding: string) => {
    const candidate = `candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host ${padding}`;
    const signal = bytes < 1000
      ? {
        kind: "candidate",
        candidate: { candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "aBcD" },
      }
      : { kind: "description", description: { type: "offer", sdp: `v=0\r\n${padding}` } };
    return JSON.stringify({ type: "signal", to, signal });
  };
  return build("x".repeat(Math.max(0, bytes - build("").length)));
}

/** A chat line of 100 characters. */
export function chatFrame(ref: number): string {
  return JSON.stringify({ type: "chat", ref: `bench-${ref}`, text: "x".repeat(100) });
}

/** Fills `rooms` rooms with `members` clients each. */
export async function fillRooms(
  url: string,
  { rooms, members }: { rooms: number; members: number },
): Promise<LoadClient[][]> {
  const mark = crypto.randomUUID().slice(0, 8);
  return await Promise.all(Array.from({ length: rooms }, async (_, room) => {
    const joined: LoadClient[] = [];
    for (let i = 0; i < members; i++) joined.push(await LoadClient.join(url, `${mark}-${room}`));
    return joined;
  }));
}
