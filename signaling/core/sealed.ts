/**
 * Sealed rooms: whose links fit, and what only their members send. All members of a sealed room
 * have the secret of its link; the server knows the secret's public name, the door, and keeps of a
 * member nothing but its sealed texts. docs/trust.md describes how these are made.
 */
import type { PeerId, SealedJoin, SealedMessage, SealedPeer } from "../../protocol/mod.ts";
import { type ChatRefusal, sendChat } from "./chat.ts";
import type { Incoming, Step } from "./core_types.ts";
import { saveRules } from "./ownership.ts";
import { broadcastChange } from "./presence.ts";
import type { Session } from "./room.ts";
import { broadcast } from "./send.ts";
import type { CoreState } from "./state.ts";

/** Why the link of a newcomer does not fit the room. */
export type LinkRefusal = "sealed" | "unsealed" | "link-changed";

/** Why a message of a member of a sealed room is refused. */
export type SealedRefusal = ChatRefusal | "not-owner" | "door";

/** What only members of sealed rooms send. */
const sealedTypes: ReadonlySet<Incoming["type"]> = new Set<SealedMessage["type"]>([
  "card",
  "hello",
  "sealed-line",
  "note",
  "change-door",
]);

/** What only members of open rooms send, and what carries it in a sealed room. */
const sealedInstead: ReadonlyMap<Incoming["type"], Incoming["type"]> = new Map<
  Incoming["type"],
  Incoming["type"]
>([
  ["chat", "sealed-line"],
  ["edit", "sealed-line"],
  ["state", "card"],
  ["rename", "card"],
  ["react", "note"],
  ["report", "note"],
  // The server would read the reason.
  ["remove-for", "remove"],
]);

/** What only open rooms have: in a sealed room pages tell it to each other over their links. */
const openTypes: ReadonlySet<Incoming["type"]> = new Set(["mark", "pin", "ask-marks"]);

/** Why a link does not fit a door; undefined: it does. `door` undefined: the room is open. */
export function linkRefusal(
  door: string | undefined,
  sealed: SealedJoin | undefined,
): LinkRefusal | undefined {
  if (sealed === undefined) return door === undefined ? undefined : "sealed";
  if (door === undefined) return "unsealed";
  return sealed.door === door ? undefined : "link-changed";
}

/** Why a member's room has no such message, in words; undefined: it has. */
export function misfit({ sealed }: Session, type: Incoming["type"]): string | undefined {
  if (sealed === undefined) {
    return sealedTypes.has(type) ? `only a sealed room has "${type}"` : undefined;
  }
  if (openTypes.has(type)) return `this room is sealed: it has no "${type}"`;
  const instead = sealedInstead.get(type);
  return instead && `this room is sealed: send "${instead}" instead of "${type}"`;
}

/** Handles a message that only members of sealed rooms send; returns why it is refused. */
export function handleSealed(
  state: CoreState,
  { session, message }: { session: Session; message: SealedMessage },
  step: Step,
): SealedRefusal | undefined {
  const { room, peerId } = session;
  switch (message.type) {
    case "card":
    case "hello":
      setSealed(state, { session, sealed: message }, step);
      return undefined;
    case "sealed-line":
      return sendChat(session, message, step);
    case "note": {
      const note = { type: "note", from: peerId, note: message.note } as const;
      broadcast(room, note, { ...step, except: peerId });
      return undefined;
    }
    case "change-door":
      if (!session.isOwner) return "not-owner";
      // Of two owners who change the link at once, the second has to follow the first.
      if (message.from !== room.door) return "door";
      room.rules.setDoor(message.to);
      saveRules(state, room, step);
      broadcast(room, { type: "door-changed", by: peerId, door: message.to }, step);
      // Those who wait have the old link.
      state.changedLobbies.add(room.name);
      return undefined;
    default:
      return message satisfies never;
  }
}

/**
 * Replaces what a member says about itself, and broadcasts it if it changed: a new hello now, since
 * nobody can open what its sender seals until then, a card at the rate of changes. `except`: a
 * peer whose welcome follows.
 */
export function setSealed(
  state: CoreState,
  { session, sealed: { hello, card } }: {
    session: Session;
    sealed: Pick<SealedPeer, "card"> & Partial<SealedPeer>;
  },
  step: Step & { readonly except?: PeerId },
): void {
  const known = session.sealed;
  if (known === undefined) return;
  session.sealed = { hello: hello ?? known.hello, card };
  if (session.sealed.hello !== known.hello) return broadcastHello(state, session, step);
  if (card !== known.card) broadcastChange(state, session, step);
}

function broadcastHello(
  state: CoreState,
  session: Session,
  step: Step & { readonly except?: PeerId },
): void {
  const { room, peerId, sealed } = session;
  if (sealed === undefined) return;
  state.pendingChanges.delete(session);
  const { hello, card } = sealed;
  const revision = room.nextRevision();
  broadcast(room, { type: "peer-hello", revision, peerId, hello, card }, step);
}
