/**
 * The file that keeps the rules of rooms across restarts.
 * Invariants:
 * 1 The file is always complete: a draft is written beside it and renamed.
 * 2 If the disk rejects writes, the server goes on; a warning is logged, and a restart loses the
 *   rules.
 */
import { join } from "node:path";
import * as is from "../protocol/schema.ts";
import {
  checked,
  doorbellLimits,
  limits,
  readJson,
  rights,
  roles,
  roomName,
} from "../protocol/mod.ts";
import { roomHours } from "../protocol/powers_checks.ts";
import type { KeptRules } from "../signaling/mod.ts";
import type { Log } from "./log.ts";

const fileName = "rooms.json";
/** Changes come in bursts; one write per burst, ms. */
const writeAfterMs = 100;

const count = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });
const right = is.oneOf(...rights);
// An older version allowed names that this one rejects. Only the rules of those rooms are lost.
const room = is.text({ least: 1, most: 12 * limits.roomName });
const invite = is.object({ inviteId: count, role: is.oneOf(...roles), expires: count });
const bell = is.object({
  endpoint: is.text({ least: 1, most: doorbellLimits.endpoint }),
  p256dh: is.text({ least: 1, most: doorbellLimits.key }),
  auth: is.text({ least: 1, most: doorbellLimits.key }),
});
const rules: is.Check<KeptRules> = is.object({
  founded: count,
  locked: is.boolean,
  knocking: is.boolean,
  password: is.text({ most: 1024 }),
  chat: right,
  screen: right,
  files: right,
  invites: is.list(invite, limits.invitesPerRoom),
  invitesMade: count,
  reserved: is.boolean,
}, {
  capacity: is.integer({ least: 2, most: limits.roomCapacityMost }),
  door: is.text({ least: 1, most: limits.door }),
  emptySince: count,
  bells: is.list(bell, doorbellLimits.perRoom),
  hours: roomHours,
  end: is.object({ at: count, told: count }),
});
const entry = is.object({ room, rules });
const file = is.object({ rooms: is.list(entry, 1_000_000) });

/** The rules of rooms by name; `folder` undefined: they are not kept across restarts. */
export class RoomsFile {
  readonly #path: string | undefined;
  readonly #log: Log;
  readonly #rooms = new Map<string, KeptRules>();
  #timer: number | undefined;
  #failed = false;

  constructor(folder: string | undefined, log: Log) {
    this.#path = folder && join(folder, fileName);
    this.#log = log;
    if (folder === undefined || !holds(folder, fileName)) return;
    for (const { room, rules } of this.#read()) this.#rooms.set(room, rules);
  }

  /** The kept rules; rooms that have been empty the longest come first. */
  get rooms(): [room: string, rules: KeptRules][] {
    const emptySince = ([, rules]: [string, KeptRules]) => rules.emptySince ?? Infinity;
    return [...this.#rooms].toSorted((one, other) => emptySince(one) < emptySince(other) ? -1 : 1);
  }

  /** Keeps the rules of a room, and writes soon; undefined: forgets them. */
  keep(room: string, rules: KeptRules | undefined): void {
    if (rules === undefined) this.#rooms.delete(room);
    else this.#rooms.set(room, rules);
    if (this.#path === undefined) return;
    this.#timer ??= setTimeout(() => this.flush(), writeAfterMs);
  }

  /** Writes pending changes now. */
  flush(): void {
    if (this.#timer === undefined || this.#path === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rooms = [...this.#rooms].map(([room, rules]) => ({ room, rules }));
    const draft = `${this.#path}.draft`;
    try {
      Deno.writeTextFileSync(draft, JSON.stringify({ rooms }), { mode: 0o600 });
      Deno.renameSync(draft, this.#path);
      this.#failed = false;
    } catch (error) {
      // One warning, not one for each change.
      if (!this.#failed) {
        this.#warn("failed to write the rules of rooms; a restart will lose them", error);
      }
      this.#failed = true;
    }
  }

  /** Renames the file, because a store has its rooms from now on. */
  setAside(): void {
    if (this.#path === undefined || this.#rooms.size === 0) return;
    try {
      Deno.renameSync(this.#path, `${this.#path}.imported`);
    } catch (error) {
      this.#warn("failed to rename the rules of rooms, which Redis has now", error);
    }
  }

  #read(): readonly { readonly room: string; readonly rules: KeptRules }[] {
    if (this.#path === undefined) return [];
    try {
      const read = checked(file, readJson(Deno.readTextFileSync(this.#path)));
      if (read.ok) return read.message.rooms.filter(({ room }) => roomName(room) === room);
      this.#warn("failed to read the rules of rooms; they are lost", read.reason);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      this.#warn("failed to read the rules of rooms; they are lost", error);
    }
    return [];
  }

  #warn(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#log.line("warn", what, { reason, file: this.#path ?? "" });
  }
}

/**
 * Whether a folder has such a file. Most have none, and to see that by an exception would cost each
 * start milliseconds: the first one of a process reads source maps.
 */
function holds(folder: string, name: string): boolean {
  try {
    return [...Deno.readDirSync(folder)].some((entry) => entry.name === name);
  } catch {
    return false;
  }
}
