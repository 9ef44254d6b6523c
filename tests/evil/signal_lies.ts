/** Lies about what two members send each other. */
import type { ClientMessage, PeerId } from "../../protocol/mod.ts";
import type { Lie, Line } from "./lying_server.ts";
import { ann, bob, cid, flipped, fromBob, type SignalDown } from "./victims.ts";

type SignalUp = Extract<ClientMessage, { type: "signal" }>;

function withBody(message: SignalDown, change: (body: string) => string): SignalDown {
  const { signal } = message;
  if (signal.kind !== "sealed") return message;
  return { ...message, signal: { ...signal, body: change(signal.body) } };
}

/** A description of somebody in between. */
export const foreignOffer = {
  kind: "description",
  description: {
    type: "offer",
    exchange: 1,
    sdp: [
      ...["v=0", "o=- 1 1 IN IP4 0.0.0.0", `a=fingerprint:sha-256 ${"EE:".repeat(31)}EE`],
      ...["a=setup:actpass", "a=ice-ufrag:evil", "m=audio 9 X 0", "a=mid:0", "a=sendrecv", ""],
    ].join("\r\n"),
  },
} as const;

const renamedSender: Lie = {
  name: "renamed sender",
  install: (server) =>
    fromBob(server, (message) => [server.lies({ ...message, from: server.members[cid] ?? "" })]),
};

const flippedBit: Lie = {
  name: "one flipped bit",
  install: (server) =>
    fromBob(server, (message) => [
      server.lies(withBody(message, (body) => flipped(body, body.length >> 1))),
    ]),
};

const replay: Lie = {
  name: "replay",
  install: (server) => fromBob(server, (message) => server.lies([message, message])),
};

const drop: Lie = {
  name: "drop",
  install(server) {
    let count = 0;
    fromBob(server, (message) => count++ % 2 === 0 ? server.lies([]) : [message]);
  },
};

const reflectedSignal: Lie = {
  name: "reflected sealed message",
  install(server) {
    server.onUp((message, line) => {
      if (message.type !== "signal" || !server.isOf(line, ann)) return undefined;
      if (message.to !== server.members[bob]) return undefined;
      server.lies(line).tell({ type: "signal", from: message.to, signal: message.signal });
      return undefined;
    });
  },
};

const plainSignal: Lie = {
  name: "plain SDP instead of sealed",
  install: (server) =>
    fromBob(server, (message) => [server.lies({ ...message, signal: foreignOffer })]),
};

const reordered: Lie = {
  name: "order changed within a pair",
  install(server) {
    let held: SignalDown | undefined;
    fromBob(server, (message) => {
      const first = held;
      held = first === undefined ? server.lies(message) : undefined;
      return first === undefined ? [] : [message, first];
    });
  },
};

const crossed: Lie = {
  name: "order changed across pairs",
  install(server) {
    const held: SignalDown[] = [];
    server.onDown((message, line) => {
      if (message.type !== "signal" || !server.isOf(line, ann)) return undefined;
      if (message.from !== server.members[bob]) return server.lies([message, ...held.splice(0)]);
      held.push(message);
      server.clock.after(500, () => held.splice(0).forEach((each) => line.tell(each)));
      return [];
    });
  },
};

/** Somebody with connections of their own, to whom the server sends both ends. */
export interface Intruder {
  /** The server has a victim's socket, and may say there that it is `as`. */
  meet(victim: Line, as: PeerId): void;
  /** A victim has answered `as` in the open. */
  receive(message: SignalUp, victim: Line): void;
}

/** Ann and Bob get the intruder's signals instead of each other's. */
export function manInTheMiddle(intruder: Intruder): Lie {
  return {
    name: "a man in the middle with two connections",
    install(server) {
      const met = new Set<Line>();
      const otherOf = (line: Line): PeerId | undefined =>
        server.isOf(line, ann)
          ? server.members[bob]
          : server.isOf(line, bob)
          ? server.members[ann]
          : undefined;
      server.onDown((message, line) => {
        const other = otherOf(line);
        if (message.type !== "signal" || message.from !== other) return undefined;
        if (!met.has(line)) intruder.meet(line, other);
        met.add(line);
        return server.lies([]);
      });
      server.onUp((message, line) => {
        if (message.type !== "signal" || message.to !== otherOf(line)) return undefined;
        if (message.signal.kind === "sealed") return undefined;
        intruder.receive(message, line);
        return [];
      });
    },
  };
}

/** The lies of this file that need nobody else. */
export const signalLies = {
  renamedSender,
  flippedBit,
  replay,
  drop,
  reflectedSignal,
  plainSignal,
  reordered,
  crossed,
} as const;
