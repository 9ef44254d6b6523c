/**
 * How long joining took, stage by stage, to show where a slow join was slow. Invariants:
 * 1 A stage starts when it becomes possible: time alone in the room is not counted.
 * 2 A finished stage stays until the next join.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import type { LinkEvent, RoomEvent, RosterEvent } from "../../mesh/mod.ts";

/** Milliseconds each, without unfinished stages. */
export interface Stages {
  /** From opening the address until the page is usable. */
  readonly page: number;
  /** From the request to join until the server's list of members. */
  readonly room?: number;
  /** From the first other person until the first connection. */
  readonly link?: number;
  /** From there, or from the first camera that is on, until its first frame. */
  readonly picture?: number;
}

type Timed = Exclude<keyof Stages, "page">;

/** The stages of one page's join. */
export class JoinTiming {
  readonly #now: () => number;
  readonly #stages: Signal<Stages>;
  #begun: { [stage in Timed]?: number } = {};

  /** Create it when the page is usable. `now`: ms since the address was opened. */
  constructor(now: () => number) {
    this.#now = now;
    this.#stages = signal({ page: now() });
  }

  get stages(): ReadonlySignal<Stages> {
    return this.#stages;
  }

  /** The person asked to join. */
  asked(): void {
    this.#begun = { room: this.#now() };
    this.#stages.value = { page: this.#stages.value.page };
  }

  /** The first frame of another person is drawn. */
  pictured(): void {
    this.#end("picture");
  }

  follow(event: RoomEvent | RosterEvent | LinkEvent): void {
    if (event.type === "state" && event.state.kind === "joined") this.#end("room");
    else if (event.type === "peer-joined") this.#begun.link ??= this.#now();
    else if (event.type === "link" && event.link.kind === "connected") {
      // Tracks are announced before media can arrive.
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
