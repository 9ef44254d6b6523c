/**
 * The planned rooms of this browser, and the rooms it has owner keys of. Plans are in one
 * localStorage entry and nowhere else; what cannot be read is left out. Invariants:
 * 1 Plans are in the order of their times, and gone some hours after their end.
 * 2 Two tabs do not undo each other's changes: each reads the entry before it writes.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { attempt } from "../../protocol/attempt.ts";
import { roomName } from "../../protocol/names.ts";
import { keyRingEntry, keysOf } from "../ui/key_ring.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** The storage entry. */
export const plansEntry = "parley.plans";

/** A room that people will meet in. `at`: ms since the epoch. */
export interface Plan {
  readonly id: string;
  readonly room: string;
  readonly at: number;
  readonly minutes: number;
}

/** A room of which this browser has an owner key. */
export interface OwnedRoom {
  readonly room: string;
  readonly ownerKey: string;
  readonly secret: string | undefined;
}

const plansMost = 30;
const ownedMost = 4;
/** For how long a plan stays after its end, ms. */
const keptMs = 3 * 60 * 60_000;

/** The plans of one page. */
export class PlanBook {
  readonly #storage: KeyStorage | undefined;
  readonly #now: () => number;
  readonly #plans = signal<readonly Plan[]>([]);

  constructor({ storage, now = Date.now }: {
    storage: KeyStorage | undefined;
    now?: () => number;
  }) {
    this.#storage = storage;
    this.#now = now;
    this.refresh();
  }

  /** The plans, the next one first. */
  get plans(): ReadonlySignal<readonly Plan[]> {
    return this.#plans;
  }

  /** Reads what other tabs have stored. */
  refresh(): void {
    this.#plans.value = this.#current(this.#stored());
  }

  add(plan: Plan): void {
    this.#save([...this.#stored().filter(({ id }) => id !== plan.id), plan]);
  }

  remove(id: string): void {
    this.#save(this.#stored().filter((plan) => plan.id !== id));
  }

  /** The rooms that this browser owns, the last visited first; those that are not `hidden`. */
  owned(hidden: readonly string[] = []): readonly OwnedRoom[] {
    const entries: unknown = attempt(() =>
      JSON.parse(this.#storage?.getItem(keyRingEntry) ?? "[]")
    );
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: unknown) => {
      const [name, kept]: unknown[] = Array.isArray(entry) ? entry : [];
      const room = typeof name === "string" ? roomName(name) : undefined;
      const { ownerKey, secret } = keysOf(kept);
      return room === undefined || ownerKey === undefined || hidden.includes(room)
        ? []
        : [{ room, ownerKey, secret }];
    }).slice(0, ownedMost);
  }

  #current(plans: readonly Plan[]): readonly Plan[] {
    const now = this.#now();
    return plans.filter(({ at, minutes }) => at + minutes * 60_000 + keptMs > now)
      .toSorted((one, other) => one.at - other.at).slice(0, plansMost);
  }

  #save(plans: readonly Plan[]): void {
    const current = this.#current(plans);
    attempt(() => this.#storage?.setItem(plansEntry, JSON.stringify(current)));
    this.#plans.value = current;
  }

  /** What is stored; if it cannot be read, what this page knows. */
  #stored(): readonly Plan[] {
    const text = attempt(() => this.#storage?.getItem(plansEntry));
    if (text === undefined) return this.#plans.peek();
    const stored: unknown = attempt(() => JSON.parse(text ?? "[]"));
    return Array.isArray(stored) ? stored.flatMap(planIn) : [];
  }
}

function planIn(stored: unknown): Plan[] {
  const { id, room, at, minutes }: Record<string, unknown> = Object(stored);
  const name = typeof room === "string" ? roomName(room) : undefined;
  const isPlan = typeof id === "string" && /^[\w-]{1,64}$/.test(id) && name !== undefined &&
    isWithin(at, 8.64e15) && isWithin(minutes, 24 * 60);
  return isPlan ? [{ id, room: name, at: Number(at), minutes: Number(minutes) }] : [];
}

function isWithin(value: unknown, most: number): boolean {
  return Number.isSafeInteger(value) && Number(value) > 0 && Number(value) <= most;
}
