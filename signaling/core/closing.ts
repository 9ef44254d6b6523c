/** The hours in which people may come into a room, and the end of a call. */
import { powerLimits } from "../../protocol/mod.ts";
import type { RoomEnd, Step } from "./core_types.ts";
import { opensAfter } from "./hours.ts";
import type { Room } from "./room.ts";
import { broadcast } from "./send.ts";
import type { SocketRecord } from "./socket_record.ts";
import { kick } from "./sockets.ts";
import type { CoreState } from "./state.ts";

/** Tells a client that is refused when people may come in. */
export function tellHours(
  state: CoreState,
  { socket: { socketId }, room }: { socket: SocketRecord; room: string },
  step: Step,
): void {
  const hours = state.rules(room, step.at)?.hours;
  const opens = (hours && opensAfter(hours, step.at)) ?? null;
  step.emit({ kind: "send", socketId, message: { type: "outside-hours", opens } });
}

/** Announces the ends that are near, and ends the calls whose time is over. */
export function tickClosing(state: CoreState, step: Step): void {
  for (const room of state.rooms.values()) {
    const { end } = room.rules;
    if (end !== undefined) followEnd(state, { room, end }, step);
  }
}

function followEnd(
  state: CoreState,
  { room, end }: { room: Room; end: RoomEnd },
  step: Step,
): void {
  const leftMs = end.at - step.at;
  const due = powerLimits.endToldMs.filter((left) => leftMs <= left).length;
  if (leftMs > 0 && due <= end.told) return;
  const ended = leftMs <= 0;
  room.rules.setTimes({ end: ended ? undefined : { ...end, told: due } });
  state.keptRooms.keep({ room: room.name, rules: room.rules.toKept(undefined) }, step);
  if (!ended) return broadcast(room, { type: "ending", leftMs }, step);
  broadcast(room, { type: "ended" }, step);
  for (const member of [...room.members.values()]) {
    kick(state, { session: member, reason: "closed" }, step);
  }
}
