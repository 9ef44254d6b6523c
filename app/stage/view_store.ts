/**
 * The view of a call: mode, pin, active speaker, volumes. One per call, created by the first
 * late-loaded part. It is never sent to others. Invariants: a pin survives trouble with a
 * connection and ends when its tile is gone for good; remembered settings are written at once.
 */
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { Call } from "../call/mod.ts";
import { ActiveSpeaker } from "./active_speaker.ts";
import type { Seated, Seating, StageSize } from "./arrangement.ts";
import {
  readView,
  type ViewMemory,
  type ViewStorage,
  viewStorage,
  writeView,
} from "./view_memory.ts";
import { type Arrangement, arrangeView } from "./layout.ts";
import { PerPerson } from "./per_person.ts";
import { PictureChoices } from "./picture_choices.ts";

/** How loud a person is played here. */
export interface Loudness {
  /** 0 to 1. */
  readonly volume: number;
  readonly silent: boolean;
}

/** The menu of one tile, and the key that opened it. */
export interface OpenMenu {
  readonly key: string;
  readonly at: HTMLElement;
}

/** A small window over other programs: of the whole call, or the picture of one tile. */
export interface SmallWindow {
  readonly kind: "call" | "tile";
  /** Idempotent. */
  readonly close: () => void;
}

/** The part of a call that the view uses. */
export type ViewedCall = Pick<Call, "room" | "media">;

const asIs: Loudness = { volume: 1, silent: false };
const listenMs = 250;

/** The view as signals. */
export class ViewStore {
  readonly #call: ViewedCall;
  readonly #storage: ViewStorage | undefined;
  readonly #memory;
  readonly #pinned = signal<string | undefined>(undefined);
  readonly #speaker = signal<string | undefined>(undefined);
  readonly #loudness: PerPerson<Loudness>;
  readonly #actualSize = signal<ReadonlySet<string>>(new Set());
  /** The page of the filmstrip. */
  readonly page = signal(0);
  readonly menu = signal<OpenMenu | undefined>(undefined);
  readonly smallWindow = signal<SmallWindow | undefined>(undefined);
  /** How large the pictures of others are received. */
  readonly pictures: PictureChoices;
  /** Whose live voice is not played, because what was missed of it is played first. */
  readonly held = signal<ReadonlySet<string>>(new Set());
  /** The tile that is large in speaker view and small windows; undefined: nobody has spoken. */
  readonly speaker: ReadonlySignal<string | undefined> = this.#speaker;
  /** The tile that is pinned. */
  readonly pinned: ReadonlySignal<string | undefined> = this.#pinned;
  readonly memory: ReadonlySignal<ViewMemory>;
  /** The own picture is hidden; never while the person is alone. */
  readonly selfHidden: ReadonlySignal<boolean>;

  constructor(call: ViewedCall, storage: ViewStorage | undefined = viewStorage()) {
    this.#call = call;
    this.#storage = storage;
    this.#loudness = new PerPerson(call);
    this.pictures = new PictureChoices(call);
    this.#memory = signal(readView(storage));
    this.memory = this.#memory;
    this.selfHidden = computed(() =>
      this.#memory.value.selfHidden && call.room.peers.value.length > 0
    );
  }

  /** Changes remembered settings. */
  change(part: Partial<ViewMemory>): void {
    this.#memory.value = { ...this.#memory.peek(), ...part };
    writeView(this.#storage, part);
  }

  /** Pins a tile in place of any other, or unpins it. */
  togglePin(key: string): void {
    this.#pinned.value = this.#pinned.peek() === key ? undefined : key;
    // A pinned own picture must be visible.
    if (this.#pinned.peek() === "self") this.change({ selfHidden: false });
  }

  hideSelf(hidden: boolean): void {
    if (hidden && this.#pinned.peek() === "self") this.#pinned.value = undefined;
    this.change({ selfHidden: hidden });
  }

  /** The arrangement; `tiles` in join order, self last. `by`: how boxes are packed. */
  arrange(tiles: readonly Seated[], stage: StageSize, by: Seating): Arrangement {
    const { mode, corner, selfHidden } = this.#memory.value;
    const view = {
      mode,
      corner,
      selfHidden,
      pinned: this.#pinned.value,
      speaker: this.#speaker.value,
      page: this.page.value,
    };
    return arrangeView(tiles, stage, { view, by });
  }

  /** How loud a person is played here. */
  loudnessOf(peerId: string): Loudness {
    return this.#loudness.of(peerId) ?? asIs;
  }

  setLoudness(peerId: string, part: Partial<Loudness>): void {
    this.#loudness.set(peerId, { ...this.loudnessOf(peerId), ...part });
  }

  /** Whether the person has chosen not to receive the picture of a tile. */
  isUnsent(key: string): boolean {
    const of = screenOf(key) ?? key;
    const isOther = this.#call.room.peers.value.some(({ peerId }) => peerId === of);
    return isOther && this.pictures.of(of) === "sound";
  }

  /** Whether a screen is shown at actual size, not fitted into its tile. */
  isActualSize(key: string): boolean {
    return this.#actualSize.value.has(key);
  }

  setActualSize(key: string, actual: boolean): void {
    const next = new Set(this.#actualSize.peek());
    if (actual) next.add(key);
    else next.delete(key);
    this.#actualSize.value = next;
  }

  /** Follows the active speaker, and forgets tiles that are gone. Returns the undo. */
  follow(
    now: () => number = () => performance.now(),
    every: (ms: number, tick: () => void) => () => void = everyMs,
  ): () => void {
    const active = new ActiveSpeaker();
    const unlisten = every(listenMs, () => {
      const voices = this.#call.room.peers.peek().map(({ peerId, speaking, level }) => ({
        peerId,
        speaking: speaking.peek(),
        level: level.peek(),
      }));
      this.#speaker.value = active.update(voices, now());
    });
    const unwatch = effect(() => this.#letGo());
    return () => {
      unlisten();
      unwatch();
      this.menu.value = undefined;
      this.smallWindow.peek()?.close();
    };
  }

  #letGo(): void {
    const pinned = this.#pinned.value;
    if (pinned !== undefined && !this.#isThere(pinned)) this.#pinned.value = undefined;
    const menu = this.menu.value;
    if (menu !== undefined && !this.#isThere(menu.key)) this.menu.value = undefined;
  }

  /** During connection trouble a screen has no picture, but its sharer still announces it. */
  #isThere(key: string): boolean {
    if (key === "self") return true;
    const peers = this.#call.room.peers.value;
    const sharer = screenOf(key);
    if (sharer === undefined) return peers.some(({ peerId }) => peerId === key);
    const own = this.#call.room.state.value;
    if ("selfId" in own && own.selfId === sharer) {
      const { kind } = this.#call.media.source("screen").value;
      return kind === "on" || kind === "starting";
    }
    return peers.some(({ peerId, peer, tracks }) =>
      peerId === sharer && (peer.value.state.screen || tracks.screen.value !== null)
    );
  }
}

/** The peer id of a screen tile's key; undefined: it is a person's tile. */
export function screenOf(key: string): string | undefined {
  return key.startsWith("screen-") ? key.slice("screen-".length) : undefined;
}

function everyMs(ms: number, tick: () => void): () => void {
  const timer = setInterval(tick, ms);
  return () => clearInterval(timer);
}

const stores = new WeakMap<ViewedCall, ViewStore>();

/** The one view of a call. */
export function viewOf(call: ViewedCall): ViewStore {
  const known = stores.get(call);
  if (known !== undefined) return known;
  const made = new ViewStore(call);
  stores.set(call, made);
  return made;
}
