/**
 * Captions of one call: who wants them, who writes them, and what was said. Invariants:
 * 1 Nothing is recognised unless the person has agreed, somebody wants it, and they are heard.
 * 2 Text goes only to those who want it, over the links, and to each of them once, in order.
 * 3 After `close` nothing runs.
 */
import type { effect, ReadonlySignal, Signal, signal } from "@preact/signals-core";
import { attempt } from "../../protocol/attempt.ts";
import type { PeerId } from "../../protocol/mod.ts";
import {
  type CaptionMessage,
  captionMost,
  readCaption,
  type WriterState,
} from "./caption_message.ts";
import type { After, MediaStore } from "../devices/mod.ts";
import type { Events, RoomStore } from "../room/mod.ts";
import type { LinkEvent, RosterEvent } from "../../mesh/mod.ts";
import { CaptionSender } from "./caption_sender.ts";
import type { Recogniser } from "./recogniser.ts";
import { Speech, type SpeechState, type SpeechTarget } from "./speech.ts";

/** The part of a call that captions use. */
export interface CaptionedCall {
  readonly session: {
    readonly links: Events<LinkEvent> & { tell(to: PeerId, topic: string, body: unknown): boolean };
    readonly roster: Events<RosterEvent>;
  };
  readonly room: Pick<RoomStore, "peers" | "self" | "state">;
  readonly media: Pick<MediaStore, "source">;
  readonly muted: ReadonlySignal<boolean>;
}

/** The dependencies. `signal` and `effect` are from the page's copy of the library. */
export interface CaptionsOptions {
  readonly call: CaptionedCall;
  /** Undefined: this browser recognises no speech on the device. */
  readonly recogniser: Recogniser | undefined;
  readonly after: After;
  /** ms, monotonic. */
  readonly now: () => number;
  /** ms since the epoch. */
  readonly date: () => number;
  /** A BCP 47 tag. */
  readonly language: string;
  readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem"> | undefined;
  readonly signal: typeof signal;
  readonly effect: typeof effect;
}

/** One line of a speaker; `from` and `to`: ms since the epoch by the own clock. */
export interface CaptionLine {
  readonly peerId: PeerId;
  readonly name: string;
  readonly text: string;
  readonly isFinal: boolean;
  readonly from: number;
  readonly to: number;
}

/** Whether the person lets this device write what they say. */
export type Consent = "unasked" | "yes" | "no";

/** The entry of localStorage with the agreement; a refusal counts for this call only. */
const storageKey = "parley-captions";
const topic = "captions";
/** How long a line is shown after it has last changed, ms. */
const shownMs = 6_000;
/** A page that does not answer is asked again so often, ms and times. */
const askMs = 5_000;
const askMost = 6;
/** Older lines of the transcript are dropped. */
const linesMost = 5_000;

/** The captions of one call. */
export class CaptionsStore {
  /** The person wants to see captions. */
  readonly shown: ReadonlySignal<boolean>;
  readonly consent: ReadonlySignal<Consent>;
  /** Whether this device recognises the language; undefined: not known yet. */
  readonly isAble: ReadonlySignal<boolean | undefined>;
  /** The language in which the person speaks, a BCP 47 tag. */
  readonly language: ReadonlySignal<string>;
  readonly speech: ReadonlySignal<SpeechState>;
  /** The others who want to see what the person says. */
  readonly wanters: ReadonlySignal<ReadonlySet<PeerId>>;
  /** What the others have answered. */
  readonly writers: ReadonlySignal<ReadonlyMap<PeerId, WriterState>>;
  /** What each person says now. */
  readonly live: ReadonlySignal<ReadonlyMap<PeerId, CaptionLine>>;
  /** What was said while captions were shown. */
  readonly transcript: ReadonlySignal<readonly CaptionLine[]>;
  /** The dialog is open. */
  readonly isOpen: Signal<boolean>;
  readonly #options: CaptionsOptions;
  readonly #shown: Signal<boolean>;
  readonly #consent: Signal<Consent>;
  readonly #isAble: Signal<boolean | undefined>;
  readonly #language: Signal<string>;
  readonly #speech: Signal<SpeechState>;
  readonly #wanters: Signal<ReadonlySet<PeerId>>;
  readonly #writers: Signal<ReadonlyMap<PeerId, WriterState>>;
  readonly #live: Signal<ReadonlyMap<PeerId, CaptionLine>>;
  readonly #transcript: Signal<readonly CaptionLine[]>;
  readonly #sender: CaptionSender;
  readonly #engine: Speech | undefined;
  readonly #hiding = new Map<PeerId, () => void>();
  readonly #asking = new Map<PeerId, () => void>();
  readonly #lastIds = new Map<PeerId, number>();
  readonly #undos: (() => void)[];
  #told: WriterState | undefined;

  constructor(options: CaptionsOptions) {
    const { call, recogniser, after, now, storage, signal, effect } = options;
    this.#options = options;
    this.shown = this.#shown = signal(false);
    const hasAgreed = attempt(() => storage?.getItem(storageKey)) === "yes";
    this.consent = this.#consent = signal<Consent>(hasAgreed ? "yes" : "unasked");
    this.isAble = this.#isAble = signal<boolean | undefined>(undefined);
    this.language = this.#language = signal(options.language);
    this.speech = this.#speech = signal<SpeechState>({ kind: "off" });
    this.wanters = this.#wanters = signal<ReadonlySet<PeerId>>(new Set<PeerId>());
    this.writers = this.#writers = signal<ReadonlyMap<PeerId, WriterState>>(new Map());
    this.live = this.#live = signal<ReadonlyMap<PeerId, CaptionLine>>(new Map());
    this.transcript = this.#transcript = signal<readonly CaptionLine[]>([]);
    this.isOpen = signal(false);
    this.#sender = new CaptionSender({
      tell: (peerId, message) => this.#tell(peerId, message),
      after,
      now,
    });
    this.#engine = recogniser && new Speech({
      recogniser,
      after,
      now,
      changed: (state) => this.#speech.value = state,
      said: (text, isFinal) => this.#say(text.slice(0, captionMost), isFinal),
    });
    this.#undos = [
      call.session.links.subscribe((event) => this.#follow(event)),
      call.session.roster.subscribe((event) => {
        if (event.type === "peer-left") this.#forget(event.peer.peerId);
      }),
      effect(() => this.#checkLanguage()),
      effect(() => this.#engine?.follow(this.#target())),
      effect(() => this.#tellState(this.writer)),
    ];
  }

  /** Whether this browser can write captions of what the person says. */
  get canWrite(): boolean {
    return this.#engine !== undefined;
  }

  /** Whether this device writes what the person says, as the others are told. */
  get writer(): WriterState {
    const consent = this.#consent.value;
    const isAble = this.#isAble.value;
    if (this.#engine === undefined) return "absent";
    if (consent === "no") return "declined";
    // A person is not asked for what their device cannot do.
    if (consent === "unasked") return isAble === false ? "absent" : "asked";
    const { kind } = this.#speech.value;
    // A muted person writes again when they are heard.
    return kind === "off" ? "on" : kind;
  }

  /** Shows captions, and asks everybody to write; or no longer. */
  show(on: boolean): void {
    if (on === this.#shown.peek()) return;
    this.#shown.value = on;
    for (const cancel of this.#asking.values()) cancel();
    this.#asking.clear();
    if (!on) this.#live.value = new Map();
    for (const { peerId } of this.#options.call.room.peers.peek()) this.#ask(peerId, on);
  }

  /** The person lets this device write what they say, or not. */
  agree(yes: boolean): void {
    this.#consent.value = yes ? "yes" : "no";
    const { storage } = this.#options;
    attempt(() => yes ? storage?.setItem(storageKey, "yes") : storage?.removeItem(storageKey));
  }

  speak(language: string): void {
    this.#language.value = language;
  }

  /** Empties the transcript. */
  clear(): void {
    this.#transcript.value = [];
  }

  /** A message of a peer about captions. */
  receive(peerId: PeerId, body: unknown): void {
    const message = readCaption(body);
    if (message === undefined) return;
    switch (message.type) {
      case "want":
        return this.#handleWant(peerId, message.on);
      case "state":
        this.#asking.get(peerId)?.();
        this.#writers.value = new Map(this.#writers.peek()).set(peerId, message.state);
        return;
      case "text":
        return this.#handleText(peerId, message);
      default:
        return message satisfies never;
    }
  }

  close(): void {
    this.show(false);
    for (const undo of this.#undos) undo();
    this.#engine?.follow(undefined);
    this.#sender.close();
    for (const cancel of this.#hiding.values()) cancel();
  }

  #handleWant(peerId: PeerId, on: boolean): void {
    const wanters = new Set(this.#wanters.peek());
    if (on) wanters.add(peerId);
    else wanters.delete(peerId);
    this.#wanters.value = wanters;
    if (on) this.#tell(peerId, { type: "state", state: this.writer });
    else this.#sender.forget(peerId);
  }

  #handleText(
    peerId: PeerId,
    { id, text, final }: Extract<CaptionMessage, { type: "text" }>,
  ): void {
    if (!this.#shown.peek() || id <= (this.#lastIds.get(peerId) ?? -1)) return;
    if (final) this.#lastIds.set(peerId, id);
    const view = this.#options.call.room.peers.peek().find((peer) => peer.peerId === peerId);
    if (view !== undefined) {
      this.#place(peerId, { name: view.peer.peek().name, text, isFinal: final });
    }
  }

  /** What the person says here. */
  #say(text: string, isFinal: boolean): void {
    this.#sender.say(this.#wanters.peek(), { text, isFinal });
    const { room } = this.#options.call;
    const state = room.state.peek();
    if (!this.#shown.peek() || !("selfId" in state)) return;
    this.#place(state.selfId, { name: room.self.peek().name, text, isFinal });
  }

  /** Shows a line in place of the speaker's last one, and keeps it once it is final. */
  #place(peerId: PeerId, said: Pick<CaptionLine, "name" | "text" | "isFinal">): void {
    const { after, date } = this.#options;
    if (said.text.trim() === "") return;
    const before = this.#live.peek().get(peerId);
    const to = date();
    const from = before === undefined || before.isFinal ? to : before.from;
    const line: CaptionLine = { peerId, ...said, from, to };
    this.#live.value = new Map(this.#live.peek()).set(peerId, line);
    this.#hiding.get(peerId)?.();
    this.#hiding.set(peerId, after(shownMs, () => this.#hide(peerId)));
    if (!line.isFinal) return;
    this.#transcript.value = [...this.#transcript.peek(), line].slice(-linesMost);
  }

  #hide(peerId: PeerId): void {
    const live = new Map(this.#live.peek());
    if (live.delete(peerId)) this.#live.value = live;
  }

  /** Before anybody is asked. */
  #checkLanguage(): void {
    const language = this.#language.value;
    const { recogniser } = this.#options;
    if (recogniser === undefined || this.#wanters.value.size === 0) return;
    void recogniser.readiness(language).then((readiness) => {
      if (language === this.#language.peek()) this.#isAble.value = readiness !== "unavailable";
    });
  }

  /** What to recognise now; undefined: nothing. */
  #target(): SpeechTarget | undefined {
    const { media, muted } = this.#options.call;
    const microphone = media.source("microphone").value;
    const isWanted = this.#wanters.value.size > 0 || this.#shown.value;
    const isHeard = microphone.kind === "on" && !muted.value;
    if (this.#consent.value !== "yes" || !isWanted || !isHeard) return undefined;
    return { language: this.#language.value, track: microphone.track };
  }

  #tellState(state: WriterState): void {
    if (state === this.#told) return;
    this.#told = state;
    for (const peerId of this.#wanters.peek()) this.#tell(peerId, { type: "state", state });
  }

  #follow(event: LinkEvent): void {
    if (event.type !== "link" || event.link.kind !== "connected") return;
    // A page that was loaded anew has the same id, and counts its lines anew.
    this.#lastIds.delete(event.peerId);
    this.#sender.flush(event.peerId);
    if (this.#shown.peek()) this.#ask(event.peerId, true);
  }

  /** A page answers; one that is still loading, or an older one, does not. */
  #ask(peerId: PeerId, on: boolean, times = 1): void {
    this.#asking.get(peerId)?.();
    this.#asking.delete(peerId);
    if (on && times < askMost) {
      const again = this.#options.after(askMs, () => this.#ask(peerId, on, times + 1));
      this.#asking.set(peerId, again);
    }
    this.#tell(peerId, { type: "want", on });
  }

  #forget(peerId: PeerId): void {
    this.#asking.get(peerId)?.();
    this.#asking.delete(peerId);
    this.#lastIds.delete(peerId);
    this.#handleWant(peerId, false);
    const writers = new Map(this.#writers.peek());
    if (writers.delete(peerId)) this.#writers.value = writers;
    this.#hide(peerId);
  }

  #tell(peerId: PeerId, message: CaptionMessage): boolean {
    return this.#options.call.session.links.tell(peerId, topic, message);
  }
}
