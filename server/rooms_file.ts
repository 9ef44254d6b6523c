/**
 * The file in which a server remembers what owners decided about rooms. Invariants:
 * 1 It is whole at any moment: a new one is written beside it and put in its place.
 * 2 A disk that takes nothing costs nothing but the memory of a restart, and one line in the log.
 */
import { join } from "node:path";
import * as is from "../protocol/schema.ts";
import { checked, limits, readJson, rights, roles, roomName } from "../protocol/mod.ts";
import type { KeptRules } from "../signaling/mod.ts";
import type { Log } from "./log.ts";

const fileName = "rooms.json";
/** Changes come in handfuls; each handful is one file, ms. */
const writeAfterMs = 100;

const count = is.integer({ least: 0, most: Number.MAX_SAFE_INTEGER });
const right = is.oneOf(...rights);
// An older version took names that this one refuses. Their rules go; those of all other rooms stay.
const room = is.text({ least: 1, most: 12 * limits.roomName });
const invite = is.object({ inviteId: count, role: is.oneOf(...roles), expires: count });
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
  emptySince: count,
});
const entry = is.object({ room, rules });
const file = is.object({ rooms: is.list(entry, 1_000_000) });

/** Undefined `folder`: nothing outlives the process. */
export class RoomsFile {
  readonly #path: string | undefined;
  readonly #log: Log;
  readonly #rooms = new Map<string, KeptRules>();
  #timer: number | undefined;
  #failed = false;

  constructor(folder: string | undefined, log: Log) {
    this.#path = folder && join(folder, fileName);
    this.#log = log;
    for (const { room, rules } of this.#read()) this.#rooms.set(room, rules);
  }

  /** What was remembered, those without members the longest first. */
  get rooms(): [room: string, rules: KeptRules][] {
    const emptySince = ([, rules]: [string, KeptRules]) => rules.emptySince ?? Infinity;
    return [...this.#rooms].toSorted((one, other) => emptySince(one) < emptySince(other) ? -1 : 1);
  }

  /** Remembers, soon; undefined: forgets. */
  keep(room: string, rules: KeptRules | undefined): void {
    if (rules === undefined) this.#rooms.delete(room);
    else this.#rooms.set(room, rules);
    if (this.#path === undefined) return;
    this.#timer ??= setTimeout(() => this.flush(), writeAfterMs);
  }

  /** Writes at once what waits. */
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
      // Once, and not for each change that follows.
      if (!this.#failed) this.#complain("what owners decided cannot be written down", error);
      this.#failed = true;
    }
  }

  #read(): readonly { readonly room: string; readonly rules: KeptRules }[] {
    if (this.#path === undefined) return [];
    try {
      const read = checked(file, readJson(Deno.readTextFileSync(this.#path)));
      if (read.ok) return read.message.rooms.filter(({ room }) => roomName(room) === room);
      this.#complain("what owners had decided cannot be read", read.reason);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      this.#complain("what owners had decided cannot be read", error);
    }
    return [];
  }

  #complain(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#log.line("warn", what, { reason, file: this.#path ?? "" });
  }
}
