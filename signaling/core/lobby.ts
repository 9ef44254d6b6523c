/** The lobby of a room: clients that knock wait in it, and its owners are sent who waits. */
import { limits } from "../../protocol/mod.ts";
import type { Step } from "./core_types.ts";
import { ringForKnock } from "./doorbell.ts";
import { sendTo } from "./send.ts";
import type { SocketRecord } from "./socket_record.ts";
import type { CoreState } from "./state.ts";
import type { WaitingClient } from "./waiting_clients.ts";

/** Puts a client into the lobby; false if too many wait already. */
export function knock(
  state: CoreState,
  request: Omit<WaitingClient, "since">,
  step: Step,
): boolean {
  const client: WaitingClient = { ...request, since: step.at };
  const { room } = client.message;
  if (state.waiting.in(room).length >= limits.knocksPerRoom) return false;
  state.waiting.add(client);
  state.changedLobbies.add(room);
  ringForKnock(state, client, step);
  return true;
}

/** Takes a client out of the lobby, if it is in one: it left, joined or was refused. */
export function leaveLobby(state: CoreState, socket: SocketRecord): void {
  const room = state.waiting.remove(socket);
  if (room !== undefined) state.changedLobbies.add(room);
}

/** Sends the owners of a room who waits, and those who wait whether an owner is present. */
export function sendKnocks(state: CoreState, name: string, step: Step): void {
  const owners = state.rooms.get(name)?.owners ?? [];
  const knocks = state.waiting.list(name);
  for (const owner of owners) sendTo(owner, { type: "knocks", knocks }, step);
  const heard = owners.length > 0;
  for (const client of state.waiting.in(name)) {
    if (client.heard === heard) continue;
    client.heard = heard;
    const { socketId } = client.socket;
    step.emit({ kind: "send", socketId, message: { type: "knocking", heard } });
  }
}
