/** Lies about the room: whether it is sealed, who is in it, and which link it has. */
import {
  type ClientMessage,
  type PeerId,
  type SealedPeer,
  type ServerMessage,
  silentState,
} from "../../protocol/mod.ts";
import type { Lie, Line } from "./lying_server.ts";
import { ann, bob, withSealed } from "./victims.ts";

const joinOpened: Lie = {
  name: "the flag for sealing stripped from the join",
  install: (server) =>
    server.onUp((message) => {
      if (message.type !== "join") return undefined;
      const { sealed: _sealed, ...open } = message;
      return [server.lies({ ...open, name: "Somebody", state: silentState })];
    }),
};

const joinOpenedQuietly: Lie = {
  name: "the flag for sealing stripped from the join, but not from the welcome",
  install(server) {
    joinOpened.install(server, server);
    server.onDown((message, { joined }) => {
      if (message.type !== "welcome" || joined?.sealed === undefined) return undefined;
      return [{ ...message, name: "", door: joined.sealed.door }];
    });
  },
};

const doorRemoved: Lie = {
  name: "the flag for sealing stripped from the welcome",
  install: (server) =>
    server.onDown((message) => {
      if (message.type !== "welcome") return undefined;
      const { door: _door, ...open } = message;
      return [server.lies(open)];
    }),
};

const splitRoster: Lie = {
  name: "split roster",
  install(server) {
    server.onDown((message, line) => {
      const [one, , other] = server.members;
      const hidden = line.peerId === one ? other : line.peerId === other ? one : undefined;
      if (hidden === undefined) return undefined;
      return server.lies(without(hidden, { message, line }));
    });
  },
};

/** What a client is told if one member does not exist for it. */
function without(
  hidden: PeerId,
  { message, line }: { message: ServerMessage; line: Line },
): readonly ServerMessage[] {
  switch (message.type) {
    case "welcome":
      return [{ ...message, roster: message.roster.filter(({ peerId }) => peerId !== hidden) }];
    case "peer-joined":
      return message.peer.peerId === hidden ? line.hide() : [message];
    case "peer-left":
    case "peer-changed":
    case "peer-away":
    case "peer-back":
    case "peer-hello":
      return message.peerId === hidden ? line.hide() : [message];
    case "signal":
    case "note":
      return message.from === hidden ? [] : [message];
    default:
      return [message];
  }
}

function ordersChange(message: ClientMessage): boolean {
  return message.type === "change-door";
}

const withheldEpoch: Lie = {
  name: "a new epoch withheld from one",
  install(server) {
    let isChanging = false;
    server.onUp((message) => {
      if (message.type === "remove" || ordersChange(message)) isChanging = true;
      return undefined;
    });
    server.onDown((message, line) => {
      if (!isChanging || !server.isOf(line, bob)) return undefined;
      if (message.type === "peer-hello") return server.lies(line.hide());
      const isHidden = message.type === "door-changed" || message.type === "signal";
      return isHidden ? server.lies([]) : undefined;
    });
  },
};

const withheldSecret: Lie = {
  name: "a new secret withheld from one",
  install(server) {
    let isChanging = false;
    server.onUp((message) => {
      if (message.type === "remove") isChanging = true;
      return undefined;
    });
    server.onDown((message, line) => {
      if (!isChanging || !server.isOf(line, bob) || message.type !== "signal") return undefined;
      return server.lies([]);
    });
  },
};

const hiddenRemoval: Lie = {
  name: "a removal hidden from one",
  install: (server) =>
    server.onDown((message, line) =>
      message.type === "peer-left" && server.isOf(line, bob) ? server.lies(line.hide()) : undefined
    ),
};

const staleEpoch: Lie = {
  name: "stale epoch",
  install(server) {
    let isChanging = false;
    let last: SealedPeer | undefined;
    server.onUp((message) => {
      if (ordersChange(message)) isChanging = true;
      return undefined;
    });
    server.onDown((message, line) => {
      if (!server.isOf(line, ann)) return undefined;
      const change = (sealed: SealedPeer) =>
        isChanging && last !== undefined ? server.lies(last) : last = sealed;
      return [withSealed(message, { of: server.members[bob], change })];
    });
  },
};

/** The lies of this file. */
export const roomLies = {
  joinOpened,
  joinOpenedQuietly,
  doorRemoved,
  splitRoster,
  withheldEpoch,
  withheldSecret,
  hiddenRemoval,
  staleEpoch,
} as const;
