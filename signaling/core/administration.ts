/**
 * Commands of the server's administration. It may do what owners may, whether the room has members
 * or not, and may create rooms.
 */
import { limits } from "../../protocol/mod.ts";
import type { AdminInput, Step } from "./core_types.ts";
import { handleBell } from "./doorbell_commands.ts";
import { saveInvites, saveRules } from "./ownership.ts";
import { applyRules } from "./presence.ts";
import { RoomRules } from "./room_rules.ts";
import { kick } from "./sockets.ts";
import type { CoreState } from "./state.ts";

/** Carries out a command on one room. A command that does not apply to the room does nothing. */
export function administrate(
  state: CoreState,
  { room: name, command }: AdminInput,
  step: Step,
): void {
  const room = state.rooms.get(name);
  const rules = state.rules(name, step.at);
  switch (command.does) {
    case "reserve": {
      const reserved = rules ?? new RoomRules(step.at);
      reserved.reserve();
      reserved.change(command.rules);
      save(state, { name, rules: reserved }, step);
      if (room !== undefined) applyRules(state, room, step);
      return;
    }
    case "invite":
      if (rules === undefined || rules.invites.length >= limits.invitesPerRoom) return;
      rules.addInvite({ role: command.role, expires: step.at + command.lifetimeMs });
      return save(state, { name, rules }, step);
    case "revoke":
      rules?.removeInvite(command.inviteId);
      return rules && save(state, { name, rules }, step);
    case "remove": {
      const member = room?.members.get(command.peerId);
      if (room === undefined || member === undefined) return;
      room.rules.recordRemoval(member, command);
      return kick(state, { session: member, reason: command.ban ? "banned" : "kicked" }, step);
    }
    case "close":
      room?.rules.reset(room.rules.founded);
      for (const member of [...room?.members.values() ?? []]) {
        kick(state, { session: member, reason: "closed" }, step);
      }
      return state.keptRooms.keep({ room: name, rules: undefined }, step);
    case "add-bell":
    case "remove-bell":
    case "renew-bell":
    case "let-in":
      return handleBell(state, { room: name, command }, step);
    default:
      command satisfies never;
  }
}

/** Keeps the changed rules of a room, and sends them if it has members. */
function save(
  state: CoreState,
  { name, rules }: { name: string; rules: RoomRules },
  step: Step,
): void {
  const room = state.rooms.get(name);
  if (room === undefined) {
    return state.keptRooms.keep({ room: name, rules: rules.toKept(step.at) }, step);
  }
  saveRules(state, room, step);
  saveInvites(state, room, step);
}
