/** What members show of themselves: name, state or card, raised hand, reports on their links. */
import type { PeerId, PeerState } from "../../protocol/mod.ts";
import type { Step } from "./core_types.ts";
import type { Room, Session } from "./room.ts";
import { broadcast } from "./send.ts";
import type { CoreState } from "./state.ts";

/**
 * Sets a member's state. A raised hand has its place from now on, even if it is broadcast later.
 */
export function setState(
  state: CoreState,
  { session, wanted }: { session: Session; wanted: PeerState },
  step: Step,
): void {
  session.state = allowedState(session, wanted);
  session.room.setHand(session.peerId, wanted.hand);
  broadcastChange(state, session, step);
}

/** What the rules of the room allow of a state: nothing that owners have reserved or taken away. */
export function allowedState(session: Session, wanted: PeerState): PeerState {
  const { rules } = session.room;
  const devices = ["microphone", "camera", "screen"] as const;
  const refused = devices.filter((each) => wanted[each] && !rules.allows(session, each));
  if (refused.length === 0) return wanted;
  return { ...wanted, ...Object.fromEntries(refused.map((each) => [each, false])) };
}

/** Ends what members show against the new rules of their room. */
export function applyRules(state: CoreState, room: Room, step: Step): void {
  for (const session of room.members.values()) {
    const { state: wanted } = session;
    if (allowedState(session, wanted) !== wanted) setState(state, { session, wanted }, step);
  }
}

/**
 * Broadcasts a member's name and state, or its card, now or, if the rate is exceeded, with a later
 * tick. `except`: a peer whose welcome follows.
 */
export function broadcastChange(
  state: CoreState,
  session: Session,
  step: Step & { readonly except?: PeerId },
): void {
  if (!session.mayBroadcastChange(step.now)) {
    state.pendingChanges.add(session);
    return;
  }
  state.pendingChanges.delete(session);
  const { peerId, name, state: shown, room, sealed } = session;
  const revision = room.nextRevision();
  const change = { type: "peer-changed", revision, peerId, name, state: shown } as const;
  broadcast(room, sealed === undefined ? change : { ...change, card: sealed.card }, step);
  broadcastHands(room, step);
}

/** Broadcasts the raised hands if they changed. */
export function broadcastHands(room: Room, step: Step): void {
  const peerIds = room.takeChangedHands();
  if (peerIds !== undefined) broadcast(room, { type: "hands", peerIds }, step);
}

/**
 * Sends a member's newest report to the others, now or, if the rate is exceeded, with a later tick.
 */
export function broadcastReport(state: CoreState, session: Session, step: Step): void {
  if (!session.mayBroadcastReport(step.now)) {
    state.pendingReports.add(session);
    return;
  }
  state.pendingReports.delete(session);
  const { peerId, room, links } = session;
  broadcast(room, { type: "peer-report", peerId, links }, { ...step, except: peerId });
}

/** Broadcasts the changes and reports that exceeded the rate. */
export function tickPresence(state: CoreState, step: Step): void {
  for (const session of state.pendingChanges) broadcastChange(state, session, step);
  for (const session of state.pendingReports) broadcastReport(state, session, step);
}
