/**
 * The doorbell of a room: its owners' browsers are told who comes while no owner is there. What is
 * sent to them, and how often, is decided by the shell.
 */
import { doorbellLimits } from "../../protocol/mod.ts";
import type { Ring, Step } from "./core_types.ts";
import type { RoomRules } from "./room_rules.ts";
import type { Session } from "./room.ts";
import type { CoreState } from "./state.ts";
import { type WaitingClient, wantedId } from "./waiting_clients.ts";

/** Somebody has entered a room that was empty. */
export function ringForEntry({ room, name, address }: Session, step: Step): void {
  if (room.owners.length > 0) return;
  const { rules } = room;
  ring(rules, { room: room.name, ring: { why: "entered", name, address } }, step);
}

/** A client has begun to wait in the lobby. */
export function ringForKnock(state: CoreState, client: WaitingClient, step: Step): void {
  const { room, name } = client.message;
  const rules = state.rules(room, step.at);
  const owners = state.rooms.get(room)?.owners ?? [];
  if (rules === undefined || owners.length > 0) return;
  const letIn = state.options.tokens.letIn.mint({
    ...{ room, founded: rules.founded, knockId: wantedId(client), since: client.since },
    expires: step.at + doorbellLimits.letInMs,
  });
  const { address } = client.socket;
  ring(rules, { room, ring: { why: "knock", name, address, letIn } }, step);
}

function ring(
  { bells }: RoomRules,
  { room, ring }: { room: string; ring: Omit<Ring, "bells"> },
  step: Step,
): void {
  if (bells.length > 0) step.emit({ kind: "ring", room, ring: { ...ring, bells } });
}
