/**
 * How long one's own way into the room took, stage by stage, so that a slow way in shows where it was slow. Invariants:
 * 1 A stage is counted from what makes it possible: nobody is waited for who was not there.
 * 2 A stage that is over stays as it is until the next join.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { LinkEvent, RoomEvent, RosterEvent } from "../../mesh/mod.ts";

/** Milliseconds each; without those that are not over yet. */
export interface Stages {
  /** From opening the address until the page could be used. */
  readonly page: number;
  /** From the wish to join until the server's list of who is there. */
  readonly room?: number;
  /** From the first other person until something connects. */
  readonly link?: number;
  /** From there, or from the first camera that is on, until its picture is drawn. */
  readonly picture?: number;
}

type Timed = Exclude<keyof Stages, "page">;

/** The watch over one page's way in. */
export class WayIn {
  readonly #now: () => number;
  readonly #stages: Signal<Stages>;
  #begun: { [stage in Timed]?: number } = {};

  /** Made when the page can be used. `now`: ms since the address was opened. */
  constructor(now: () => number) {
    this.#now = now;
    this.#stages = signal({ page: now() });
  }

  get stages(): ReadonlySignal<Stages> {
    return this.#stages;
  }

  /** The person wants to join. */
  asked(): void {
    this.#begun = { room: this.#now() };
    this.#stages.value = { page: this.#stages.value.page };
  }

  /** A picture of somebody else is drawn. */
  pictured(): void {
    this.#end("picture");
  }

  follow(event: RoomEvent | RosterEvent | LinkEvent): void {
    if (event.type === "state" && event.state.kind === "joined") this.#end("room");
    else if (event.type === "peer-joined") this.#begun.link ??= this.#now();
    else if (event.type === "link" && event.link.kind === "connected") {
      // Tracks are announced before anything can come over the link.
      if (this.#end("link") && this.#begun.picture) this.#begun.picture = this.#now();
    } else if (event.type === "track" && event.slot === "camera" && event.track) {
      this.#begun.picture ??= this.#now();
    }
  }

  #end(stage: Timed): boolean {
    const from = this.#begun[stage];
    if (from === undefined || this.#stages.value[stage] !== undefined) return false;
    this.#stages.value = { ...this.#stages.value, [stage]: this.#now() - from };
    return true;
  }
}
