/** How each close code of the table in protocol/codes.ts is brought about at a server. */
import { type CloseReason, limits, serverLimits } from "../../protocol/mod.ts";
import type { Pressure } from "../../server/memory_watch.ts";
import type { Config } from "../../server/settings/options.ts";
import { opcode } from "../../server/websocket/frame.ts";
import { assert, assertEquals } from "../assert.ts";
import { type Ending, RawSocket } from "./raw_socket.ts";
import type { SignallingServer } from "./signalling_server.ts";

/** A close code that the server sends. */
export interface Closing {
  /** Brings the server to close a socket; returns how it did. */
  readonly provoke: (at: Place) => Promise<Ending>;
  /** Whether an `error` message with the same reason comes before the close frame. */
  readonly told: boolean;
  readonly config?: Partial<Config>;
  /** The codes that Deno's own transport may close with, if it cannot do what ours does. */
  readonly overDeno?: readonly number[];
}

/** A server in whose room "tea" is nobody, and its sockets. */
export class Place implements Disposable {
  readonly server: SignallingServer;
  readonly #sockets: RawSocket[] = [];

  constructor(server: SignallingServer) {
    this.server = server;
  }

  /** An open socket. */
  async open(headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = await RawSocket.ask(this.server.port, headers);
    assertEquals(socket.status, 101);
    this.#sockets.push(socket);
    return socket;
  }

  /** An open socket that has asked to join. */
  async ask(more: Record<string, unknown> = {}): Promise<RawSocket> {
    const socket = await this.open();
    await socket.say({ type: "join", room: "tea", name: "Ann", ...more });
    return socket;
  }

  /** A member, and its welcome. The first one of a room owns it. */
  async join(more: Record<string, unknown> = {}): Promise<Member> {
    const socket = await this.ask(more);
    const { peerId, resumeToken } = await socket.hear("welcome");
    return { socket, peerId, resumeToken };
  }

  /** The member who opens "tea" as a sealed room. */
  joinSealed(door: string): Promise<Member> {
    return this.join(sealedBy(door));
  }

  /** The owner of "tea", which has these rules. */
  async owner(rules: Record<string, unknown>): Promise<Member> {
    const owner = await this.join();
    // After it come no rules but the new ones.
    await owner.socket.hear("owner-key");
    await owner.socket.say({ type: "set-rules", ...rules });
    await owner.socket.hear("rules");
    return owner;
  }

  [Symbol.dispose](): void {
    for (const socket of this.#sockets) socket.tear();
  }
}

/** What makes a join a sealed one. */
function sealedBy(door: string): Record<string, unknown> {
  const peerId = crypto.randomUUID().replaceAll("-", "");
  return { name: "", sealed: { door, peerId, hello: "h", card: "c" } };
}

interface Member {
  readonly socket: RawSocket;
  readonly peerId: unknown;
  readonly resumeToken: unknown;
}

/** This server never closes with it; browsers, proxies and other servers do. */
export type NeverSent = "never sent";

const bytes = (text: string) => new TextEncoder().encode(text);

/** A row for each reason. */
export const closings: Readonly<Record<CloseReason, Closing | NeverSent>> = {
  "left": {
    told: false,
    provoke: async (at) => {
      const { socket } = await at.join();
      await socket.frame(new Uint8Array([1000 >> 8, 1000 & 255]), { first: 0x80 | opcode.close });
      return await socket.ending();
    },
  },
  "going-away": "never sent",
  "flood": "never sent",
  "internal": "never sent",
  "framing": {
    told: false,
    provoke: (at) => flood(at, (socket) => socket.frame(bytes("a"), { first: 0xc1 })),
    overDeno: [1002, 1006],
  },
  "binary": {
    told: false,
    provoke: (at) => flood(at, (socket) => socket.frame(bytes("a"), { first: 0x82 })),
    overDeno: [1003, 1006],
  },
  "utf8": {
    told: false,
    provoke: (at) => flood(at, (socket) => socket.frame(new Uint8Array([0xff]))),
    overDeno: [1006, 1007],
  },
  "too-big": {
    told: false,
    provoke: (at) =>
      flood(at, (socket) => socket.frame(new Uint8Array(limits.frameBytes + 1).fill(32))),
    overDeno: [1006, 1009],
  },
  "restart": {
    told: false,
    provoke: async (at) => {
      const { socket } = await at.join();
      void at.server.parley.hub.close();
      return await socket.ending();
    },
  },
  "overload": { told: true, provoke: overload },
  "join-late": { told: true, provoke: async (at) => await (await at.open()).ending() },
  "slow": { told: false, provoke: slow, overDeno: [1006, 4008] },
  "rate": {
    told: true,
    provoke: (at) => flood(at, (socket, ref) => socket.say({ type: "chat", ref, text: "more" })),
    overDeno: [1006, 4009],
  },
  "state-gap": { told: true, provoke: twins },
  "bad-messages": {
    told: true,
    provoke: async (at) => {
      const { socket } = await at.join();
      for (let n = 0; n < serverLimits.badMessages; n++) await socket.say("garbage");
      return await socket.ending();
    },
  },
  "replaced": {
    told: true,
    provoke: async (at) => {
      const { socket, resumeToken: resume } = await at.join();
      await at.join({ resume });
      return await socket.ending();
    },
  },
  "kicked": { told: true, provoke: (at) => remove(at, { ban: false }) },
  "banned": { told: true, provoke: (at) => remove(at, { ban: true }) },
  "full": {
    told: true,
    config: { roomCapacity: 2 },
    provoke: async (at) => {
      await at.join();
      await at.join();
      return await (await at.ask()).ending();
    },
  },
  "locked": { told: true, provoke: (at) => knock(at, { locked: true }) },
  "password": { told: true, provoke: (at) => knock(at, { password: "two sugars" }) },
  "version": {
    told: false,
    provoke: async (at) =>
      await (await at.open({ "Sec-WebSocket-Protocol": "parley.v99" })).ending(),
  },
  "closed": {
    told: true,
    provoke: async (at) => {
      const owner = await at.join();
      const { socket } = await at.join();
      await owner.socket.say({ type: "close-room" });
      return await socket.ending();
    },
  },
  "refused": {
    told: true,
    provoke: async (at) => {
      const owner = await at.owner({ knocking: true });
      const socket = await at.ask();
      const { knocks } = await owner.socket.hear("knocks");
      assert(Array.isArray(knocks));
      const { knockId } = Object(knocks[0]);
      await owner.socket.say({ type: "answer-knock", knockId, admit: false });
      return await socket.ending();
    },
  },
  "guesses": {
    told: true,
    provoke: async (at) => {
      await at.owner({ password: "two sugars" });
      for (;;) {
        // The wait doubles with each wrong guess, so at last a guess comes too soon.
        const ending = await (await at.ask({ password: "no sugar" })).ending();
        if (ending.code !== 4507) return ending;
      }
    },
  },
  "sealed": {
    told: true,
    provoke: async (at) => {
      await at.joinSealed("d");
      return await (await at.ask()).ending();
    },
  },
  "unsealed": {
    told: true,
    provoke: async (at) => {
      await at.join();
      return await (await at.ask(sealedBy("d"))).ending();
    },
  },
  "link-changed": {
    told: true,
    provoke: async (at) => {
      const { socket } = await at.joinSealed("d");
      await socket.say({ type: "change-door", from: "d", to: "e" });
      await socket.hear("door-changed");
      return await (await at.ask(sealedBy("d"))).ending();
    },
  },
  "off": {
    told: true,
    config: { closed: true },
    provoke: async (at) => await (await at.ask()).ending(),
  },
};

/** A member that sends and reads until it is closed. */
async function flood(
  at: Place,
  send: (socket: RawSocket, ref: string) => Promise<void>,
): Promise<Ending> {
  const { socket } = await at.join();
  let isOpen = true;
  const sending = (async () => {
    for (let n = 0; isOpen; n++) await send(socket, `r${n}`);
  })().catch(() => {});
  const ending = await socket.ending();
  isOpen = false;
  socket.tear();
  await sending;
  return ending;
}

async function knock(at: Place, rules: Record<string, unknown>): Promise<Ending> {
  await at.owner(rules);
  return await (await at.ask()).ending();
}

async function remove(at: Place, { ban }: { ban: boolean }): Promise<Ending> {
  const owner = await at.join();
  const { socket, peerId } = await at.join();
  await owner.socket.say({ type: "remove", peerId, ban });
  return await socket.ending();
}

/** One peer in two rooms, by a token that it used again, and both meet. */
async function twins(at: Place): Promise<Ending> {
  const first = await at.join();
  await first.socket.say({ type: "join", room: "coffee", name: "Ann" });
  await first.socket.hear("welcome");
  const second = await at.join({ resume: first.resumeToken });
  assertEquals(second.peerId, first.peerId);
  await second.socket.say({ type: "join", room: "coffee", name: "Ann" });
  return await second.socket.ending();
}

async function overload(at: Place): Promise<Ending> {
  setPressure(at.server, "high");
  return await (await at.ask()).ending();
}

/** Lets the server believe that it has so little memory left. */
export function setPressure({ parley }: SignallingServer, value: Pressure): void {
  Object.defineProperty(parley.memory, "pressure", { value });
}

/** A member that reads nothing until it is cut, and then all that is left. */
async function slow(at: Place): Promise<Ending> {
  const ann = await at.join();
  const stalled = await at.join();
  const sdp = "*".repeat(limits.sdp);
  const signal = { kind: "description", description: { type: "offer", sdp } };
  let isGone = false;
  const feeding = (async () => {
    while (!isGone) await ann.socket.say({ type: "signal", to: stalled.peerId, signal });
  })();
  await ann.socket.hear("peer-left");
  isGone = true;
  const ending = await stalled.socket.ending();
  await feeding;
  return ending;
}
