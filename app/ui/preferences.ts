/**
 * What this browser remembers, in one localStorage entry that all its tabs share. Storage may be missing, blocked, full or
 * hold anything at all: what cannot be read is the default, what cannot be written lives as long as the page. Invariants:
 * 1 `current` is always complete and valid.
 * 2 A change writes the settings it names and no other, so that no tab undoes what another has chosen.
 * 3 What a tab uses right now (`ownHere`) changes only by its own hand; the rest follows the other tabs.
 */
import { type ReadonlySignal, type Signal, signal } from "@preact/signals-core";
import { attempt } from "../../protocol/attempt.ts";
import { cleanPersonName, roomName } from "../../protocol/names.ts";
import { isLanguage, type Language } from "./words/mod.ts";

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
  /** Single letters act in a call; see app/room/shortcuts.ts. */
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

/** Some settings; of the voice's processing those that are named. */
export type PreferenceChange =
  & Partial<Omit<Preferences, "processing">>
  & { readonly processing?: Partial<Processing> };

/** A running call goes on with them; another tab's choice counts from the next load of the page. */
const ownHere = [
  "name",
  "camera",
  "microphone",
  "speaker",
  "light",
  "processing",
  "shareMotion",
] as const;

/** The live preferences of a page. */
export class PreferenceBook {
  readonly #storage: KeyStorage | undefined;
  readonly #current: Signal<Preferences>;
  /** Changes that the storage has not taken. */
  #unsaved: PreferenceChange = {};

  constructor(storage: KeyStorage | undefined) {
    this.#storage = storage;
    this.#current = signal(checked(this.#stored() ?? {}));
  }

  /** The preferences as a signal. */
  get current(): ReadonlySignal<Preferences> {
    return this.#current;
  }

  /** Changes some of them and stores those. */
  change(part: PreferenceChange): void {
    this.#unsaved = merged(this.#unsaved, part);
    const stored = this.#stored();
    const all = this.#latest(stored);
    this.#take(all, part);
    // What cannot be read now would be overwritten.
    const isSaved = stored !== undefined && attempt(() => {
      this.#storage?.setItem(storageKey, JSON.stringify(all));
      return true;
    });
    if (isSaved) this.#unsaved = {};
  }

  /** Takes over what other tabs have stored. */
  refresh(): void {
    this.#take(this.#latest(), {});
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

  #take(all: object, part: PreferenceChange): void {
    const now = this.#current.peek();
    const own = Object.fromEntries(ownHere.map((name) => [name, now[name]]));
    this.#current.value = checked(merged({ ...all, ...own }, part));
  }

  /** What is stored, with fields of other versions; if that cannot be read, what this page knows. */
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

/** The browser's localStorage; undefined on the server, which has one too, and where reading it throws. */
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
