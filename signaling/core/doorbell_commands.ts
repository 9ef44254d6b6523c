/**
 * What owners ask of a doorbell without being in the room: by an owner key, by a notice, or by the
 * subscription that their browser had before.
 */
import { Buffer } from "node:buffer";
import { timingSafeEqual } from "node:crypto";
import { doorbellLimits } from "../../protocol/mod.ts";
import { join } from "./admission.ts";
import type { AdminCommand, Bell, BellCommand, Step } from "./core_types.ts";
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
  switch (command.does) {
    case "let-in":
      return findKnock(state, { room, command }, at) !== undefined;
    case "add-bell":
    case "remove-bell":
    case "renew-bell":
      return changed(state, { room, command }, at) !== undefined;
    default:
      return true;
  }
}

/** Carries a command out; one that is not accepted does nothing. */
export function handleBell(state: CoreState, { room, command }: BellOrder, step: Step): void {
  if (command.does === "let-in") {
    const client = findKnock(state, { room, command }, step.at);
    if (client !== undefined) join(state, { ...client, admitted: true }, step);
    return;
  }
  const change = changed(state, { room, command }, step.at);
  if (change === undefined) return;
  const { rules, bells } = change;
  rules.setBells(bells);
  const open = state.rooms.get(room);
  if (open !== undefined) return saveRules(state, open, step);
  // Its age counts from when it was left, no matter who changes what is kept.
  const { emptySince = step.at } = state.keptRooms.get(room) ?? {};
  state.keptRooms.keep({ room, rules: rules.toKept(emptySince) }, step);
}

/** A command that changes which browsers a room tells. */
type BellChange = Exclude<BellCommand, { does: "let-in" }>;

/** The rules and what their bells become; undefined: the command proves no right to change them. */
function changed(
  state: CoreState,
  { room, command }: BellOrder<BellChange>,
  at: number,
): { rules: RoomRules; bells: readonly Bell[] } | undefined {
  const rules = command.does === "renew-bell"
    ? state.rules(room, at)
    : ownedRules(state, { room, command }, at);
  const bells = rules && bellsAfter(rules.bells, command);
  return rules && bells && { rules, bells };
}

function bellsAfter(bells: readonly Bell[], command: BellChange): readonly Bell[] | undefined {
  const without = ({ endpoint }: Pick<Bell, "endpoint">) =>
    bells.filter((bell) => bell.endpoint !== endpoint);
  switch (command.does) {
    case "add-bell":
      return [...without(command.bell), command.bell].slice(-doorbellLimits.perRoom);
    case "remove-bell":
      return without(command);
    case "renew-bell":
      return renewed(bells, command);
  }
}

/** Undefined: no bell has the endpoint and the secret of the one to replace. */
function renewed(
  bells: readonly Bell[],
  { before, bell }: BellCommand & { does: "renew-bell" },
): readonly Bell[] | undefined {
  // The new one is there already if the first answer did not reach the browser.
  const old = bells.find((kept) => isSame(kept, before)) ??
    bells.find((kept) => isSame(kept, bell));
  return old && bells.flatMap((kept) => {
    if (kept === old) return [bell];
    return kept.endpoint === bell.endpoint ? [] : [kept];
  });
}

/** Whether a browser knows the secret of a bell, compared in constant time. */
function isSame(kept: Bell, shown: Pick<Bell, "endpoint" | "auth">): boolean {
  if (kept.endpoint !== shown.endpoint) return false;
  const [wanted, given] = [Buffer.from(kept.auth), Buffer.from(shown.auth)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** The rules whose bells an owner may change; undefined: the key is not valid. */
function ownedRules(
  state: CoreState,
  { room, command }: BellOrder<Exclude<BellChange, { does: "renew-bell" }>>,
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
