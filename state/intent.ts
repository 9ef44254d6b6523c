/**
 * What a person last wanted the others to hear and see, for each room of this tab, so that every way back into a room is
 * as silent and dark as the moment before. A duplicated tab goes on with a copy. Invariants:
 * 1 A link that is opened again may take away and never adds; a reload or Back brings what there was, whatever the link.
 * 2 What a person turned off stays off in the next room, too, if its link joins at once.
 */
import { checked } from "../protocol/parse.ts";
import * as is from "../protocol/schema.ts";
import type { Entry } from "./entry.ts";
import type { KeyStorage } from "./preferences.ts";

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

const devices = { camera: is.boolean, microphone: is.boolean };
const keptCheck = is.object({
  /** What was turned off last, in whatever room, and not by a link. */
  off: is.object(devices),
  /** The last first. */
  rooms: is.list(
    is.object({ ...devices, room: is.text({ most: 64 }), muted: is.boolean }),
    mostRooms,
  ),
});
type Kept = is.Checked<typeof keptCheck>;

/** The memory of one room. */
export class IntentMemory {
  readonly #storage: KeyStorage;
  readonly #room: string;

  constructor(storage: KeyStorage, room: string) {
    this.#storage = storage;
    this.#room = room;
  }

  /** `chosen`: the part of `wish` that the person, or an owner, has just decided. */
  keep({ camera, microphone, muted = false }: Wish, chosen: Partial<Wish>): void {
    const { off, rooms } = this.#read();
    const choseSound = chosen.microphone !== undefined || chosen.muted !== undefined;
    const kept: Kept = {
      off: {
        camera: chosen.camera === undefined ? off.camera : !camera,
        microphone: choseSound ? muted || !microphone : off.microphone,
      },
      rooms: [
        { room: this.#room, camera, microphone, muted },
        ...rooms.filter(({ room }) => room !== this.#room),
      ].slice(0, mostRooms),
    };
    this.#storage.setItem(storageKey, JSON.stringify(kept));
  }

  /** `isBack`: the browser brought the page back; nobody opened its link. */
  recall(link: Entry, isBack: boolean): Recalled {
    const { off, rooms } = this.#read();
    const known = rooms.find(({ room }) => room === this.#room);
    const asks = known && isBack ? known : link;
    const carried = link.join ? off : undefined;
    const camera = asks.camera && known?.camera !== false;
    const microphone = asks.microphone && known?.microphone !== false;
    const silenced = carried?.microphone === true && microphone;
    const darkened = carried?.camera === true && camera;
    return {
      wish: {
        camera: camera && !darkened,
        microphone,
        muted: known?.muted === true || silenced,
      },
      returns: known !== undefined || silenced || darkened,
    };
  }

  #read(): Kept {
    let stored: unknown;
    try {
      stored = JSON.parse(this.#storage.getItem(storageKey) ?? "null");
    } catch {
      // Not ours.
    }
    const read = checked(keptCheck, stored);
    return read.ok ? read.message : { off: { camera: false, microphone: false }, rooms: [] };
  }
}

/** The part of `window` that is used. */
export interface Tab {
  readonly sessionStorage: KeyStorage;
  name: string;
}

/** A tab's storage that never throws: where the browser's does, the window's name keeps the one thing that is stored. */
export function tabStorage(tab: Tab): KeyStorage {
  const isName = () => tab.name.startsWith("{");
  return {
    getItem(key) {
      try {
        return isName() ? tab.name : tab.sessionStorage.getItem(key);
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        tab.sessionStorage.setItem(key, value);
        if (!isName()) return;
      } catch {
        // Full or forbidden.
      }
      tab.name = value;
    },
  };
}

/** Whether the browser brought the page back by itself, as after a crash, or by Reload or Back. */
export function isBrowserBack(): boolean {
  const [visit] = performance.getEntriesByType("navigation");
  return visit !== undefined && Reflect.get(visit, "type") !== "navigate";
}
