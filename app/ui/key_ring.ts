/**
 * The owner keys, invites and secrets that this browser keeps. Like preferences.ts it survives
 * missing or broken storage. As with stored passwords, who can read the storage has the keys.
 */
import { attempt } from "../../protocol/attempt.ts";
import { limits } from "../../protocol/limits.ts";
import { type Credentials, isSecret } from "../../mesh/mod.ts";
import type { KeyStorage } from "./preferences.ts";

/** The storage entry. */
export const keyRingEntry = "parley.keys";

/** Rooms remembered; the least recently visited is forgotten first. */
const mostRooms = 50;

/** The keys that a link can carry. The secret is never sent to the server. */
export interface Keys extends Pick<Credentials, "ownerKey" | "invite"> {
  /** Of a sealed room. */
  readonly secret?: string | undefined;
}

type Rooms = readonly (readonly [room: string, keys: Keys])[];

/** The keys of one browser, shared by all its tabs. */
export class KeyRing {
  readonly #storage: KeyStorage | undefined;
  /** Keys that could not be stored. */
  #unsaved: Rooms = [];
  /** The last known keys, if the storage can no longer be read. */
  #known: Rooms = [];

  constructor(storage: KeyStorage | undefined) {
    this.#storage = storage;
    this.#rooms();
  }

  of(room: string): Keys {
    return this.#rooms().find(([name]) => name === room)?.[1] ?? {};
  }

  /** Whether the next page will find all keys. */
  get isSaved(): boolean {
    return this.#unsaved.length === 0;
  }

  /** Adds keys to those of a room; an undefined one is removed. */
  keep(room: string, keys: Keys): void {
    this.#unsaved = added(this.#unsaved, [room, keys]);
    const all = this.#rooms();
    const isSaved = this.#read() !== undefined && attempt(() => {
      this.#storage?.setItem(keyRingEntry, JSON.stringify(all));
      return true;
    });
    if (isSaved) this.#unsaved = [];
  }

  /** Removes what opens a room. An owner key alone opens nothing, and cannot be had again. */
  forget(room: string): void {
    this.keep(room, { secret: undefined, invite: undefined });
  }

  #rooms(): Rooms {
    const stored = this.#read() ?? this.#known;
    return this.#known = this.#unsaved.toReversed().reduce(added, stored)
      .filter(([, keys]) => JSON.stringify(keys) !== "{}");
  }

  /** Undefined if it cannot be read. */
  #read(): Rooms | undefined {
    const text = attempt(() => this.#storage?.getItem(keyRingEntry));
    if (text === undefined) return undefined;
    const stored: unknown = attempt(() => JSON.parse(text ?? "[]"));
    return Array.isArray(stored) ? stored.slice(0, mostRooms).flatMap(entry) : [];
  }
}

/** `rooms` with more keys of one of them, which goes to the front. */
function added(rooms: Rooms, [room, keys]: Rooms[number]): Rooms {
  const before = rooms.find(([name]) => name === room)?.[1];
  const others = rooms.filter(([name]) => name !== room);
  return [[room, { ...before, ...keys }] as const, ...others].slice(0, mostRooms);
}

function entry(stored: unknown): (readonly [string, Keys])[] {
  if (!Array.isArray(stored)) return [];
  const [room, keys]: unknown[] = stored;
  return typeof room === "string" ? [[room, keysOf(keys)]] : [];
}

/** The valid ones of some keys. */
export function keysOf(stored: unknown): Keys {
  if (typeof stored !== "object" || stored === null) return {};
  const { ownerKey, invite, secret }: Partial<Record<keyof Keys, unknown>> = stored;
  return {
    ...(isKey(ownerKey, limits.ownerKey) ? { ownerKey } : {}),
    ...(isKey(invite, limits.invite) ? { invite } : {}),
    ...(isSecret(secret) ? { secret } : {}),
  };
}

function isKey(text: unknown, most: number): text is string {
  return typeof text === "string" && text !== "" && text.length <= most;
}
