/**
 * The owner keys and invites that this browser keeps. Like preferences.ts it survives missing or
 * broken storage. As with stored passwords, anyone who can read the storage has the keys.
 */
import { attempt } from "../../protocol/attempt.ts";
import { limits } from "../../protocol/limits.ts";
import type { Credentials } from "../../mesh/mod.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** The storage entry. */
export const keyRingEntry = "parley.keys";

/** Rooms remembered; the least recently visited is forgotten first. */
const mostRooms = 50;

/** The keys that a link can carry. */
export type Keys = Pick<Credentials, "ownerKey" | "invite">;
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

  /** Adds keys to those of a room. */
  keep(room: string, keys: Keys): void {
    this.#unsaved = added(this.#unsaved, [room, keys]);
    const all = this.#rooms();
    const isSaved = this.#read() !== undefined && attempt(() => {
      this.#storage?.setItem(keyRingEntry, JSON.stringify(all));
      return true;
    });
    if (isSaved) this.#unsaved = [];
  }

  #rooms(): Rooms {
    const stored = this.#read() ?? this.#known;
    return this.#known = this.#unsaved.toReversed().reduce(added, stored);
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

/**
 * The keys in a page's address: `#owner=…` and `#invite=…`; a fragment is never sent to a server.
 */
export function keysIn(fragment: string): Keys {
  const text = unescaped(fragment);
  // Programs change the case of a link; sentences add punctuation to a key.
  const key = (name: string) =>
    RegExp(`\\b${name}=[^\\w&#-]*([\\w.-]*[\\w-])`, "i").exec(text)?.[1];
  return keysOf({ ownerKey: key("owner"), invite: key("invite") });
}

/** Some programs escape a whole fragment. */
function unescaped(fragment: string): string {
  return attempt(() => decodeURIComponent(fragment)) ?? fragment;
}

/**
 * Takes the keys out of the address, so that nobody who sees or copies it gets them. Undefined: it
 * has none; empty: they are malformed.
 */
export function takeKeys(): Keys | undefined {
  const { hash, pathname, search } = location;
  if (!/\b(owner|invite)=/i.test(unescaped(hash))) return undefined;
  const isCleared = attempt(() => {
    history.replaceState(history.state, "", pathname + search);
    return true;
  });
  // Too many changes in a short time, or blocked.
  if (!isCleared) location.replace("#");
  return keysIn(hash);
}

function entry(stored: unknown): (readonly [string, Keys])[] {
  if (!Array.isArray(stored)) return [];
  const [room, keys]: unknown[] = stored;
  return typeof room === "string" ? [[room, keysOf(keys)]] : [];
}

function keysOf(stored: unknown): Keys {
  if (typeof stored !== "object" || stored === null) return {};
  const { ownerKey, invite }: { ownerKey?: unknown; invite?: unknown } = stored;
  return {
    ...(isKey(ownerKey, limits.ownerKey) ? { ownerKey } : {}),
    ...(isKey(invite, limits.invite) ? { invite } : {}),
  };
}

function isKey(text: unknown, most: number): text is string {
  return typeof text === "string" && text !== "" && text.length <= most;
}
