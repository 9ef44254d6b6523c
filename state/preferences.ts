/**
 * What this browser remembers, in one localStorage entry. Storage may be missing, blocked, full or hold
 * anything at all: whatever cannot be read is the default, whatever cannot be written lives as long as the page.
 * Invariant: `value` is always complete and valid.
 */
import { type ReadonlySignal, signal } from "@preact/signals-core";
import { cleanPersonName, roomName } from "../protocol/names.ts";
import { isLanguage, type Language } from "./i18n/mod.ts";

/** The storage entry; static/boot.js reads theme and language from it before the first paint. */
export const storageKey = "parley";

/** How many visited rooms are kept. */
export const mostVisits = 5;

/** A chosen device. Ids change when a site's storage is cleared, so the label is the second try. */
export interface DeviceChoice {
  readonly deviceId: string;
  readonly label: string;
}

/** What can be chosen a device for. */
export type DeviceKind = "camera" | "microphone" | "speaker";

/** A room this browser was in; `at` in ms since the epoch. */
export interface Visit {
  readonly room: string;
  readonly at: number;
}

/** What the browser does to one's voice; the names are those of the constraints. */
export interface Processing {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}

/** Light, dark, or whatever the system says. */
export type Theme = "system" | "light" | "dark";

/** Everything remembered. */
export interface Preferences {
  readonly name: string;
  readonly theme: Theme;
  /** Undefined: the browser's own languages decide. */
  readonly language: Language | undefined;
  readonly camera: DeviceChoice | undefined;
  readonly microphone: DeviceChoice | undefined;
  readonly speaker: DeviceChoice | undefined;
  /** Media through a relay only. */
  readonly relayOnly: boolean;
  /** Small pictures for everybody, for the sake of this machine and its line. */
  readonly light: boolean;
  /** A short sound for others' lines that come while the chat is not looked at. */
  readonly chatSound: boolean;
  /** A notice of the system for them, while the page is hidden. */
  readonly chatNotices: boolean;
  /** Single letters act in a call; see components/shortcuts.ts. */
  readonly shortcuts: boolean;
  readonly processing: Processing;
  /** Says so when one speaks while muted, for which the page listens to the muted microphone. */
  readonly mutedHint: boolean;
  /** A shared screen shows films rather than letters. */
  readonly shareMotion: boolean;
  /** The last first. */
  readonly visits: readonly Visit[];
}

/** The part of Storage that is used. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem">;

const defaults: Preferences = {
  name: "",
  theme: "system",
  language: undefined,
  camera: undefined,
  microphone: undefined,
  speaker: undefined,
  relayOnly: false,
  light: false,
  chatSound: false,
  chatNotices: false,
  shortcuts: true,
  processing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  mutedHint: true,
  shareMotion: false,
  visits: [],
};

/** The live preferences of a page. */
export class PreferenceBook {
  readonly #storage: KeyStorage | undefined;
  readonly #current = signal<Preferences>(defaults);

  constructor(storage: KeyStorage | undefined) {
    this.#storage = storage;
    this.#current.value = read(storage);
  }

  /** The preferences as a signal. */
  get current(): ReadonlySignal<Preferences> {
    return this.#current;
  }

  /** Changes some of them and stores all. */
  change(part: Partial<Preferences>): void {
    this.#current.value = { ...this.#current.value, ...part };
    try {
      this.#storage?.setItem(storageKey, JSON.stringify(this.#current.value));
    } catch {
      // Full or forbidden: the page still has it.
    }
  }

  /** Puts `room` on top of the visited ones. */
  visit(room: string, at: number): void {
    const others = this.#current.value.visits.filter((visit) => visit.room !== room);
    this.change({ visits: [{ room, at }, ...others].slice(0, mostVisits) });
  }

  /** Takes `room` off the visited ones. */
  forget(room: string): void {
    this.change({ visits: this.#current.value.visits.filter((visit) => visit.room !== room) });
  }
}

/** The browser's localStorage; undefined on the server, which has one too, and where reading it throws. */
export function browserStorage(): KeyStorage | undefined {
  try {
    return typeof document === "undefined" ? undefined : globalThis.localStorage;
  } catch {
    return undefined;
  }
}

function read(storage: KeyStorage | undefined): Preferences {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(storageKey) ?? "null");
    return typeof stored === "object" && stored !== null ? checked(stored) : defaults;
  } catch {
    return defaults;
  }
}

function checked(stored: object): Preferences {
  const field = (name: keyof Preferences): unknown => Reflect.get(stored, name);
  const [name, theme, language, visits] = [
    field("name"),
    field("theme"),
    field("language"),
    field("visits"),
  ];
  return {
    name: typeof name === "string" ? cleanPersonName(name) ?? "" : "",
    theme: theme === "light" || theme === "dark" ? theme : "system",
    language: isLanguage(language) ? language : undefined,
    camera: device(field("camera")),
    microphone: device(field("microphone")),
    speaker: device(field("speaker")),
    relayOnly: field("relayOnly") === true,
    light: field("light") === true,
    chatSound: field("chatSound") === true,
    chatNotices: field("chatNotices") === true,
    shortcuts: field("shortcuts") !== false,
    processing: processing(field("processing")),
    mutedHint: field("mutedHint") !== false,
    shareMotion: field("shareMotion") === true,
    visits: Array.isArray(visits) ? visits.flatMap(visit).slice(0, mostVisits) : [],
  };
}

function processing(stored: unknown): Processing {
  const on = (name: keyof Processing) => Reflect.get(Object(stored), name) !== false;
  return {
    echoCancellation: on("echoCancellation"),
    noiseSuppression: on("noiseSuppression"),
    autoGainControl: on("autoGainControl"),
  };
}

function device(stored: unknown): DeviceChoice | undefined {
  if (typeof stored !== "object" || stored === null) return undefined;
  const { deviceId, label }: { deviceId?: unknown; label?: unknown } = stored;
  return typeof deviceId === "string" && typeof label === "string"
    ? { deviceId, label }
    : undefined;
}

function visit(stored: unknown): Visit[] {
  if (typeof stored !== "object" || stored === null) return [];
  const { room, at }: { room?: unknown; at?: unknown } = stored;
  const name = typeof room === "string" ? roomName(room) : undefined;
  return name !== undefined && typeof at === "number" && Number.isFinite(at)
    ? [{ room: name, at }]
    : [];
}
