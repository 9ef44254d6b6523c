/**
 * The preferences of this browser, in one localStorage entry shared by all tabs. Storage may be
 * missing, blocked, full or hold anything: what cannot be read is the default, what cannot be
 * written lives as long as the page. Invariants:
 * 1 `current` is always complete and valid.
 * 2 A change writes only the settings it names, so that no tab undoes another's choice. (Browsers
 *   pass on what another tab stores a moment later; of two changes within it the later one counts.)
 * 3 Settings in use by a tab (`ownHere`) change only in that tab; the rest follows other tabs.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import { attempt } from "../../protocol/attempt.ts";
import { cleanPersonName, roomName } from "../../protocol/names.ts";
import { isLanguage, type Language } from "./words/mod.ts";

/** The storage entry; static/boot.js reads theme and language from it before the first paint. */
export const storageKey = "parley";

/** How many visited rooms are kept. */
export const mostVisits = 5;

/** A chosen device. Ids change when a site's storage is cleared, so the label is the fallback. */
export interface DeviceChoice {
  readonly deviceId: string;
  readonly label: string;
}

/** The kinds of device that can be chosen. */
export type DeviceKind = "camera" | "microphone" | "speaker";

/** A visited room; `at` in ms since the epoch. */
export interface Visit {
  readonly room: string;
  readonly at: number;
}

/** Voice processing; the names are those of the constraints. */
export interface Processing {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}

/** Of each device whose sound or picture the person changes. */
export type Effects = Readonly<Partial<Record<"camera" | "microphone", object>>>;

/** Light, dark, or the system's theme. */
export type Theme = "system" | "light" | "dark";

/** All remembered settings. */
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
  /** Reduced video quality, to relieve this machine and its network. */
  readonly light: boolean;
  /** A short sound for others' lines while the chat is out of view. */
  readonly chatSound: boolean;
  /** A system notification for them while the page is hidden. */
  readonly chatNotices: boolean;
  /** A short sound for people who join and leave. */
  readonly peopleSound: boolean;
  /** A short sound for others' raised hands. */
  readonly handSound: boolean;
  /** Single letters act in a call; see app/ui/shortcuts.ts. */
  readonly shortcuts: boolean;
  readonly processing: Processing;
  /** What effects.ts does to the sound or picture of a device; it checks the values. */
  readonly effects: Effects;
  /** A hint about speaking while muted, for which the page listens to the muted microphone. */
  readonly mutedHint: boolean;
  /** Screen sharing is optimised for motion, not text. */
  readonly shareMotion: boolean;
  /** Visited rooms, the latest first. */
  readonly visits: readonly Visit[];
}

/** The part of Storage that is used. */
export type KeyStorage = Pick<Storage, "getItem" | "setItem">;

/** Some settings; a partial `processing` changes only what it names. */
export type PreferenceChange =
  & Partial<Omit<Preferences, "processing">>
  & { readonly processing?: Partial<Processing> };

/** A running call keeps these; another tab's choice counts from the next load of the page. */
const ownHere = [
  "name",
  "camera",
  "microphone",
  "speaker",
  "light",
  "processing",
  "effects",
  "shareMotion",
] as const;

/** The live preferences of a page. */
export class PreferenceBook {
  readonly #storage: KeyStorage | undefined;
  readonly #current: Signal<Preferences>;
  /** Changes that could not be stored. */
  #unsaved: PreferenceChange = {};

  constructor(storage: KeyStorage | undefined) {
    this.#storage = storage;
    this.#current = signal(checked(this.#stored() ?? {}));
  }

  /** The preferences as a signal. */
  get current(): ReadonlySignal<Preferences> {
    return this.#current;
  }

  /** Changes some settings and stores them. */
  change(part: PreferenceChange): void {
    this.#unsaved = merged(this.#unsaved, part);
    const stored = this.#stored();
    const all = this.#latest(stored);
    this.#apply(all, part);
    // Unreadable storage must not be overwritten.
    const isSaved = stored !== undefined && attempt(() => {
      this.#storage?.setItem(storageKey, JSON.stringify(all));
      return true;
    });
    if (isSaved) this.#unsaved = {};
  }

  /** Reads what other tabs have stored. */
  refresh(): void {
    this.#apply(this.#latest(), {});
  }

  /** Puts `room` on top of the visited ones. */
  visit(room: string, at: number): void {
    this.change({ visits: [{ room, at }, ...this.#visitsBut(room)].slice(0, mostVisits) });
  }

  /** Takes `room` off the visited ones. */
  forget(room: string): void {
    this.change({ visits: this.#visitsBut(room) });
  }

  #visitsBut(room: string): readonly Visit[] {
    return checked(this.#latest()).visits.filter((visit) => visit.room !== room);
  }

  #apply(all: object, part: PreferenceChange): void {
    const now = this.#current.peek();
    const own = Object.fromEntries(ownHere.map((name) => [name, now[name]]));
    this.#current.value = checked(merged({ ...all, ...own }, part));
  }

  /** The stored settings with fields of other versions; if unreadable, those of this page. */
  #latest(stored = this.#stored()): object {
    return merged(stored ?? this.#current.peek(), this.#unsaved);
  }

  #stored(): object | undefined {
    const text = attempt(() => this.#storage?.getItem(storageKey));
    if (text === undefined) return undefined;
    const stored: unknown = attempt(() => JSON.parse(text ?? "{}"));
    return typeof stored === "object" && stored !== null ? stored : {};
  }
}

/** The browser's localStorage; undefined on the server, and if access throws. */
export function browserStorage(): KeyStorage | undefined {
  return attempt(() => typeof document === "undefined" ? undefined : globalThis.localStorage) ??
    undefined;
}

function merged<Base extends object>(base: Base, part: PreferenceChange): Base & PreferenceChange {
  const { processing } = part;
  if (processing === undefined) return { ...base, ...part };
  const before: unknown = Reflect.get(base, "processing");
  return { ...base, ...part, processing: { ...Object(before), ...processing } };
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
    peopleSound: field("peopleSound") === true,
    handSound: field("handSound") === true,
    shortcuts: field("shortcuts") !== false,
    processing: processing(field("processing")),
    effects: Object(field("effects")),
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
