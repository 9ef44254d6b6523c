/**
 * What a person last wanted others to hear and see, per room of this tab, so that a return never
 * turns on a device that was off. A duplicated tab starts with a copy. Invariants:
 * 1 Reopening a link can turn devices off, never on; a reload or Back restores the last state.
 * 2 What a person turned off stays off in the next room if its link joins at once.
 */
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import type { JoinLink } from "../enter/mod.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** The devices a person joins with. */
export interface Wish {
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The microphone is on but muted. */
  readonly muted?: boolean;
}

/** How to join. `returns`: it follows from earlier choices, not from the link alone. */
export interface Recalled {
  readonly wish: Wish;
  readonly returns: boolean;
}

const storageKey = "parley.devices";
const mostRooms = 20;

/** The key of the last decision in any room, by the person or an owner. */
const anywhere = "";

const keptCheck = is.list(
  is.object({
    room: is.text({ most: 64 }),
    camera: is.boolean,
    microphone: is.boolean,
    muted: is.boolean,
  }),
  mostRooms,
);
type Kept = is.Checked<typeof keptCheck>;

/** The memory of one room. */
export class IntentMemory {
  readonly #storage: KeyStorage;
  readonly #room: string;

  constructor(storage: KeyStorage, room: string) {
    this.#storage = storage;
    this.#room = room;
  }

  /** `chosen`: the part of `wish` that was decided just now, not by a link. */
  keep(wish: Required<Wish>, chosen: Partial<Wish>): void {
    const kept = this.#read();
    const last = find(kept, anywhere) ?? { camera: true, microphone: true, muted: false };
    const rooms: Kept = [
      { ...last, ...chosen, room: anywhere },
      { ...wish, room: this.#room },
      ...kept.filter(({ room }) => room !== anywhere && room !== this.#room),
    ];
    this.#storage.setItem(storageKey, JSON.stringify(rooms.slice(0, mostRooms)));
  }

  /** `isBack`: the browser restored the page; its link was not opened. */
  recall(link: JoinLink, isBack: boolean): Recalled {
    const kept = this.#read();
    const known = find(kept, this.#room);
    const last = link.join ? find(kept, anywhere) : undefined;
    const asks = known && isBack ? known : link;
    const camera = asks.camera && known?.camera !== false && last?.camera !== false;
    const microphone = asks.microphone && known?.microphone !== false;
    const muted = [known?.muted, last?.muted, last?.microphone === false].includes(true);
    const isCarried = muted || camera !== link.camera;
    return { wish: { camera, microphone, muted }, returns: known !== undefined || isCarried };
  }

  #read(): Kept {
    let stored: unknown;
    try {
      stored = JSON.parse(this.#storage.getItem(storageKey) ?? "");
    } catch {
      // Empty, or not ours.
    }
    const read = checked(keptCheck, stored);
    return read.ok ? read.message : [];
  }
}

function find(kept: Kept, wanted: string): Kept[number] | undefined {
  return kept.find(({ room }) => room === wanted);
}

/** The part of `window` that is used. */
export interface Tab {
  readonly sessionStorage: KeyStorage;
  name: string;
}

/** A tab's storage that never throws: if the browser's does, `window.name` holds the one entry. */
export function tabStorage(tab: Tab): KeyStorage {
  const inName = (key: string) => tab.name.startsWith(key) ? tab.name.slice(key.length) : undefined;
  return {
    getItem(key) {
      try {
        return inName(key) ?? tab.sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        tab.sessionStorage.setItem(key, value);
        if (inName(key) === undefined) return;
      } catch {
        // Full or forbidden.
      }
      tab.name = key + value;
    },
  };
}

/** Whether the page was restored: by Reload, Back, or after a crash. */
export function isBrowserBack(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return visit !== undefined && Reflect.get(visit, "type") !== "navigate";
}
