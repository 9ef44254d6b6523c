/** Lies about what members write and show: lines of chat, cards and notes. */
import type { ServerMessage } from "../../protocol/mod.ts";
import type { Lie, LyingServer } from "./lying_server.ts";
import { ann, bob, cid, flipped } from "./victims.ts";

type TextMessage = Extract<ServerMessage, { type: "chat" | "note" | "peer-changed" }>;
type Line = Extract<ServerMessage, { type: "chat" }>["line"];

function authorOf(message: TextMessage): string {
  if (message.type === "chat") return message.line.from;
  return message.type === "note" ? message.from : message.peerId;
}

/** Changes what Ann is sent of one type that Bob has written. */
function writtenByBob<T extends TextMessage["type"]>(
  server: LyingServer,
  { type, change }: {
    type: T;
    change: (message: Extract<TextMessage, { type: T }>) => readonly ServerMessage[];
  },
): void {
  const isOf = (message: ServerMessage): message is Extract<TextMessage, { type: T }> =>
    message.type === type;
  server.onDown((message, line) => {
    if (!isOf(message) || !server.isOf(line, ann)) return undefined;
    return authorOf(message) === server.members[bob] ? change(message) : undefined;
  });
}

function changesLines(name: string, change: (line: Line, server: LyingServer) => Line): Lie {
  return {
    name,
    install: (server) =>
      writtenByBob(server, {
        type: "chat",
        change: (message) => [server.lies({ ...message, line: change(message.line, server) })],
      }),
  };
}

const droppedLine: Lie = {
  name: "a line kept back",
  install(server) {
    let count = 0;
    writtenByBob(server, {
      type: "chat",
      change: (message) => ++count === 2 ? server.lies([]) : [message],
    });
  },
};

const swappedLines: Lie = {
  name: "two lines in the other order",
  install(server) {
    let first: ServerMessage | undefined;
    writtenByBob(server, {
      type: "chat",
      change(message) {
        const held = first;
        first = held === undefined ? server.lies(message) : undefined;
        return held === undefined ? [] : [message, held];
      },
    });
  },
};

const replayedLine: Lie = {
  name: "a line again, as a new one",
  install: (server) =>
    writtenByBob(server, {
      type: "chat",
      change: (message) => {
        const { line } = message;
        return server.lies([message, { ...message, line: { ...line, id: line.id + 1 } }]);
      },
    }),
};

const oldCard: Lie = {
  name: "an old card",
  install(server) {
    const cards: (string | undefined)[] = [];
    writtenByBob(server, {
      type: "peer-changed",
      change(message) {
        const [first = ""] = cards;
        if (cards.push(message.card) <= 2) return [message];
        return [server.lies({ ...message, card: first })];
      },
    });
  },
};

const alteredCard: Lie = {
  name: "an altered card",
  install: (server) =>
    writtenByBob(server, {
      type: "peer-changed",
      change: (message) => [server.lies({ ...message, card: flipped(message.card ?? "", 40) })],
    }),
};

const alteredNote: Lie = {
  name: "an altered note",
  install: (server) =>
    writtenByBob(server, {
      type: "note",
      change: (message) => [server.lies({ ...message, note: flipped(message.note, 40) })],
    }),
};

const replayedNote: Lie = {
  name: "a note twice",
  install: (server) =>
    writtenByBob(server, { type: "note", change: (message) => server.lies([message, message]) }),
};

const openText: Lie = {
  name: "a reaction, a report and hands in the open",
  install: (server) =>
    server.onDown((message, line) => {
      if (message.type !== "note" || !server.isOf(line, ann)) return undefined;
      const [, peerId = ""] = server.members;
      return server.lies([
        { type: "reaction", peerId, reaction: "heart" },
        { type: "peer-report", peerId, links: [] },
        { type: "hands", peerIds: [peerId] },
        { type: "peer-changed", revision: 0, peerId, name: "Eve", state: loud },
      ]);
    }),
};

const loud = { microphone: true, camera: true, screen: true, hand: true };

/** The lies of this file. */
export const textLies = {
  alteredLine: changesLines(
    "an altered line",
    (line) => ({ ...line, text: flipped(line.text ?? "", 60) }),
  ),
  openLine: changesLines("a line in the open", (line) => ({ ...line, text: "hello" })),
  renamedLine: changesLines(
    "a line of somebody else",
    (line, { members }) => ({ ...line, from: members[cid] ?? "" }),
  ),
  movedLine: changesLines("a line in the place of another", (line) => ({ ...line, ref: "moved" })),
  deletedLine: changesLines("a line deleted by the server", (line) => ({ ...line, text: null })),
  droppedLine,
  swappedLines,
  replayedLine,
  oldCard,
  alteredCard,
  alteredNote,
  replayedNote,
  openText,
} as const;
