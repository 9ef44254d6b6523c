/** What a joining or resuming member is sent about itself and its room. */
import { type Followed, type IceServer, serverLimits } from "../../protocol/mod.ts";
import { linesFor } from "./chat_history.ts";
import { timesOf } from "./room_times.ts";
import type { Step } from "./core_types.ts";
import { relayUser } from "./ice.ts";
import { sendOwnerKey } from "./ownership.ts";
import type { Session } from "./room.ts";
import { sendTo } from "./send.ts";
import type { CoreState } from "./state.ts";

/** Sends a member its identity, the others, and what it missed since what it had `followed`. */
export function welcome(
  state: CoreState,
  { session, resumed, followed }: {
    session: Session;
    resumed: boolean;
    followed: Followed | undefined;
  },
  step: Step,
): void {
  const { peerId, name, room } = session;
  const { door } = room;
  const { capacity } = state.options;
  sendTo(session, {
    type: "welcome",
    peerId,
    room: room.name,
    name,
    roster: room.roster(peerId),
    resumed,
    ...door !== undefined && { door },
    resumeToken: mintResumeToken(state, session, {
      expires: step.at + serverLimits.resumeTokenMs,
    }),
    iceServers: freshIce(state, session, step),
    capacity: room.rules.capacity(capacity),
    epoch: room.epoch,
    revision: room.revision,
    ...linesFor(session, followed),
    at: step.at,
  }, step);
  for (const { peerId: other, links } of room.members.values()) {
    if (other === peerId || links.length === 0) continue;
    sendTo(session, { type: "peer-report", peerId: other, links }, step);
  }
  const { sentHands: peerIds } = room;
  if (peerIds.length > 0) sendTo(session, { type: "hands", peerIds }, step);
  sendTo(session, room.sentRules, step);
  sendPowers(session, followed, step);
  if (session.isOwner) sendOwnerKey(state, session, step);
}

/**
 * Sends what is special about single members, the times of the room and the lines that were
 * deleted, if there is any. Who comes from another life of the room may know something else.
 */
function sendPowers(session: Session, followed: Followed | undefined, step: Step): void {
  const { room } = session;
  const isStale = followed !== undefined && followed.epoch !== room.epoch;
  const { deleted, sentPowers } = room;
  if (sentPowers !== undefined || isStale) {
    sendTo(session, sentPowers ?? { type: "powers", taken: [], lent: [] }, step);
  }
  if (room.hasTimes) sendTo(session, timesOf(room.rules, step.at), step);
  if (deleted.length > 0) sendTo(session, { type: "lines-deleted", lines: deleted }, step);
}

/** Sends a member new ICE servers, before the credentials of the last ones expire. */
export function renewIce(state: CoreState, session: Session, step: Step): void {
  sendTo(session, { type: "ice-servers", iceServers: freshIce(state, session, step) }, step);
}

function freshIce(state: CoreState, session: Session, { now, at }: Step): readonly IceServer[] {
  session.iceSince = now;
  const { peerId, room, site, sealed } = session;
  const user = sealed === undefined ? peerId : relayUser(room.name, peerId);
  return state.options.ice.serversFor({ peerId: user, site }, at);
}

/** A token of a member for one of its devices; by default the one that has the membership. */
export function mintResumeToken(
  state: CoreState,
  session: Session,
  { expires, device = session.device }: { readonly expires: number; readonly device?: number },
): string {
  const { peerId, room, generation, since, chosenAt } = session;
  const { name, epoch, rules: { founded } } = room;
  return state.options.tokens.resume.mint({
    ...{ peerId, room: name, generation, epoch, since, expires, founded },
    ...chosenAt !== undefined && { chosenAt },
    ...device > 0 && { device },
  });
}
