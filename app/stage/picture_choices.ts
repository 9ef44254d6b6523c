/**
 * How large the person wants the pictures of others, for all and per person. The tab remembers it
 * for this room, so that it outlives a reload. A choice for all replaces every earlier one.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { attempt } from "../../protocol/attempt.ts";
import type { Call } from "../call/mod.ts";
import { PerPerson } from "./per_person.ts";

/** As large as shown; in full size; no larger than a small tile; or none, only sound. */
export type PictureChoice = "auto" | "large" | "small" | "sound";

/** All choices, in the order they are offered. */
export const pictureChoices: readonly PictureChoice[] = ["auto", "large", "small", "sound"];

/** The part of Storage that is used. */
type TabStorage = Pick<Storage, "getItem" | "setItem">;

/** The sessionStorage entry. */
const storageKey = "parley.pictures";

/** What the person has chosen to receive. */
export class PictureChoices {
  readonly #call: Pick<Call, "room">;
  readonly #storage: TabStorage | undefined;
  readonly #forAll = signal<PictureChoice>("auto");
  readonly #people: PerPerson<PictureChoice>;

  /** `storage`: the tab's own, unless it is blocked. */
  constructor(
    call: Pick<Call, "room">,
    storage: TabStorage | undefined = attempt(() => globalThis.sessionStorage),
  ) {
    this.#call = call;
    this.#storage = storage;
    this.#people = new PerPerson(call);
    this.#recall();
  }

  /** The choice for everyone without one of their own. */
  get forAll(): ReadonlySignal<PictureChoice> {
    return this.#forAll;
  }

  /** The choice for a person's camera and shared screen. */
  of(peerId: string): PictureChoice {
    return this.#people.of(peerId) ?? this.#forAll.value;
  }

  /** Chooses for one person, or for all. */
  choose(choice: PictureChoice, peerId?: string): void {
    if (peerId !== undefined) this.#people.set(peerId, choice);
    else {
      this.#people.clear();
      this.#forAll.value = choice;
    }
    const kept = { room: this.#room, all: this.#forAll.peek(), people: [...this.#people.all] };
    attempt(() => this.#storage?.setItem(storageKey, JSON.stringify(kept)));
  }

  get #room(): string | undefined {
    const state = this.#call.room.state.peek();
    return "room" in state ? state.room : undefined;
  }

  #recall(): void {
    const kept: unknown = attempt(() => JSON.parse(this.#storage?.getItem(storageKey) ?? "null"));
    if (typeof kept !== "object" || kept === null) return;
    const { room, all, people }: { room?: unknown; all?: unknown; people?: unknown } = kept;
    if (room !== this.#room) return;
    if (isChoice(all)) this.#forAll.value = all;
    for (const [peerId, choice] of Array.isArray(people) ? people.filter(Array.isArray) : []) {
      if (typeof peerId === "string" && isChoice(choice)) this.#people.set(peerId, choice);
    }
  }
}

function isChoice(value: unknown): value is PictureChoice {
  return pictureChoices.some((choice) => choice === value);
}
