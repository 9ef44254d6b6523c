/** What owners ask of a doorbell without being in the room: by an owner key, or by a notice. */
import { doorbellLimits } from "../../protocol/mod.ts";
import { join } from "./admission.ts";
import type { AdminCommand, BellCommand, Step } from "./core_types.ts";
import { saveRules } from "./ownership.ts";
import { RoomRules } from "./room_rules.ts";
import type { CoreState } from "./state.ts";
import { type WaitingClient } from "./waiting_clients.ts";

interface BellOrder<Command extends BellCommand = BellCommand> {
  readonly room: string;
  readonly command: Command;
}

/** Whether a command would be carried out now; the shell answers by it. `at`: since the epoch. */
export function isAccepted(
  state: CoreState,
  { room, command }: { room: string; command: AdminCommand },
  at: number,
): boolean {
  if (command.does === "let-in") return findKnock(state, { room, command }, at) !== undefined;
  if (command.does !== "add-bell" && command.does !== "remove-bell") return true;
  return bellRules(state, { room, command }, at) !== undefined;
}

/** Carries a command out; one that is not accepted does nothing. */
export function handleBell(state: CoreState, { room, command }: BellOrder, step: Step): void {
  if (command.does === "let-in") {
    const client = findKnock(state, { room, command }, step.at);
    if (client !== undefined) join(state, { ...client, admitted: true }, step);
    return;
  }
  const rules = bellRules(state, { room, command }, step.at);
  if (rules === undefined) return;
  const { endpoint } = command.does === "add-bell" ? command.bell : command;
  const others = rules.bells.filter((bell) => bell.endpoint !== endpoint);
  rules.setBells(
    command.does === "add-bell" ? [...others, command.bell].slice(-doorbellLimits.perRoom) : others,
  );
  const open = state.rooms.get(room);
  if (open !== undefined) return saveRules(state, open, step);
  // Its age counts from when it was left, no matter who changes what is kept.
  const { emptySince = step.at } = state.keptRooms.get(room) ?? {};
  state.keptRooms.keep({ room, rules: rules.toKept(emptySince) }, step);
}

/** The rules whose bells a command may change; undefined: its key is not valid. */
function bellRules(
  state: CoreState,
  { room, command }: BellOrder<Exclude<BellCommand, { does: "let-in" }>>,
  at: number,
): RoomRules | undefined {
  const rules = state.rules(room, at);
  if (command.does === "remove-bell" && command.ownerKey === undefined) return rules;
  const key = state.options.tokens.ownerKey.read(command.ownerKey ?? "", at);
  if (key?.room !== room) return undefined;
  if (rules !== undefined) return rules.isOwner({ key, invite: undefined }) ? rules : undefined;
  // The next person to open the room does not found it, because its founding is kept from now on.
  return command.does === "add-bell" ? new RoomRules(key.founded) : undefined;
}

/** The client that a token admits; undefined: it waits no longer, or the room is full. */
function findKnock(
  state: CoreState,
  { room, command: { token } }: BellOrder<BellCommand & { does: "let-in" }>,
  at: number,
): WaitingClient | undefined {
  const claims = state.options.tokens.letIn.read(token, at);
  const rules = state.rules(room, at);
  if (claims?.room !== room || rules?.founded !== claims.founded) return undefined;
  const client = state.waiting.find(room, claims.knockId);
  if (client === undefined || client.since !== claims.since) return undefined;
  const { capacity } = state.options;
  const members = state.rooms.get(room)?.members.size ?? 0;
  return members < rules.capacity(capacity) ? client : undefined;
}
