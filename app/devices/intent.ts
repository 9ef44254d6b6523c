/**
 * What a person last wanted the others to hear and see, for each room of this tab, so that every way back into a room is
 * as silent and dark as the moment before. A duplicated tab goes on with a copy. Invariants:
 * 1 A link that is opened again may take away and never adds; a reload or Back brings what there was, whatever the link.
 * 2 What a person turned off stays off in the next room, too, if its link joins at once.
 */
import { checked } from "../../protocol/parse.ts";
import * as is from "../../protocol/schema.ts";
import type { Entry } from "../enter/mod.ts";
import type { KeyStorage } from "../ui/preferences.ts";

/** Which devices a person comes in with. */
export interface Wish {
  readonly camera: boolean;
  readonly microphone: boolean;
  /** The microphone is in use and silent. */
  readonly muted?: boolean;
}

/** How to come in. `returns`: it follows from what the person did before, and not from the link alone. */
export interface Recalled {
  readonly wish: Wish;
  readonly returns: boolean;
}

const storageKey = "parley.devices";
const mostRooms = 20;

/** Under no room's name: what the person, or an owner, decided last, in whatever room. */
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

  /** `chosen`: the part of `wish` that was decided just now, and not by a link. */
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

  /** `isBack`: the browser brought the page back; nobody opened its link. */
  recall(link: Entry, isBack: boolean): Recalled {
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
      // Nothing, or not ours.
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

/** A tab's storage that never throws: where the browser's does, the window's name keeps the one thing that is stored. */
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

/** Whether the browser brought the page back by itself, as after a crash, or by Reload or Back. */
export function isBrowserBack(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return visit !== undefined && Reflect.get(visit, "type") !== "navigate";
}
