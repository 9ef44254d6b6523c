/** Clients that give a server a known amount of work, each in the protocol of that server. */
import { RELAY_SUBPROTOCOL, SUBPROTOCOL } from "../protocol/mod.ts";

/** The wire format of a server: how to write its messages and read its frames. */
export interface WireFormat {
  readonly path: string;
  readonly protocols: string[];
  /** The message that joins a room. */
  join(room: string): string;
  signal(to: string, bytes: number): string;
  /** Undefined: the protocol has no chat. */
  chat?: (ref: number, text: string) => string;
  /** Whether members are told who joins and who leaves, as the native dialect does. */
  readonly tells: boolean;
  /** Reads a frame. */
  read(frame: string): Frame;
}

/** A received frame as the bench counts it. `answer`: the protocol requires this reply. */
export type Frame =
  | { readonly is: "welcome"; readonly peerId: string; readonly roster: readonly string[] }
  | { readonly is: "counted"; readonly text: string }
  | { readonly is: "answer"; readonly reply: string }
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

function readNative(frame: string): Frame {
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
  tells: true,
  join: (room: string) => JSON.stringify({ type: "join", room, name: "Load" }),
  chat: (ref: number, text: string) => JSON.stringify({ type: "chat", ref: `b-${ref}`, text }),
  read: readNative,
};

/** Parley's protocol, as its pages use it. */
export const parleyFormat: WireFormat = {
  ...plain,
  protocols: [RELAY_SUBPROTOCOL, SUBPROTOCOL],
  signal: (to, bytes) => `relay ${to}\n${JSON.stringify(signalOf(bytes))}`,
};

/** The same without envelopes, for the small relays of the bench. */
export const plainFormat: WireFormat = {
  ...plain,
  protocols: [SUBPROTOCOL],
  signal: (to, bytes) => JSON.stringify({ type: "signal", to, signal: signalOf(bytes) }),
};

/** The protocol of SkyRTC, which has no chat. */
export const skyrtcFormat: WireFormat = {
  path: "/",
  tells: false,
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
export const socketioFormat: WireFormat = {
  path: "/socket.io/?EIO=4&transport=websocket",
  tells: false,
  protocols: [],
  join: (room) => `42${JSON.stringify(["join", room])}`,
  signal: (to, bytes) => `42${JSON.stringify(["signal", { to, signal: signalOf(bytes) }])}`,
  chat: (ref, text) => `42${JSON.stringify(["chat", { ref, text }])}`,
  read: (frame) => {
    if (frame.startsWith("0{")) return { is: "answer", reply: "40" };
    if (frame === "2") return { is: "answer", reply: "3" };
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
  readonly format: WireFormat;
  /** Called with the text of each counted frame. */
  onCounted: ((frame: string) => void) | undefined;
  joined = 0;
  left = 0;
  refused = 0;
  #received = 0;
  #socket: WebSocket;
  #wanted = 0;
  #reached: (() => void) | undefined;
  #onJoined: (() => void) | undefined;

  private constructor(socket: WebSocket, format: WireFormat, welcome: Frame & { is: "welcome" }) {
    this.#socket = socket;
    this.format = format;
    this.peerId = welcome.peerId;
    this.roster = welcome.roster;
  }

  /** Connects and joins; resolves when the welcome arrives. */
  static async join(target: Target, room: string): Promise<LoadClient> {
    const enter = await LoadClient.open(target);
    return enter(room);
  }

  /** Connects; resolves with what joins, which resolves when the welcome arrives. */
  static open({ url, format }: Target): Promise<(room: string) => Promise<LoadClient>> {
    const socket = new WebSocket(url.replace("http", "ws") + format.path, format.protocols);
    const opened = Promise.withResolvers<(room: string) => Promise<LoadClient>>();
    const joined = Promise.withResolvers<LoadClient>();
    const enter = (room: string) => {
      socket.send(format.join(room));
      return joined.promise;
    };
    // Engine.io sends first, and expects its answer before any other frame.
    const greets = format === socketioFormat;
    socket.onopen = () => greets || opened.resolve(enter);
    socket.onerror = () => {
      const error = new Error("The server refused a socket of the bench");
      opened.reject(error);
      joined.reject(error);
    };
    // A socket that never opens is reported once.
    joined.promise.catch(() => {});
    let client: LoadClient | undefined;
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const frame = format.read(data);
      if (frame.is === "answer") socket.send(frame.reply);
      if (greets && data.startsWith("40")) opened.resolve(enter);
      if (client !== undefined) return client.#count(frame);
      if (frame.is === "refused") joined.reject(new Error(`The server answered ${data}`));
      if (frame.is !== "welcome") return;
      client = new LoadClient(socket, format, frame);
      joined.resolve(client);
    };
    return opened.promise;
  }

  /** Resolves when it knows so many others, from its roster or because they joined later. */
  meets(others: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onJoined = () => {
      if (this.roster.length + this.joined >= others) resolve();
    };
    this.#onJoined();
    return promise;
  }

  /** Sends one frame. */
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

  /** Closes the socket; resolves when it is closed. */
  async leave(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#socket.onclose = () => resolve();
    this.#socket.close(1000);
    await promise;
  }

  #count(frame: Frame): void {
    if (frame.is === "joined") this.joined++;
    if (frame.is === "left") this.left++;
    if (frame.is === "refused") this.refused++;
    this.#onJoined?.();
    // Presence and ticks are not counted.
    if (frame.is !== "counted") return;
    this.onCounted?.(frame.text);
    if (++this.#received === this.#wanted) this.#reached?.();
  }
}

/** A server under load. */
export interface Target {
  readonly url: string;
  readonly format: WireFormat;
}

/** Fills `rooms` rooms with `members` clients each. */
export async function fillRooms(
  { url, format }: Target,
  { rooms, members }: { rooms: number; members: number },
): Promise<LoadClient[][]> {
  const mark = crypto.randomUUID().slice(0, 8);
  const all: LoadClient[][] = [];
  // Not all at once: the queue of a listener is short.
  for (let from = 0; from < rooms; from += 100) {
    const batch = Array.from({ length: Math.min(100, rooms - from) }, async (_, index) => {
      const joined: LoadClient[] = [];
      for (let n = 0; n < members; n++) {
        joined.push(await LoadClient.join({ url, format }, `${mark}-${from + index}`));
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
