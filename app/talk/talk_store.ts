/**
 * Screen sharing, reactions and hints of a call. Loaded after the first pictures. Invariants:
 * nothing is shared outside a room; after `close` nothing runs.
 */
import type { effect, ReadonlySignal, Signal, signal } from "@preact/signals-core";
import { type LocalMedia, type RoomSession, ScreenSource } from "../../mesh/mod.ts";
// For the call, which loads from here what is needed after the first pictures.
export { efficientCodecs } from "../../mesh/mod.ts";
import type { Reaction } from "../../protocol/mod.ts";
import type { After, MediaStore, WatchLevel } from "../devices/mod.ts";
import { MutedSpeech } from "./muted_speech.ts";
import type { PreferenceBook, Processing } from "../ui/preferences.ts";
import type { OwnersStore } from "../people/mod.ts";
import { Reactions } from "./reactions.ts";
import type { RoomStore } from "../room/mod.ts";

/** The part of the call that is used. */
export interface TalkingCall {
  readonly media: MediaStore;
  readonly room: RoomStore;
  readonly book: PreferenceBook;
  readonly muted: ReadonlySignal<boolean>;
  readonly owners: OwnersStore;
  setMuted(muted: boolean): void;
}

/** The dependencies; `signal` and `effect` are from the page's copy of the library. */
export interface TalkOptions {
  readonly session: Pick<RoomSession, "subscribe" | "setTrack" | "send"> & {
    readonly messages: Pick<RoomSession["messages"], "subscribe">;
  };
  readonly media: Pick<LocalMedia, "captureScreen">;
  readonly watchLevel: WatchLevel;
  readonly after: After;
  readonly now: () => number;
  readonly signal: typeof signal;
  readonly effect: typeof effect;
}

/** What ended the own share, if not the person's own key. */
export type ShareEnd = "browser" | "owners";

/** A person who speaks this long has forgotten the raised hand, ms. */
const floorMs = 4_000;

/** The shared screen, reactions and hints of one call. */
export class TalkStore {
  readonly reactions: Reactions;
  readonly #call: TalkingCall;
  readonly #after: After;
  readonly #screen: ScreenSource;
  readonly #muted: MutedSpeech;
  readonly #sound: Signal<MediaStreamTrack | null>;
  readonly #hasSound: Signal<boolean>;
  readonly #handForgotten: Signal<boolean>;
  readonly #shareEnd: Signal<ShareEnd | undefined>;
  readonly #undos: (() => void)[];

  constructor(call: TalkingCall, options: TalkOptions) {
    const { session, media, after, now, signal, effect } = options;
    this.#call = call;
    this.#after = after;
    this.reactions = new Reactions({
      send: (reaction) => session.send({ type: "react", reaction }),
      after,
      now,
      signal,
    });
    this.#sound = signal<MediaStreamTrack | null>(null);
    this.#hasSound = signal(true);
    this.#handForgotten = signal(false);
    this.#shareEnd = signal<ShareEnd | undefined>(undefined);
    this.#screen = new ScreenSource({
      capture: (options) => media.captureScreen(options),
      changed: (state) => {
        if (state.kind === "on") this.#shareEnd.value = undefined;
        call.media.showScreen(state);
      },
      ended: () => this.#shareEnd.value = "browser",
      setTrack: (slot, track) => {
        if (slot === "screen-audio") this.#sound.value = track;
        session.setTrack(slot, track);
      },
    });
    this.#muted = new MutedSpeech(options);
    this.#undos = [
      session.subscribe((event) => {
        if (event.type === "state" && event.state.kind === "left") this.#screen.stop();
      }),
      session.messages.subscribe((message) => {
        if (message.type === "reaction") this.reactions.receive(message);
      }),
      effect(() => this.#muted.follow(this.#silenced())),
      effect(() => this.#watchHand()),
      effect(() => {
        if (call.owners.may("screen")) return;
        if (this.#screen.state.kind === "on") this.#shareEnd.value = "owners";
        this.#screen.stop();
      }),
    ];
  }

  /** The person speaks while muted. */
  get unheard(): ReadonlySignal<boolean> {
    return this.#muted.noticed;
  }

  /** The person speaks with a hand still up. */
  get handForgotten(): ReadonlySignal<boolean> {
    return this.#handForgotten;
  }

  /** Why the last own share ended, until the next one starts; undefined: by the person's key. */
  get shareEnd(): ReadonlySignal<ShareEnd | undefined> {
    return this.#shareEnd;
  }

  /** Whether the share's sound is on; undefined if it has none. */
  get shareSound(): boolean | undefined {
    return this.#sound.value === null ? undefined : this.#hasSound.value;
  }

  /** Dismisses the hint. */
  dismissUnheard(): void {
    this.#muted.dismiss();
  }

  /** Sends a reaction; false if the rate is exceeded or the server is away. */
  react(reaction: Reaction): boolean {
    return this.reactions.send(reaction);
  }

  /** Lets the person pick what to share, also while sharing. Must be called from a click. */
  async share(): Promise<void> {
    // The shortcut works even if the key is hidden by the rules.
    if (!this.#call.owners.may("screen")) return;
    this.#hasSound.value = true;
    await this.#screen.start(this.#use());
  }

  stopSharing(): void {
    this.#screen.stop();
  }

  /** Optimises sharing for motion or text, and remembers it. */
  async setMotion(shareMotion: boolean): Promise<void> {
    this.#call.book.change({ shareMotion });
    await this.#screen.setUse(this.#use());
  }

  /** Turns the share's sound on or off. */
  setShareSound(isOn: boolean): void {
    this.#hasSound.value = isOn;
    if (this.#sound.value !== null) this.#sound.value.enabled = isOn;
  }

  /**
   * Changes voice processing: on the running track if possible, else by reopening the microphone.
   */
  async setProcessing(part: Partial<Processing>): Promise<void> {
    const { book, media } = this.#call;
    book.change({ processing: part });
    const { processing, effects } = book.current.value;
    const state = media.source("microphone").value;
    const wanted = { ...processing, ...effects.microphone };
    if (state.kind !== "on" || await took(state.track, wanted)) return;
    await media.start("microphone");
  }

  close(): void {
    for (const undo of this.#undos) undo();
    this.#muted.close();
    this.#screen.close();
  }

  #use(): "text" | "motion" {
    return this.#call.book.current.value.shareMotion ? "motion" : "text";
  }

  /** The muted microphone, in a room. */
  #silenced(): MediaStreamTrack | undefined {
    const { media, muted, book, room } = this.#call;
    const state = media.source("microphone").value;
    const inside = room.state.value.kind === "joined" || room.state.value.kind === "reconnecting";
    const listens = muted.value && inside && book.current.value.mutedHint;
    return listens && state.kind === "on" ? state.track : undefined;
  }

  #watchHand(): (() => void) | void {
    const { media, muted, room } = this.#call;
    const { hand } = room.self.value.state;
    if (!hand) this.#handForgotten.value = false;
    if (!hand || muted.value || !media.speaking.value) return;
    return this.#after(floorMs, () => this.#handForgotten.value = true);
  }
}

/** Whether a running track applied the constraints; some browsers refuse or ignore them. */
async function took(track: MediaStreamTrack, processing: Processing): Promise<boolean> {
  try {
    await track.applyConstraints({ ...processing });
  } catch {
    return false;
  }
  const { echoCancellation, noiseSuppression, autoGainControl } = track.getSettings();
  const settings = { echoCancellation, noiseSuppression, autoGainControl };
  return (["echoCancellation", "noiseSuppression", "autoGainControl"] as const).every((name) =>
    settings[name] === undefined || settings[name] === processing[name]
  );
}
