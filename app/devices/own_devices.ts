/**
 * Own camera and microphone as the person wants them. Invariants:
 * 1 `wish` is what the person wants, whatever the devices do, so it also says how to rejoin.
 * 2 Every change is stored at once, because a page can end without notice.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import type { DeviceName } from "../../mesh/mod.ts";
import type { IntentMemory, Wish } from "./intent.ts";
import type { MediaStore } from "./media_store.ts";

/** The own devices of one visit. */
export class OwnDevices {
  readonly #media: MediaStore;
  readonly #memory: Pick<IntentMemory, "keep"> | undefined;
  readonly #returned = signal<Wish | undefined>(undefined);
  #wish: Required<Wish> = { camera: false, microphone: false, muted: false };

  constructor(media: MediaStore, memory: Pick<IntentMemory, "keep"> | undefined) {
    this.#media = media;
    this.#memory = memory;
  }

  get wish(): Required<Wish> {
    return this.#wish;
  }

  /** How a returning person came back; undefined after the first change, or on a first visit. */
  get returned(): ReadonlySignal<Wish | undefined> {
    return this.#returned;
  }

  /** Whether it is on or starting. */
  comesOn(device: DeviceName): boolean {
    const { kind } = this.#media.source(device).value;
    return kind === "on" || kind === "starting";
  }

  /** Before joining: nothing is decided yet, and a muted microphone is off. */
  preview({ camera, microphone, muted = false }: Wish, returns = false): void {
    this.#wish = { camera, microphone: microphone && !muted, muted: false };
    if (returns) this.#returned.value = this.#wish;
    this.retry();
    void this.#media.look();
  }

  /** `from`: see JoinOptions. */
  enter(wish: Wish, from: "person" | "link" | "before"): void {
    const whole = { muted: false, ...wish };
    this.change(whole, from === "person" ? whole : {});
    if (from === "before") this.#returned.value = whole;
    this.retry();
  }

  leave(): void {
    this.#returned.value = undefined;
    this.#media.stop("camera");
    this.#media.stop("microphone");
  }

  turn(device: DeviceName, wanted: boolean): void {
    this.change({ [device]: wanted });
    this.#want(device);
  }

  /** Starts wanted sources that do not run, and stops unwanted ones. */
  retry(): void {
    this.#want("camera");
    this.#want("microphone");
  }

  /** `chosen`: the part that was decided just now, not by a link. */
  change(part: Partial<Wish>, chosen = part): void {
    this.#wish = { ...this.#wish, ...part };
    this.#returned.value = undefined;
    this.#memory?.keep(this.#wish, chosen);
  }

  #want(device: DeviceName): void {
    if (!this.#wish[device]) this.#media.stop(device);
    else if (!this.comesOn(device)) void this.#media.start(device);
  }
}
