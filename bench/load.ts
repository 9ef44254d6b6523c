/** Clients that give a server a known amount of work, each in the protocol of that server. */
import { RELAY_SUBPROTOCOL, SUBPROTOCOL } from "../protocol/mod.ts";

/** The protocol of a server: how to write its messages and read its frames. */
export interface Words {
  readonly path: string;
  readonly protocols: string[];
  /** The message that joins a room. */
  join(room: string): string;
  signal(to: string, bytes: number): string;
  /** Undefined: the protocol has no chat. */
  chat?: (ref: number, text: string) => string;
  /** Reads a frame. */
  read(frame: string): Heard;
}

/** What a frame means to the bench. */
export type Heard =
  | { readonly is: "welcome"; readonly peerId: string; readonly roster: readonly string[] }
  | { readonly is: "counted"; readonly text: string }
  | { readonly is: "answer"; readonly frame: string }
  | { readonly is: "joined" | "left" | "refused" | "other" };

/** A candidate of about `bytes` bytes if small, a description if large. */
function signalOf(bytes: number): unknown {
  const padding = "x".repeat(Math.max(0, bytes - 160));
  const candidate = `candidate:1 1 udp 2122260223 192.0.2.1 54321 typ host ${padding}`;
  return bytes < 1000
    ? {
      kind: "candidate",
      candidate: { candidate, sdpMid: "0", sdpMLineIndex: 0, usernameFragment: "aBcD" },
    }
    : { kind: "description", description: { type: "offer", sdp: `v=0\r\n${padding}` } };
}

function readNative(frame: string): Heard {
  // The type comes first; parsing each frame here would slow down the measured server.
  if (frame.startsWith("relay ") || frame.startsWith('{"type":"signal"')) {
    return { is: "counted", text: "" };
  }
  if (frame.startsWith('{"type":"chat"')) return { is: "counted", text: frame };
  if (frame.startsWith('{"type":"peer-joined"')) return { is: "joined" };
  if (frame.startsWith('{"type":"peer-left"')) return { is: "left" };
  if (frame.startsWith('{"type":"error"')) return { is: "refused" };
  if (!frame.startsWith('{"type":"welcome"')) return { is: "other" };
  const { peerId, roster } = JSON.parse(frame);
  return { is: "welcome", peerId, roster: roster.map((peer: { peerId: string }) => peer.peerId) };
}

const plain = {
  path: "/ws",
  join: (room: string) => JSON.stringify({ type: "join", room, name: "Load" }),
  chat: (ref: number, text: string) => JSON.stringify({ type: "chat", ref: `b-${ref}`, text }),
  read: readNative,
};

/** Parley's protocol, as its pages use it. */
export const parleyWords: Words = {
  ...plain,
  protocols: [RELAY_SUBPROTOCOL, SUBPROTOCOL],
  signal: (to, bytes) => `relay ${to}\n${JSON.stringify(signalOf(bytes))}`,
};

/** The same without envelopes, for the small relays of the bench. */
export const plainWords: Words = {
  ...plain,
  protocols: [SUBPROTOCOL],
  signal: (to, bytes) => JSON.stringify({ type: "signal", to, signal: signalOf(bytes) }),
};

/** The protocol of SkyRTC, which has no chat. */
export const skyrtcWords: Words = {
  path: "/",
  protocols: [],
  join: (room) => JSON.stringify({ eventName: "__join", data: { room } }),
  signal: (to, bytes) =>
    JSON.stringify({ eventName: "__offer", data: { socketId: to, sdp: signalOf(bytes) } }),
  read: (frame) => {
    if (frame.startsWith('{"eventName":"_offer"')) return { is: "counted", text: "" };
    if (!frame.startsWith('{"eventName":"_peers"')) return { is: "other" };
    const { data: { you, connections } } = JSON.parse(frame);
    return { is: "welcome", peerId: you, roster: connections };
  },
};

/** The framing of socket.io, by hand, so that its client is not measured: 4 message, 2 event. */
export const socketioWords: Words = {
  path: "/socket.io/?EIO=4&transport=websocket",
  protocols: [],
  join: (room) => `42${JSON.stringify(["join", room])}`,
  signal: (to, bytes) => `42${JSON.stringify(["signal", { to, signal: signalOf(bytes) }])}`,
  chat: (ref, text) => `42${JSON.stringify(["chat", { ref, text }])}`,
  read: (frame) => {
    if (frame.startsWith("0{")) return { is: "answer", frame: "40" };
    if (frame === "2") return { is: "answer", frame: "3" };
    if (frame.startsWith('42["signal"')) return { is: "counted", text: "" };
    if (frame.startsWith('42["chat"')) return { is: "counted", text: frame };
    if (!frame.startsWith('42["welcome"')) return { is: "other" };
    const [, { peerId, roster }] = JSON.parse(frame.slice(2));
    return { is: "welcome", peerId, roster };
  },
};

/** One joined client that only counts what it receives. */
export class LoadClient {
  readonly peerId: string;
  /** Ids of those who were in the room before. */
  readonly roster: readonly string[];
  readonly words: Words;
  /** Called with the text of each counted frame. */
  onCounted: ((frame: string) => void) | undefined;
  joined = 0;
  left = 0;
  refused = 0;
  #received = 0;
  #socket: WebSocket;
  #wanted = 0;
  #reached: (() => void) | undefined;

  private constructor(socket: WebSocket, words: Words, welcome: Heard & { is: "welcome" }) {
    this.#socket = socket;
    this.words = words;
    this.peerId = welcome.peerId;
    this.roster = welcome.roster;
  }

  /** Connects and joins; resolves with the welcome's facts. */
  static join(url: string, words: Words, room: string): Promise<LoadClient> {
    const address = url.replace("http", "ws") + words.path;
    const socket = new WebSocket(address, words.protocols);
    const { promise, resolve, reject } = Promise.withResolvers<LoadClient>();
    // Engine.io sends first, and expects its answer before any other frame.
    const greets = words === socketioWords;
    socket.onopen = () => greets || socket.send(words.join(room));
    socket.onerror = () => reject(new Error("The server refused a socket of the bench"));
    let client: LoadClient | undefined;
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const heard = words.read(data);
      if (heard.is === "answer") socket.send(heard.frame);
      if (greets && data.startsWith("40")) socket.send(words.join(room));
      if (client !== undefined) return client.#take(heard);
      if (heard.is === "refused") reject(new Error(`The server answered ${data}`));
      if (heard.is !== "welcome") return;
      client = new LoadClient(socket, words, heard);
      resolve(client);
    };
    return promise;
  }

  send(frame: string): void {
    this.#socket.send(frame);
  }

  /** Starts a new count; resolves after `count` signals or lines. */
  expect(count: number): Promise<void> {
    this.#received = 0;
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

  #take(heard: Heard): void {
    if (heard.is === "joined") this.joined++;
    if (heard.is === "left") this.left++;
    if (heard.is === "refused") this.refused++;
    // Presence and ticks are not counted.
    if (heard.is !== "counted") return;
    this.onCounted?.(heard.text);
    if (++this.#received === this.#wanted) this.#reached?.();
  }
}

/** A server under load. */
export interface Target {
  readonly url: string;
  readonly words: Words;
}

/** Fills `rooms` rooms with `members` clients each. */
export async function fillRooms(
  { url, words }: Target,
  { rooms, members }: { rooms: number; members: number },
): Promise<LoadClient[][]> {
  const mark = crypto.randomUUID().slice(0, 8);
  const all: LoadClient[][] = [];
  // Not all at once: the queue of a listener is short.
  for (let from = 0; from < rooms; from += 100) {
    const batch = Array.from({ length: Math.min(100, rooms - from) }, async (_, index) => {
      const joined: LoadClient[] = [];
      for (let n = 0; n < members; n++) {
        joined.push(await LoadClient.join(url, words, `${mark}-${from + index}`));
      }
      return joined;
    });
    all.push(...await Promise.all(batch));
  }
  return all;
}

/** Lets all clients leave. */
export async function emptyRooms(rooms: LoadClient[][]): Promise<void> {
  const all = rooms.flat();
  for (let from = 0; from < all.length; from += 500) {
    await Promise.all(all.slice(from, from + 500).map((client) => client.leave()));
  }
}
