/** Lies about who the members are: their ids, keys and certificates. */
import { type PeerId, type SealedPeer, silentState } from "../../protocol/mod.ts";
import type { Lie, Line, LyingServer } from "./lying_server.ts";
import { aboutBob, ann, bob, flipped, fromBob, type SignalDown } from "./victims.ts";

/** Ids of members that do not exist. */
export const ghosts: readonly PeerId[] = ["e".repeat(32), "f".repeat(32)];

/** Where a hello has the public key and the fingerprint, in bytes; see mesh/sealing/hello.ts. */
const helloPlaces = { publicKey: 12 + 4 + 1, fingerprint: 12 + 4 + 65 + 4 + 16 + 4 + 8 };

function altersHello(name: string, at: number): Lie {
  return {
    name,
    install: (server) =>
      aboutBob(server, ({ hello, card }) => ({ hello: flipped(hello, at), card })),
  };
}

const inventedMember: Lie = {
  name: "invented member",
  install(server) {
    const noise = (length: number) =>
      crypto.getRandomValues(new Uint8Array(length))
        .toBase64({ alphabet: "base64url", omitPadding: true });
    server.onDown((message, line) => {
      if (message.type !== "peer-joined" || !server.isOf(line, ann)) return undefined;
      if (server.liedAt !== undefined) return undefined;
      line.tell(message);
      server.lies(undefined);
      const [one = "", other = ""] = ghosts;
      const ghost = { name: "", dialect: "parley", state: silentState, away: false } as const;
      const sealed = { hello: noise(204), card: noise(92) };
      line.invent({ type: "peer-joined", revision: 0, peer: { ...ghost, peerId: one, sealed } });
      line.invent({ type: "peer-joined", revision: 0, peer: { ...ghost, peerId: other } });
      for (const from of [one, other]) {
        line.tell({ type: "signal", from, signal: { kind: "sealed", body: noise(64) } });
      }
      return [];
    });
  },
};

const helloOfAnotherRoom: Lie = {
  name: "hello of another room with the same secret",
  install(server, elsewhere) {
    elsewhere.onUp((message) => {
      if (message.type !== "join" || !message.room.startsWith("other")) return undefined;
      const { sealed: { peerId = "", hello = "", card = "" } = {} } = message;
      const peer = {
        peerId,
        name: "",
        dialect: "parley",
        state: silentState,
        away: false,
      } as const;
      server.lies(server.line(ann))?.invent({
        type: "peer-joined",
        revision: 0,
        peer: { ...peer, sealed: { hello, card } },
      });
      return undefined;
    });
  },
};

const reflectedHello: Lie = {
  name: "reflected hello",
  install(server) {
    const own = ({ joined }: Line) => joined?.sealed ?? { hello: "", card: "" };
    aboutBob(server, (_sealed, line) => ({ hello: own(line).hello, card: own(line).card }));
  },
};

const mirror: Lie = {
  name: "a member with the own id and hello",
  install(server) {
    server.onDown((message, line) => {
      const { peerId = "", joined } = line;
      if (message.type !== "peer-joined" || !server.isOf(line, ann)) return undefined;
      if (joined?.sealed === undefined || server.liedAt !== undefined) return undefined;
      const { hello, card } = joined.sealed;
      const self = { name: "", dialect: "parley", state: silentState, away: false } as const;
      line.tell(message);
      server.lies(line).invent({
        type: "peer-joined",
        revision: 0,
        peer: { ...self, peerId, sealed: { hello, card } },
      });
      return [];
    });
    server.onUp((message, line) => {
      if (message.type !== "signal" || message.to !== line.peerId) return undefined;
      line.tell({ type: "signal", from: message.to, signal: message.signal });
      return [];
    });
  },
};

const oldHello: Lie = {
  name: "old hello after a rejoin",
  install(server) {
    let first: SealedPeer | undefined;
    aboutBob(server, (sealed) => first ??= sealed);
  },
};

/** Ann hears again everything that Bob has sent her, after `act` has made her meet him again. */
function remembers(
  name: string,
  meetAgain: (server: LyingServer, line: Line, first: SealedPeer) => void,
): Lie & { keeps: boolean; holds: boolean; act(server: LyingServer): void } {
  let first: SealedPeer | undefined;
  const heard: SignalDown[] = [];
  const lie = {
    name,
    /** Whether what Bob sends comes again. */
    keeps: true,
    /** Whether it comes only then. */
    holds: false,
    install(server: LyingServer) {
      aboutBob(server, (sealed) => {
        first ??= sealed;
        return sealed;
      });
      fromBob(server, (message) => {
        if (lie.keeps || lie.holds) heard.push(message);
        return lie.holds ? [] : [message];
      });
    },
    act(server: LyingServer) {
      const line = server.line(ann);
      if (line === undefined || first === undefined) return;
      const all = heard.splice(0);
      server.liedAt = server.clock.now();
      meetAgain(server, line, first);
      for (const message of all) line.tell(message);
    },
  };
  return lie;
}

const relivedPast = () =>
  remembers("a member that has left, played again from what it sent", (server, line, sealed) => {
    const peerId = server.members[bob] ?? "";
    const peer = { peerId, name: "", dialect: "parley", state: silentState, away: false } as const;
    line.invent({ type: "peer-left", revision: 0, peerId, reason: "left" });
    line.invent({ type: "peer-joined", revision: 0, peer: { ...peer, sealed } });
  });

const relivedPage = () =>
  remembers("a page that was reloaded, played again from what it sent", (server, line, sealed) => {
    const peerId = server.members[bob] ?? "";
    line.invent({ type: "peer-hello", revision: 0, peerId, ...sealed });
  });

/** ms. */
export const heldMs = 60_000;

const heldHello: Lie = {
  name: "a hello held back for 60 s",
  install(server) {
    aboutBob(server, (sealed, line) => {
      if (server.liedAt !== undefined && server.clock.now() >= server.liedAt + heldMs) {
        return sealed;
      }
      server.clock.after(heldMs, () => {
        const peerId = server.members[bob] ?? "";
        line.invent({ type: "peer-hello", revision: 0, peerId, ...sealed });
      });
      return undefined;
    });
  },
};

/** The lies of this file. */
export const helloLies = {
  swappedFingerprint: altersHello("swapped fingerprint", helloPlaces.fingerprint),
  inventedMember,
  swappedKey: altersHello("swapped ephemeral key", helloPlaces.publicKey),
  helloOfAnotherRoom,
  reflectedHello,
  mirror,
  oldHello,
  relivedPast,
  relivedPage,
  heldHello,
} as const;
