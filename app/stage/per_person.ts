/** A setting for each person of a call, kept for people who come back with a new peer id. */
import { signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";

/** The settings of one call, as a signal. They end with the page. */
export class PerPerson<Value> {
  readonly #call: Pick<Call, "room">;
  readonly #byId = signal<ReadonlyMap<string, Value>>(new Map());
  readonly #byName = new Map<string, Value>();

  constructor(call: Pick<Call, "room">) {
    this.#call = call;
  }

  /** All settings by peer id, also of people who have left. */
  get all(): ReadonlyMap<string, Value> {
    return this.#byId.value;
  }

  /** What is set for a person, or was set for the only person of that name. */
  of(peerId: string): Value | undefined {
    const known = this.#byId.value.get(peerId);
    if (known !== undefined) return known;
    const name = this.#nameOf(peerId);
    const namesakes = this.#call.room.peers.value.filter(({ peer }) => peer.value.name === name);
    return namesakes.length === 1 ? this.#byName.get(name) : undefined;
  }

  set(peerId: string, value: Value): void {
    const name = this.#nameOf(peerId);
    // In sealed rooms only verified people have a name.
    if (name !== "") this.#byName.set(name, value);
    this.#byId.value = new Map(this.#byId.peek()).set(peerId, value);
  }

  clear(): void {
    this.#byName.clear();
    this.#byId.value = new Map();
  }

  #nameOf(peerId: string): string {
    const view = this.#call.room.peers.value.find((peer) => peer.peerId === peerId);
    return view?.peer.value.name ?? "";
  }
}
