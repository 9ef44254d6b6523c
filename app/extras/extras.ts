/**
 * The parts of a call that are loaded with their first use: by the person, by a peer's message, or
 * because they were in use in an earlier visit. Invariants:
 * 1 An extra is opened once in a call, and closed with it.
 * 2 What peers send while it loads reaches it in order, up to `heldMost` events.
 * 3 What peers send before the room's late code is loaded is lost; so an extra repeats or asks.
 */
import { type ReadonlySignal, signal } from "@preact/signals";
import { attempt } from "../../protocol/attempt.ts";
import type { LateMessage } from "../../protocol/mod.ts";
import type { Call } from "../call/mod.ts";
import { extraOf } from "./late_types.ts";
import type { Extra, ExtraEvent, ExtraLoaders, ExtraName } from "./extra.ts";

/** The extras that are open, by name. */
export type OpenExtras = Readonly<Partial<Record<ExtraName, Extra>>>;

/** The entry of localStorage with the names of remembered extras, separated by spaces. */
const storageKey = "parley-extras";
/** Events kept while an extra loads. */
const heldMost = 64;
const labelStart = "parley-";

/** The extras of one call. */
export class Extras {
  readonly #call: Call;
  readonly #loaders: ExtraLoaders;
  readonly #open = signal<OpenExtras>({});
  readonly #loading = new Map<ExtraName, Promise<Extra | undefined>>();
  readonly #held = new Map<ExtraName, (ExtraEvent | LateMessage)[]>();
  #isOver = false;

  constructor(call: Call, loaders: ExtraLoaders) {
    this.#call = call;
    this.#loaders = loaders;
    const unsubscribe = call.session.links.subscribe((event) => {
      if (event.type === "topic") this.#handle(event.topic, event);
      if (event.type === "channel") this.#handle(event.label.slice(labelStart.length), event);
    });
    const stop = call.session.late.subscribe((message) => {
      const name = extraOf(message);
      if (name !== undefined) this.#handle(name, message);
    });
    call.atEnd(() => {
      this.#isOver = true;
      unsubscribe();
      stop();
      for (const extra of Object.values(this.#open.value)) extra.close();
    });
    for (const name of remembered().filter((name) => this.#has(name))) void this.load(name);
  }

  /** Those that are open. */
  get open(): ReadonlySignal<OpenExtras> {
    return this.#open;
  }

  /** Opens an extra, if it is not open yet; undefined: the call has ended meanwhile. */
  load(name: ExtraName): Promise<Extra | undefined> {
    const loading = this.#loading.get(name) ?? this.#load(name);
    this.#loading.set(name, loading);
    return loading;
  }
  async #load(name: ExtraName): Promise<Extra | undefined> {
    const module = await this.#loaders[name]?.();
    if (module === undefined || this.#isOver) return undefined;
    const extra = module.open(this.#call);
    this.#open.value = { ...this.#open.value, [name]: extra };
    for (const event of this.#held.get(name) ?? []) pass(extra, event);
    this.#held.delete(name);
    return extra;
  }

  #handle(name: string, event: ExtraEvent | LateMessage): void {
    // Of a later version.
    if (!this.#has(name)) return;
    const extra = this.#open.value[name];
    if (extra !== undefined) return pass(extra, event);
    const held = this.#held.get(name) ?? [];
    this.#held.set(name, held);
    if (held.length < heldMost) held.push(event);
    void this.load(name);
  }

  #has(name: string): name is ExtraName {
    return Object.hasOwn(this.#loaders, name);
  }
}

function pass(extra: Extra, event: ExtraEvent | LateMessage): void {
  if (event.type === "topic" || event.type === "channel") extra.handle?.(event);
  else extra.receive?.(event);
}

/** The same before the room is there. */
export function rememberExtra(name: ExtraName, on: boolean): void {
  const names = new Set(remembered());
  if (on) names.add(name);
  else names.delete(name);
  attempt(() => localStorage.setItem(storageKey, [...names].join(" ")));
}

function remembered(): readonly string[] {
  return (attempt(() => localStorage.getItem(storageKey)) ?? "").split(" ");
}

const ofCalls = new WeakMap<Call, Extras>();

/** Opens the extras of a call, which the room does once its late code is loaded. */
export function openExtras(call: Call, loaders: ExtraLoaders): Extras {
  const known = ofCalls.get(call);
  if (known !== undefined) return known;
  const extras = new Extras(call, loaders);
  ofCalls.set(call, extras);
  for (const name of wanted.get(call) ?? []) void extras.load(name);
  return extras;
}

/** The extras that views want before the room's late code is loaded. */
const wanted = new WeakMap<Call, ExtraName[]>();

/** Opens an extra now, or once the room's late code is loaded. */
export function wantExtra(call: Call, name: ExtraName): void {
  const extras = ofCalls.get(call);
  if (extras !== undefined) void extras.load(name);
  else wanted.set(call, [...wanted.get(call) ?? [], name]);
}

/** The extras of a call; undefined before the room's late code is loaded. */
export function extrasOf(call: Call): Extras | undefined {
  return ofCalls.get(call);
}
